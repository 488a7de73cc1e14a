"""Every write of extracts, and of files on their way to become one."""

from datetime import timedelta

from disruptions.extracts.models import Extract, Upload
from soc_tracker.core.imports.uploads.services import Uploads
from soc_tracker.core.records.services import Service

EXTRACTS = Service(Extract, fixed=("contents", "kind_of_data", "sha256"))
UPLOADS = Uploads(Upload, kept_for=timedelta(days=7))
"""Extracts on their way into the record."""

"""Extracts on their way into the record."""

from datetime import timedelta

from disruptions.models import Upload
from soc_tracker.lib.uploads.service import Uploads

UPLOADS = Uploads(Upload, kept_for=timedelta(days=7))

"""Crime types, and the extracts that bring rows."""

from datetime import timedelta

from disruptions.extracts.models import Extract, Upload
from disruptions.threats.models import CrimeType
from soc_tracker.core.imports.uploads.services import Uploads
from soc_tracker.core.records.services import Service

CRIME_TYPES = Service(CrimeType, fixed=("slug",))
EXTRACTS = Service(Extract, fixed=("contents", "kind_of_data", "sha256"))


# Extracts on their way into the record.


UPLOADS = Uploads(Upload, kept_for=timedelta(days=7))

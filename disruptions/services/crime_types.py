"""Crime types, and the extracts that bring rows."""

from disruptions.models import CrimeType, Extract
from soc_tracker.lib.services import Service

CRIME_TYPES = Service(CrimeType, fixed=("slug",))
EXTRACTS = Service(Extract, fixed=("contents", "kind_of_data", "sha256"))

"""The words of inspections."""

from inspections.vocabularies.models import Qualifier, Unit
from soc_tracker.core.records.services import WordService

QUALIFIERS = WordService(Qualifier, ruling=("says_all",))
UNITS = WordService(Unit, ruling=("kind",))

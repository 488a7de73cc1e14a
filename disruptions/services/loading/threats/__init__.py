"""A file of threats on its way into the record."""

from datetime import date

from disruptions.models import Extract, MorileAssessment, Threat, ThreatState
from disruptions.services.loading.crime_types import add_crime_types
from disruptions.services.loading.databases import tidy
from disruptions.services.loading.scratch import CRIME_TYPES, THREATS, VERDICTS
from disruptions.services.loading.terms import Found, Terms
from disruptions.services.loading.threats.comparing import compare, missing
from disruptions.services.loading.threats.telling import additions, changes
from disruptions.services.loading.threats.writing import write_threats
from soc_tracker.lib.services import By


class ThreatLoader:
    """Compares the rows of a file with each other and with the record, and puts the good ones on record."""

    rows = THREATS
    tables = (THREATS, VERDICTS, CRIME_TYPES)
    compare = staticmethod(compare)
    additions = staticmethod(additions)
    changes = staticmethod(changes)
    missing = staticmethod(missing)

    def newest(self) -> date | None:
        """Nothing in the file says of which day it is."""
        return None

    def write(self, extract: Extract, terms: Terms, found: Found, by: By) -> None:
        write_threats(extract, terms, add_crime_types(terms, found, by))

    def tidy(self, found: Found) -> None:
        tables = [model._meta.db_table for model in (Threat, ThreatState, MorileAssessment)]
        tidy(tables, changed_much=found.changes_much)

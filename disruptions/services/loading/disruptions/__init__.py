"""A file of disruptions on its way into the record."""

from contextlib import nullcontext
from datetime import date

from disruptions.models import Disruption, Extract
from disruptions.services.loading.crime_types import add_crime_types
from disruptions.services.loading.databases import tidy, value
from disruptions.services.loading.disruptions.comparing import compare, missing
from disruptions.services.loading.disruptions.indexes import TABLES, without_indexes
from disruptions.services.loading.disruptions.telling import additions, changes
from disruptions.services.loading.disruptions.writing import add_rows, add_threats, change_rows
from disruptions.services.loading.scratch import CHANGES, CRIME_TYPES, DISRUPTIONS, NAMED_THREATS
from disruptions.services.loading.terms import MANY, Found, Terms
from soc_tracker.lib.services import By


class DisruptionLoader:
    """Compares the rows of a file with each other and with the record, and puts the good ones on record."""

    rows = DISRUPTIONS
    tables = (DISRUPTIONS, NAMED_THREATS, CHANGES, CRIME_TYPES)
    compare = staticmethod(compare)
    additions = staticmethod(additions)
    changes = staticmethod(changes)
    missing = staticmethod(missing)

    def newest(self) -> date | None:
        """The last day on which a row of the file was added to the national database."""
        day = value(f"SELECT MAX(added_date) FROM {DISRUPTIONS.name}")
        return date.fromisoformat(str(day)) if day else None

    def write(self, extract: Extract, terms: Terms, found: Found, by: By) -> None:
        is_first = found.added >= MANY and not Disruption.objects.exists()
        with without_indexes() if is_first else nullcontext():
            add_crime_types(terms, found, by)
            add_threats(extract)
            add_rows(extract, is_first=is_first)
        if found.changed:
            change_rows(extract, terms)

    def tidy(self, found: Found) -> None:
        tidy(TABLES, changed_much=found.changes_much)

"""The first rows of a file of threats in words, for those who must decide whether it goes in."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

from disruptions.models import CrimeType
from disruptions.services.loading.terms import Terms
from disruptions.services.loading.threats.comparing import plans
from disruptions.services.loading.threats.planning import Part, Plan
from disruptions.services.loading.threats.rows import COLUMNS, chunks
from forces.models import LocalPolicingArea, Organisation
from soc_tracker.lib.imports import Told
from soc_tracker.lib.periods import Precision, in_words

KEYS = {column: key for key, column in COLUMNS.items()}


def additions(terms: Terms, first: int) -> list[Told]:
    """What the first new rows say."""
    return _told(terms, "'added'", first)


def changes(terms: Terms, first: int) -> list[Told]:
    """What the first rows that differ from the record say, and what it says."""
    return _told(terms, "'changed'", first)


def _told(terms: Terms, verdict: str, first: int) -> list[Told]:
    words = _Words(terms)
    judged = (plan for chunk in chunks(terms, with_verdict=verdict) for plan, _ in plans(chunk, terms))
    return [words.of(plan) for plan in islice(judged, first)]


class _Words:
    """Values of rows as a reader knows them."""

    def __init__(self, terms: Terms) -> None:
        self.headings = terms.headings
        self.names: dict[str, dict[int, str]] = {
            "organisation_id": dict(Organisation.objects.values_list("pk", "name")),
            "area_id": dict(LocalPolicingArea.objects.values_list("pk", "name")),
        }
        self.crime_types = dict(CrimeType.objects.values_list("pk", "name")) | dict(terms.crime_types)

    def of(self, plan: Plan) -> Told:
        told = [difference for part in plan.parts for difference in self._part(part)]
        if plan.crime_types:
            before, after = map(self._crime_types, plan.crime_types)
            told.append((self.headings["crime_types"], before, after))
        return Told(plan.row.line, plan.row.reference, tuple(told))

    def _part(self, part: Part) -> Iterator[tuple[str, str, str]]:
        for column, (before, after) in part.values.items():
            old, new = self._word(part, column, before), self._word(part, column, after)
            if old != new:
                key = KEYS.get(column, column)
                yield self.headings.get(key, key), old, new

    def _word(self, part: Part, column: str, value: Any) -> str:
        if value is None:
            return ""
        if column in self.names:
            return self.names[column][value]
        if isinstance(value, bool):
            return "Yes" if value else "No"
        if isinstance(value, date):
            return in_words(value, Precision.DAY)
        field: Any = part.record._meta.get_field(column)
        return str(dict(field.flatchoices).get(value, value))

    def _crime_types(self, keys: Iterable[int]) -> str:
        return "; ".join(sorted(self.crime_types[key] for key in keys))

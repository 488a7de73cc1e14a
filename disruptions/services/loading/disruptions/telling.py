"""The first rows of a file of disruptions in words, for those who must decide whether it goes in."""

from datetime import date
from typing import Any

from disruptions.choices import FourP, Involvement, Size
from disruptions.models import CrimeType
from disruptions.services.loading.databases import rows
from disruptions.services.loading.disruptions.comparing import IS_NEW, ROWS
from disruptions.services.loading.scratch import CHANGES
from disruptions.services.loading.terms import DISRUPTION, THREAT, Terms
from forces.models import Organisation
from soc_tracker.lib.imports import Told
from soc_tracker.lib.periods import Precision, in_words

READ = {
    "threat": "s.threat_reference",
    "organisation": "s.organisation_id",
    "involvement": "s.involvement",
    "supported": "s.supported_id",
    "four_p": "s.four_p",
    "size": "s.size",
    "crime_type": "s.crime_type_id",
    "activity_date": "s.activity_date",
    "added_date": "s.added_date",
    "summary": "s.summary",
}
ON_RECORD = {key: column.replace("s.", "d.") for key, column in READ.items()} | {"threat": "t.reference"}


def additions(terms: Terms, first: int) -> list[Told]:
    """What the first new rows say."""
    found = rows(
        f"SELECT s.line, s.reference, {', '.join(READ.values())} FROM {ROWS} s"
        f" WHERE {IS_NEW} ORDER BY s.line LIMIT {first:d}"
    )
    words = _Words(terms)
    return [_told(terms, line, reference, [""] * len(READ), words.of(values)) for line, reference, *values in found]


def changes(terms: Terms, first: int) -> list[Told]:
    """What the first rows that differ from the record say, and what it says."""
    found = rows(
        f"SELECT s.line, s.reference, {', '.join([*ON_RECORD.values(), *READ.values()])}"
        f" FROM {CHANGES.name} ch JOIN {ROWS} s ON s.line = ch.line JOIN {DISRUPTION} d ON d.id = ch.disruption_id"
        f" JOIN {THREAT} t ON t.id = d.threat_id ORDER BY s.line LIMIT {first:d}"
    )
    words, width = _Words(terms), len(READ)
    return [
        _told(terms, line, reference, words.of(values[:width]), words.of(values[width:]))
        for line, reference, *values in found
    ]


def _told(terms: Terms, line: int, reference: str, before: list[str], after: list[str]) -> Told:
    pairs = zip(READ, before, after, strict=True)
    differences = ((terms.headings[key], old, new) for key, old, new in pairs if key in terms.headings and old != new)
    return Told(line, reference, tuple(differences))


class _Words:
    """Values of rows as a reader knows them."""

    def __init__(self, terms: Terms) -> None:
        organisations = dict(Organisation.objects.values_list("pk", "name"))
        self.by_key: dict[str, dict[Any, Any]] = {
            "organisation": organisations,
            "supported": organisations,
            "crime_type": dict(CrimeType.objects.values_list("pk", "name")) | dict(terms.crime_types),
            "involvement": dict(Involvement.choices),
            "four_p": dict(FourP.choices),
            "size": dict(Size.choices),
        }

    def of(self, values: list[Any]) -> list[str]:
        return [self._word(key, value) for key, value in zip(READ, values, strict=True)]

    def _word(self, key: str, value: Any) -> str:
        if value in (None, ""):
            return ""
        if key in self.by_key:
            return str(self.by_key[key][value])
        if key.endswith("_date"):
            return in_words(date.fromisoformat(str(value)), Precision.DAY)
        return str(value)

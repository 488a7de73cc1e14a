"""What a file of disruptions says, held against itself and against the record; all of it inside the database."""

from datetime import date
from typing import Any

from disruptions.choices import FourP, Involvement, Size, ThreatType
from disruptions.loading.staging.queries import (
    CHANGES,
    DISRUPTION,
    DISRUPTIONS,
    EXTRACT,
    FAULTS,
    NAMED_THREATS,
    THREAT,
    Found,
    Terms,
    day_in_words,
    refuse_repeated,
    rows,
    run,
    value,
)
from disruptions.threats.models import CrimeType
from forces.models import Organisation
from soc_tracker.core.imports.outcome import Told
from soc_tracker.core.text.days import Precision, in_words

ROWS = DISRUPTIONS.name
DIFFERS = {
    "threat": "t.reference <> s.threat_reference",
    "organisation": "d.organisation_id <> s.organisation_id",
    "involvement": "d.involvement <> s.involvement",
    "supported": "COALESCE(d.supported_id, 0) <> COALESCE(s.supported_id, 0)",
    "four_p": "d.four_p <> s.four_p",
    "size": "d.size <> s.size",
    "crime_type": "COALESCE(d.crime_type_id, 0) <> COALESCE(s.crime_type_id, 0)",
    "activity_date": "d.activity_date <> s.activity_date",
    "added_date": "d.added_date <> s.added_date",
    "summary": "d.summary <> s.summary",
}
"""For each column of a file: whether the row on record (d, with its threat t) says otherwise than the row read (s)."""

TYPE_OF_NAME = f"""CASE WHEN UPPER(n.reference) LIKE 'OCG%%' THEN '{ThreatType.ORGANISED_CRIME_GROUP}'
    WHEN UPPER(n.reference) LIKE 'PI%%' THEN '{ThreatType.PRIORITY_INDIVIDUAL}'
    WHEN UPPER(n.reference) LIKE 'VUL%%' THEN '{ThreatType.VULNERABILITY}' END"""
"""The type of a threat (n) that is known by its reference alone."""

SAME_REFERENCE = f"JOIN {DISRUPTION} d ON d.reference = s.reference AND d.state_of_id IS NULL"
IS_NEW = f"NOT EXISTS (SELECT 1 FROM {DISRUPTION} d WHERE d.reference = s.reference AND d.state_of_id IS NULL)"


def compare(terms: Terms) -> Found:
    """Refuse what may not go in, leave the good rows alone in the table of rows, and keep which of them differ."""
    refuse_repeated(ROWS, terms)
    _name_threats()
    _refuse_threats(terms)
    _note_changes(terms)
    _refuse_obstructed(terms)
    if run(f"DELETE FROM {ROWS} WHERE line IN (SELECT line FROM {FAULTS.name})"):
        run(f"DELETE FROM {CHANGES.name} WHERE line IN (SELECT line FROM {FAULTS.name})")
        _name_threats()
    good, known = value(f"SELECT COUNT(*) FROM {ROWS}"), value(f"SELECT COUNT(*) FROM {ROWS} s {SAME_REFERENCE}")
    changed = value(f"SELECT COUNT(*) FROM {CHANGES.name}")
    return Found(added=good - known, changed=changed, unchanged=known - changed, crime_types=_new_crime_types(terms))


def _new_crime_types(terms: Terms) -> tuple[int, ...]:
    if not terms.crime_types:
        return ()
    found = rows(f"SELECT DISTINCT crime_type_id FROM {ROWS} WHERE crime_type_id < 0 ORDER BY crime_type_id DESC")
    return tuple(number for (number,) in found)


def _name_threats() -> None:
    run(f"DELETE FROM {NAMED_THREATS.name}")
    run(
        f"""INSERT INTO {NAMED_THREATS.name} (reference, line)
        SELECT threat_reference, MIN(line) FROM {ROWS} GROUP BY threat_reference"""
    )
    run(f"ANALYZE {NAMED_THREATS.name}")


def _refuse_threats(terms: Terms) -> None:
    """A threat that is not on record is added with the row, but only where its reference says what it is."""
    run(
        f"""INSERT INTO {FAULTS.name} (line, reference, heading, value, expected)
        SELECT s.line, s.reference, %s, n.reference,
            CASE WHEN t.id IS NULL THEN 'a threat on record, or a reference that begins with OCG, PI or VUL'
            ELSE 'a threat whose data is ' || %s || '; this one is ' || t.kind_of_data END
        FROM {NAMED_THREATS.name} n LEFT JOIN {THREAT} t ON t.reference = n.reference
            CROSS JOIN {ROWS} s
        WHERE s.threat_reference = n.reference
            AND ((t.id IS NULL AND {TYPE_OF_NAME} IS NULL) OR t.kind_of_data <> %s)""",
        [terms.headings["threat"], terms.kind.value, terms.kind.value],
    )


def _note_changes(terms: Terms) -> None:
    """Keep the rows that differ from the record, each with what stands in its way."""
    differs = " OR ".join(DIFFERS[key] for key in terms.headings if key in DIFFERS)
    run(
        f"""INSERT INTO {CHANGES.name} (line, disruption_id, known_on, obstacle)
        SELECT s.line, d.id, %s, CASE
            WHEN d.kind_of_data <> %s THEN 'a reference of its own: on record, this one is ' || d.kind_of_data
            WHEN d.known_to <= %s
                THEN 'a disruption on the record: it was withdrawn on ' || {day_in_words("d.known_to")}
            WHEN d.known_from > %s OR d.known_to > %s OR e.as_at > %s
                THEN 'a row that may change: the record has it from a later day than this extract'
            END
        FROM {ROWS} s {SAME_REFERENCE}
            JOIN {THREAT} t ON t.id = d.threat_id
            LEFT JOIN {EXTRACT} e ON e.id = d.extract_id
        WHERE d.kind_of_data <> %s OR d.known_to <= %s OR {differs}""",
        [terms.day, terms.kind.value, *[terms.day] * 4, terms.kind.value, terms.day],
    )


def _refuse_obstructed(terms: Terms) -> None:
    run(
        f"""INSERT INTO {FAULTS.name} (line, reference, heading, value, expected)
        SELECT s.line, s.reference, %s, s.reference, ch.obstacle
        FROM {CHANGES.name} ch JOIN {ROWS} s ON s.line = ch.line WHERE ch.obstacle IS NOT NULL""",
        [terms.headings["reference"]],
    )


MISSING = f"""FROM {DISRUPTION} d
    LEFT JOIN {ROWS} s ON s.reference = d.reference
    LEFT JOIN {FAULTS.name} f ON f.reference = d.reference
    WHERE s.line IS NULL AND f.line IS NULL
    AND d.state_of_id IS NULL AND d.kind_of_data = %s AND d.known_to IS NULL AND d.known_from <= %s
    AND d.added_date BETWEEN (SELECT MIN(added_date) FROM {ROWS}) AND (SELECT MAX(added_date) FROM {ROWS})
    AND d.organisation_id IN (SELECT organisation_id FROM {ROWS})"""
"""Disruptions on record that one would look for in the file: of a body that the file has rows of,
added between the first and the last day on which the file's rows were added, known by the as-at day and not withdrawn.
"""


def missing(terms: Terms, first: int) -> tuple[int, list[str]]:
    """How many disruptions the file lacks, and the references of the first of them. None is ever removed for that."""
    params = [terms.kind.value, terms.day]
    count = value(f"SELECT COUNT(*) {MISSING}", params)
    found = rows(f"SELECT d.reference {MISSING} ORDER BY d.reference LIMIT {first:d}", params) if count else []
    return count, [reference for (reference,) in found]


# The first rows of a file of disruptions in words, for those who must decide whether it goes in.


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

"""What a file of disruptions says, held against itself and against the record; all of it inside the database.

In SQL, s is a row of the file, d a disruption on record with its threat t, n a threat that the file names.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from disruptions.choices import ThreatType
from disruptions.columns.models import DISRUPTION_COLUMNS, Described, Kind
from disruptions.loading.queries import (
    DISRUPTION,
    EXTRACT,
    FAULTS,
    IDENTIFYING,
    TAKEN,
    THREAT,
    Numbers,
    Staging,
    Terms,
    day_in_words,
    is_postgresql,
    refuse_repeated,
    rows,
    run,
    unseen,
    value,
)
from soc_tracker.core.imports.outcome import RowInWords

NAMED_THREATS = Staging("loading_named_threat", {"reference": "text", "reference_key": "text", "line": "integer"})
"""The threats that the rows of disruptions name, with the first row that does."""
CHANGES = Staging(
    "loading_change",
    {"line": "integer", "disruption_id": "bigint", "known_on": "date", "obstacle": "text"},
    key="line",
)
"""The rows that differ from the record, or may not touch it: then ``obstacle`` says why."""


def staged_disruptions() -> Staging:
    """The rows of a file of disruptions. Crime types below 0 are numbers of NAMED_CRIME_TYPES."""
    columns = {column.staged: column.sql_type for column in DISRUPTION_COLUMNS}
    more = {"folded": "text", "reference_key": "text", "threat_key": "text"}
    return Staging("loading_disruption", {"line": "integer", **columns, **more}, key="line")


ROWS = staged_disruptions().name
TYPE_OF_NAME = f"""CASE WHEN n.reference_key LIKE 'ocg%%' THEN '{ThreatType.ORGANISED_CRIME_GROUP}'
    WHEN n.reference_key LIKE 'pi%%' THEN '{ThreatType.PRIORITY_INDIVIDUAL}'
    WHEN n.reference_key LIKE 'vul%%' THEN '{ThreatType.VULNERABILITY}' END"""
"""The type of a threat that is known by its reference alone."""
ON_RECORD = f"JOIN {DISRUPTION} d ON d.reference_key = s.reference_key AND d.state_of_id IS NULL"
IS_NEW = f"NOT EXISTS (SELECT 1 FROM {DISRUPTION} d WHERE d.reference_key = s.reference_key AND d.state_of_id IS NULL)"


def compared() -> list[tuple[Described, str, str]]:
    """The columns that a row of a file may change, each with where SQL has it on record and in the file."""
    return [
        (column, "t.reference" if column.kind is Kind.THREAT else f"d.{column.column}", f"s.{column.staged}")
        for column in DISRUPTION_COLUMNS
        if column.kind is not Kind.REFERENCE
    ]


def compare(terms: Terms) -> Numbers:
    """Refuse what may not go in, leave the good rows alone in the table of rows, and keep which of them differ."""
    refuse_repeated(ROWS, terms)
    known = note_changes(terms)
    new = value(f"SELECT COUNT(*) FROM {ROWS}") - known
    changed = value(f"SELECT COUNT(*) FROM {CHANGES.name}")
    if new or changed:
        name_threats()
        is_unknown = f"(t.id IS NULL OR {unseen('t.organisation_id', terms)})"
        # A threat that is not on record is added with the row, but only where its reference says what it is.
        run(
            f"""INSERT INTO {FAULTS.name} (line, reference, reference_key, heading, value, expected)
            SELECT s.line, s.reference, s.reference_key, %s, s.threat_reference,
                CASE WHEN {is_unknown} THEN 'a threat on record, or a reference that begins with OCG, PI or VUL'
                ELSE 'a threat whose data is ' || %s || '; this one is ' || t.kind_of_data END
            FROM {NAMED_THREATS.name} n LEFT JOIN {THREAT} t ON t.reference_key = n.reference_key
                CROSS JOIN {ROWS} s
            WHERE s.threat_key = n.reference_key
                AND (({is_unknown} AND {TYPE_OF_NAME} IS NULL) OR t.kind_of_data <> %s)""",
            [terms.headings["threat"], terms.kind.value, terms.kind.value],
        )
    refuse_obstructed(terms)
    if run(f"DELETE FROM {ROWS} WHERE line IN (SELECT line FROM {FAULTS.name})"):
        run(f"DELETE FROM {CHANGES.name} WHERE line IN (SELECT line FROM {FAULTS.name})")
        name_threats()
        known = value(f"SELECT COUNT(*) FROM {ROWS} s {ON_RECORD}")
        new = value(f"SELECT COUNT(*) FROM {ROWS}") - known
        changed = value(f"SELECT COUNT(*) FROM {CHANGES.name}")
    named = rows(f"SELECT DISTINCT crime_type_id FROM {ROWS} WHERE crime_type_id < 0") if terms.crime_types else []
    crime_types = tuple(sorted((number for (number,) in named), reverse=True))
    moved = count_moved(terms) if 2 * changed > known else {}  # else no column can differ in most rows
    return Numbers(added=new, changed=changed, unchanged=known - changed, crime_types=crime_types, moved=moved)


def count_moved(terms: Terms) -> dict[str, int]:
    """How many of the rows that differ do so in each of the columns that say which event they are."""
    columns = {column.name: f"{before} <> {after}" for column, before, after in compared()}
    names = [name for name in columns if name in IDENTIFYING and name in terms.headings]
    sums = ", ".join(f"SUM(CASE WHEN {columns[name]} THEN 1 ELSE 0 END)" for name in names)
    [counts] = rows(
        f"SELECT {sums} FROM {CHANGES.name} ch JOIN {ROWS} s ON s.line = ch.line"
        f" JOIN {DISRUPTION} d ON d.id = ch.disruption_id JOIN {THREAT} t ON t.id = d.threat_id"
    )
    return dict(zip(names, counts, strict=True))


def note_changes(terms: Terms) -> int:
    """Keep the rows that differ from the record, each with what stands in its way. How many are on record at all.

    The tables are crossed in the order in which SQLite is to go through them: left to itself, it begins with threats.
    """
    pairs = [
        (column, *(("t.reference_key", "s.threat_key") if column.kind is Kind.THREAT else places))
        for column, *places in compared()
        if column.name in terms.headings
    ]
    different = " OR ".join(
        f"({before} <> {after} OR ({before} IS NULL) <> ({after} IS NULL))"
        if column.field.null
        else f"{before} <> {after}"
        for column, before, after in pairs
    )
    is_unseen = unseen("d.organisation_id", terms)
    known = f"""SELECT s.line, d.id AS disruption_id, CASE
            WHEN {is_unseen} THEN '{TAKEN}'
            WHEN d.kind_of_data <> %s THEN 'a reference of its own: on record, this one is ' || d.kind_of_data
            WHEN d.known_to <= %s
                THEN 'a disruption on the record: it was withdrawn on ' || {day_in_words("d.known_to")}
            WHEN d.known_from > %s OR d.known_to > %s OR e.as_at > %s
                THEN 'a row that may change: the record has it from a later day than this extract'
            END AS obstacle,
            ({is_unseen} OR d.kind_of_data <> %s OR COALESCE(d.known_to <= %s, FALSE) OR {different}) AS is_noted
        FROM {ROWS} s CROSS JOIN {DISRUPTION} d CROSS JOIN {THREAT} t LEFT JOIN {EXTRACT} e ON e.id = d.extract_id
        WHERE d.reference_key = s.reference_key AND d.state_of_id IS NULL AND t.id = d.threat_id"""
    params = [terms.kind.value, *[terms.day] * 4, terms.kind.value, terms.day]
    note = f"""INSERT INTO {CHANGES.name} (line, disruption_id, known_on, obstacle)
        SELECT line, disruption_id, %s, obstacle FROM known WHERE is_noted"""
    if is_postgresql():  # which goes through the rows once for both
        note = f"WITH known AS MATERIALIZED ({known}), noted AS ({note}) SELECT COUNT(*) FROM known"
        return int(value(note, [*params, terms.day]))
    run(f"WITH known AS ({known}) {note}", [*params, terms.day])
    return int(value(f"SELECT COUNT(*) FROM {ROWS} s {ON_RECORD}"))


def name_threats() -> None:
    run(f"DELETE FROM {NAMED_THREATS.name}")
    run(
        f"""INSERT INTO {NAMED_THREATS.name} (reference, reference_key, line)
        SELECT MIN(threat_reference), threat_key, MIN(line) FROM {ROWS} GROUP BY threat_key"""
    )
    run(f"ANALYZE {NAMED_THREATS.name}")


def refuse_obstructed(terms: Terms) -> None:
    run(
        f"""INSERT INTO {FAULTS.name} (line, reference, reference_key, heading, value, expected)
        SELECT s.line, s.reference, s.reference_key, %s, s.reference, ch.obstacle
        FROM {CHANGES.name} ch JOIN {ROWS} s ON s.line = ch.line WHERE ch.obstacle IS NOT NULL""",
        [terms.headings["reference"]],
    )


EXPECTED = f"""d.state_of_id IS NULL AND d.kind_of_data = %s AND d.known_to IS NULL AND d.known_from <= %s
    AND d.added_date BETWEEN (SELECT MIN(added_date) FROM {ROWS}) AND (SELECT MAX(added_date) FROM {ROWS})
    AND d.organisation_id IN (SELECT organisation_id FROM {ROWS})"""
"""Disruptions on record that one would look for in the file: of a body that the file has rows of,
added between the first and the last day on which the file's rows were added, known by the as-at day and not withdrawn.
"""


LACKING = f"""FROM {DISRUPTION} d
    LEFT JOIN {ROWS} s ON s.reference_key = d.reference_key
    LEFT JOIN {FAULTS.name} f ON f.reference_key = d.reference_key
    WHERE s.line IS NULL AND f.line IS NULL AND {EXPECTED}"""


def missing(terms: Terms, first: int) -> tuple[int, list[str]]:
    """How many disruptions the file lacks, and the references of the first of them."""
    params = [terms.kind.value, terms.day]
    count = value(f"SELECT COUNT(*) {LACKING}", params)
    references = rows(f"SELECT d.reference {LACKING} ORDER BY d.reference LIMIT {first:d}", params) if count else []
    return count, [reference for (reference,) in references]


def additions(terms: Terms, first: int) -> list[RowInWords]:
    """What the first new rows say."""
    values = ", ".join(after for _, _, after in compared())
    new = rows(f"SELECT s.line, s.reference, {values} FROM {ROWS} s WHERE {IS_NEW} ORDER BY s.line LIMIT {first:d}")
    return in_rows(terms, [(line, reference, [None] * len(after), after) for line, reference, *after in new])


def changes(terms: Terms, first: int) -> list[RowInWords]:
    """What the first rows that differ from the record say, and what it says."""
    columns, before, after = zip(*compared(), strict=True)
    same_threat = "CASE WHEN t.reference_key = s.threat_key THEN t.reference ELSE s.threat_reference END"
    values = ", ".join((*before, *(same_threat if each == "s.threat_reference" else each for each in after)))
    changed = rows(
        f"SELECT s.line, s.reference, {values}"
        f" FROM {CHANGES.name} ch JOIN {ROWS} s ON s.line = ch.line JOIN {DISRUPTION} d ON d.id = ch.disruption_id"
        f" JOIN {THREAT} t ON t.id = d.threat_id ORDER BY s.line LIMIT {first:d}"
    )
    width = len(columns)
    return in_rows(terms, [(line, reference, both[:width], both[width:]) for line, reference, *both in changed])


def in_rows(terms: Terms, pairs: Sequence[tuple[int, str, list[Any], list[Any]]]) -> list[RowInWords]:
    """Rows of the file in words: each with its line, reference, values before and values after."""
    columns = [column for column, _, _ in compared()]
    words = [column.stored_words(terms.crime_types) for column in columns]
    preview = []
    for line, reference, *both in pairs:
        before, after = ([tell(value) for tell, value in zip(words, values, strict=True)] for values in both)
        differences = [
            (terms.headings[column.name], old, new)
            for column, old, new in zip(columns, before, after, strict=True)
            if column.name in terms.headings and old != new
        ]
        preview.append(RowInWords(line, reference, tuple(differences)))
    return preview


def newest() -> date | None:
    """The last day on which a row of the file was added to the national database."""
    day = value(f"SELECT MAX(added_date) FROM {ROWS}")
    return date.fromisoformat(str(day)) if day else None

"""The temporary tables of one loading: the rows of the file as they were understood, and what is wrong with others.

They belong to the connection and to nobody else, so that a check writes nothing
to the record, and a process that dies leaves nothing behind.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from disruptions.services.loading.databases import Column, copy_in, is_postgresql, rows, run
from soc_tracker.lib.imports import Refusal

SCORES = (
    *("physical", "psychological", "financial", "community", "geographic_scope"),
    *("likelihood", "organisational_position", "confidence", "total"),
)
"""Of a MoRiLE assessment."""


@dataclass(frozen=True)
class Scratch:
    """A temporary table, its columns with their types. No two rows have the same ``key``."""

    name: str
    columns: dict[str, str]
    key: str = ""

    @property
    def create_sql(self) -> str:
        # SQLite's rows have such a key anyway; for PostgreSQL it would be one more index.
        keys = {} if is_postgresql() or not self.key else {self.key: "integer PRIMARY KEY"}
        columns = ", ".join(f"{name} {kind}" for name, kind in (self.columns | keys).items())
        return f"CREATE TEMPORARY TABLE {self.name} ({columns})"

    def add(self, columns: Mapping[str, Column]) -> None:
        copy_in(self.name, columns)


FAULTS = Scratch(
    "loading_fault",
    {"line": "integer", "reference": "text", "heading": "text", "value": "text", "expected": "text"},
)
CRIME_TYPES = Scratch("loading_crime_type", {"number": "bigint", "id": "bigint"}, key="number")
"""The crime types that came with the file: rows know them by a number below 0, the record by their key."""

DISRUPTIONS = Scratch(
    "loading_disruption",
    {
        "line": "integer",
        "reference": "text",
        "threat_reference": "text",
        "organisation_id": "bigint",
        "involvement": "text",
        "supported_id": "bigint",
        "four_p": "text",
        "size": "text",
        "crime_type_id": "bigint",  # below 0: a number of CRIME_TYPES
        "activity_date": "date",
        "added_date": "date",
        "summary": "text",
        "folded": "text",
    },
    key="line",
)
NAMED_THREATS = Scratch("loading_named_threat", {"reference": "text", "line": "integer"})
"""The threats that the rows of disruptions name, with the first row that does."""

CHANGES = Scratch(
    "loading_change",
    {"line": "integer", "disruption_id": "bigint", "known_on": "date", "obstacle": "text"},
    key="line",
)
"""The rows that differ from the record, or may not touch it: then ``obstacle`` says why."""

THREATS = Scratch(
    "loading_threat",
    {
        "line": "integer",
        "reference": "text",
        "organisation_id": "bigint",
        "name": "text",
        "area_id": "bigint",
        "lead_responsible_officer": "text",
        "crime_types": "text",  # keys, or numbers of CRIME_TYPES, with commas between them
        "state_from": "date",
        "type": "text",
        "tier": "integer",
        "phase": "text",
        "assessment_type": "text",
        "moderation": "text",
        "is_soc": "integer",
        "assessed_on": "date",
        **dict.fromkeys(SCORES, "text"),
        "assessor": "text",
        "moderated_on": "date",
    },
    key="line",
)
VERDICTS = Scratch("loading_verdict", {"line": "integer", "verdict": "text"}, key="line")
"""The rows of threats that are new ("added") or differ from the record ("changed")."""

LONGEST_VALUE = 200  # characters of a faulty value that are kept


@contextmanager
def scratch(*tables: Scratch) -> Iterator[None]:
    """Make temporary tables and remove them again, because a connection may outlive a loading."""
    for table in tables:
        run(f"DROP TABLE IF EXISTS {table.name}")
        run(table.create_sql)
    try:
        yield
    finally:
        for table in tables:
            run(f"DROP TABLE IF EXISTS {table.name}")


def refuse(refusals: Sequence[Refusal]) -> None:
    """Keep the faults of rows that are not taken over."""
    if refusals:
        lines, references, headings, values, expected = zip(*refusals, strict=True)
        shortened = [value[:LONGEST_VALUE] for value in values]
        columns = (lines, references, headings, shortened, expected)
        FAULTS.add(dict(zip(FAULTS.columns, columns, strict=True)))


def refusals_between(first: int, last: int) -> list[Refusal]:
    """The faults of the rows between two lines."""
    found = rows(f"{_REFUSALS} WHERE line BETWEEN %s AND %s ORDER BY line, heading", [first, last])
    return [Refusal(*each) for each in found]


def first_refusals(most: int) -> list[Refusal]:
    return [Refusal(*each) for each in rows(f"{_REFUSALS} ORDER BY line, heading LIMIT {most:d}")]


_REFUSALS = f"SELECT {', '.join(FAULTS.columns)} FROM {FAULTS.name}"

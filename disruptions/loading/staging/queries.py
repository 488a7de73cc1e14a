"""One loading: what it is about, its temporary tables, and what is wrong with rows.

The tables hold the rows of the file as they were understood. They belong to the connection and to nobody else, so
that a check writes nothing to the record, and a process that dies leaves nothing behind.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from disruptions.choices import DataKind, ExtractContents
from disruptions.columns.models import DISRUPTION_COLUMNS, THREAT_COLUMNS, Described
from disruptions.extracts.models import Extract
from disruptions.loading.database.queries import Column, copy_in, is_postgresql, rows, run, value
from disruptions.record.models import Disruption
from disruptions.threats.models import MorileAssessment, Threat, ThreatState
from forces.models import Organisation
from soc_tracker.core.imports.outcome import Refusal

DISRUPTION = Disruption._meta.db_table
THREAT = Threat._meta.db_table
ASSESSMENT = MorileAssessment._meta.db_table
STATE = ThreatState._meta.db_table
EXTRACT = Extract._meta.db_table
ORGANISATION = Organisation._meta.db_table
HISTORY = Disruption.history.model._meta.db_table

MANY = 50_000
"""Rows from which on it pays to fill an empty table first, and to tell the planner anew what is in a large one."""
LONGEST_VALUE = 200  # characters of a faulty value that are kept


@dataclass(frozen=True)
class Terms:
    """What the rows of a file have in common.

    ``file_name`` and ``sha256`` say which file it is.
    ``as_at`` is the day on which they were taken from the national database.
    ``headings`` holds the headings of the file by key; what it has no column for stays as it is on record.
    ``crime_types`` holds the names that are not on record, by the numbers below 0 by which the rows know them.
    """

    contents: ExtractContents
    file_name: str
    sha256: str
    kind: DataKind
    as_at: date
    headings: Mapping[str, str]
    crime_types: Mapping[int, str] = field(default_factory=dict)

    @property
    def day(self) -> Any:
        """The as-at day as the database takes it."""
        return connection.ops.adapt_datefield_value(self.as_at)


@dataclass(frozen=True)
class Numbers:
    """How many rows of the file are new, differ from the record, and say what it says.

    ``crime_types`` are the numbers of those that are not on record and that good rows name.
    """

    added: int
    changed: int
    unchanged: int
    crime_types: tuple[int, ...] = ()

    @property
    def changes_much(self) -> bool:
        return self.added + self.changed >= MANY


@dataclass(frozen=True)
class Staging:
    """A temporary table, its columns with their types. No two rows have the same ``key``."""

    name: str
    columns: Mapping[str, str]
    key: str = ""

    @property
    def create_sql(self) -> str:
        # SQLite's rows have such a key anyway; for PostgreSQL it would be one more index.
        keys = {} if is_postgresql() or not self.key else {self.key: "integer PRIMARY KEY"}
        columns = ", ".join(f"{name} {kind}" for name, kind in {**self.columns, **keys}.items())
        return f"CREATE TEMPORARY TABLE {self.name} ({columns})"

    def add(self, columns: Mapping[str, Column]) -> None:
        copy_in(self.name, columns)


FAULTS = Staging(
    "loading_fault",
    {"line": "integer", "reference": "text", "heading": "text", "value": "text", "expected": "text"},
)
CRIME_TYPES = Staging("loading_crime_type", {"number": "bigint", "id": "bigint"}, key="number")
"""The crime types that came with the file: rows know them by a number below 0, the record by their key."""
NAMED_THREATS = Staging("loading_named_threat", {"reference": "text", "line": "integer"})
"""The threats that the rows of disruptions name, with the first row that does."""
CHANGES = Staging(
    "loading_change",
    {"line": "integer", "disruption_id": "bigint", "known_on": "date", "obstacle": "text"},
    key="line",
)
"""The rows that differ from the record, or may not touch it: then ``obstacle`` says why."""
VERDICTS = Staging("loading_verdict", {"line": "integer", "verdict": "text"}, key="line")
"""The rows of threats that are new ("added") or differ from the record ("changed")."""


def types_of(columns: Iterable[Described]) -> dict[str, str]:
    return {"line": "integer", **{column.staged: column.sql_type for column in columns}}


def staged_disruptions() -> Staging:
    """The rows of a file of disruptions. Crime types below 0 are numbers of CRIME_TYPES."""
    return Staging("loading_disruption", {**types_of(DISRUPTION_COLUMNS), "folded": "text"}, key="line")


def staged_threats() -> Staging:
    """The rows of a file of threats; crime types are keys, or numbers of CRIME_TYPES, with commas between them."""
    return Staging("loading_threat", types_of(THREAT_COLUMNS), key="line")


@contextmanager
def temporary(*tables: Staging) -> Iterator[None]:
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


def list_refusals(*, between: tuple[int, int] | None = None, most: int | None = None) -> list[Refusal]:
    """The first faults in the order of the file, or those of the rows between two lines."""
    where = " WHERE line BETWEEN %s AND %s" if between else ""
    limit = f" LIMIT {most:d}" if most is not None else ""
    sql = f"SELECT {', '.join(FAULTS.columns)} FROM {FAULTS.name}{where} ORDER BY line, heading{limit}"
    return [Refusal(*each) for each in rows(sql, between or ())]


def refuse_repeated(table: str, terms: Terms) -> None:
    """Refuse the rows of a table that share a reference with another, be that refused already: which of them is
    right, nobody knows.
    """
    refused = f"SELECT DISTINCT line, reference FROM {FAULTS.name} WHERE reference <> ''"
    source = table  # whose index serves
    if value(f"SELECT COUNT(*) FROM {FAULTS.name}"):
        source = f"(SELECT line, reference FROM {table} UNION ALL {refused})"
    run(
        f"""INSERT INTO {FAULTS.name} (line, reference, heading, value, expected)
        SELECT s.line, s.reference, %s, s.reference, 'a reference that stands once in the file; row '
            || (CASE WHEN s.line = twice.first THEN twice.last ELSE twice.first END) || ' has it too'
        FROM {source} s JOIN (
            SELECT reference, MIN(line) AS first, MAX(line) AS last FROM {source} r
            GROUP BY reference HAVING COUNT(*) > 1
        ) twice ON twice.reference = s.reference""",
        [terms.headings["reference"]],
    )

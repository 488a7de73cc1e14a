"""What loading asks of the database: its tables for the rows of a file, the words of PostgreSQL and of SQLite.

The tables hold the rows of the file as they were understood. They belong to the connection and to nobody else, so
that a check writes nothing to the record, and a process that dies leaves nothing behind.
"""

import calendar
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from django.db import connection

from disruptions.choices import DataKind, ExtractContents
from disruptions.columns.models import DISRUPTION_COLUMNS, THREAT_COLUMNS, Described, Kind
from disruptions.extracts.models import Extract
from disruptions.record.models import Disruption
from disruptions.threats.models import MorileAssessment, Threat, ThreatState
from forces.models import Organisation
from soc_tracker.core.access.sight import Sight
from soc_tracker.core.text.days import in_words

Column = Sequence[str | int | None]
SAMPLE = 1_000  # rows of each index of a temporary table that SQLite looks at: enough to plan one join by
SOON_READ = 200_000  # rows that SQLite reads whole in a fraction of a second
SERVER_MEMORY, OWN_MEMORY = 256, 16  # MB: of PostgreSQL's server; of this process, where SQLite works
ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def is_postgresql() -> bool:
    return bool(connection.vendor == "postgresql")


def copy_in(table: str, columns: Mapping[str, Column]) -> None:
    """Append rows, given column by column, to a temporary table as fast as the database takes them."""
    names = ", ".join(columns)
    if is_postgresql():
        # Before the copying begins: a mistake within it would end the transaction.
        lines = "\n".join(map("\t".join, zip(*map(copied, columns.values()), strict=True)))
        with connection.cursor() as cursor, cursor.cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            copy.write(lines)
    else:
        records = zip(*columns.values(), strict=True)
        marks = ", ".join(["%s"] * len(columns))
        with connection.cursor() as cursor, at_once():
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", cast(Any, records))


def copied(column: Column) -> Sequence[str]:
    """A column in the text form of COPY. No text holds a NUL, so all of them are changed together."""
    if isinstance(column[0], int):
        return list(map(str, column))
    texts = ["" if value is None else str(value) for value in column] if None in column else cast(Sequence[str], column)
    together = "\0".join(texts)
    if any(mark in together for mark in ESCAPES):
        for mark, escape in ESCAPES.items():  # the backslash first
            together = together.replace(mark, escape)
        texts = together.split("\0")
    if None in column:
        return ["\\N" if value is None else text for value, text in zip(column, texts, strict=True)]
    return texts


@contextmanager
def at_once() -> Iterator[None]:
    """Write to SQLite's temporary tables in one go; not in a transaction of Django's, which would lock out others."""
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        try:
            yield
        except BaseException:
            cursor.execute("ROLLBACK")
            raise
        cursor.execute("COMMIT")


def make_joinable(table: str, *columns: str) -> None:
    """Tell the planner what a filled table holds. SQLite, which joins row by row, gets an index for each column too."""
    with connection.cursor() as cursor:
        if is_postgresql():
            cursor.execute(f"ANALYZE {table}")
            return
        cursor.execute(f"PRAGMA analysis_limit = {SAMPLE:d}")
        for column in columns:
            cursor.execute(f"CREATE INDEX temp.{table}_{column} ON {table} ({column})")
        cursor.execute(f"ANALYZE temp.{table}")


def tidy(tables: Iterable[str], *, changed_much: bool = False) -> None:
    """Tell the planner what is in the tables: it must not wait until the database gets round to it by itself.

    SQLite must read an index whole to know how many rows share a body or a kind of data; a sample makes both look
    equally rare. That takes a second or two a million rows, so a large table of which little has changed is left alone.
    """
    if is_postgresql():
        # PostgreSQL does not vacuum inside a transaction.
        vacuum = changed_much and not connection.in_atomic_block
        for table in tables:
            run(f"VACUUM (ANALYZE) {table}" if vacuum else f"ANALYZE {table}")
        return
    run("PRAGMA analysis_limit = 0")
    for table in tables:
        if changed_much or (value(f"SELECT MAX(rowid) FROM {table}") or 0) <= SOON_READ:
            # One index after the other: meanwhile nobody else can write.
            for (index,) in rows("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = %s", [table]):
                run(f'ANALYZE "{index}"')


@contextmanager
def more_memory() -> Iterator[None]:
    """Let the database hold in memory what it sorts and joins: by itself, it takes 2 to 4 MB.

    On PostgreSQL, to be used in a transaction, which sets it back.
    """
    if is_postgresql():
        run(f"SET LOCAL work_mem = '{SERVER_MEMORY}MB'")
        run(f"SET LOCAL maintenance_work_mem = '{SERVER_MEMORY}MB'")
        yield
        return
    before = value("PRAGMA cache_size")
    run(f"PRAGMA cache_size = {-1024 * OWN_MEMORY:d}")
    try:
        yield
    finally:
        run(f"PRAGMA cache_size = {before:d}")


def day_in_words(column: str) -> str:
    """SQL that says a date as "4 January 2023"."""
    if is_postgresql():
        return f"to_char({column}, 'FMDD FMMonth YYYY')"
    months = " ".join(f"WHEN '{number:02}' THEN '{calendar.month_name[number]}'" for number in range(1, 13))
    day, year = f"CAST(substr({column}, 9, 2) AS integer)", f"substr({column}, 1, 4)"
    return f"{day} || ' ' || CASE substr({column}, 6, 2) {months} END || ' ' || {year}"


def run(sql: str, params: Sequence[Any] = ()) -> int:
    """Run a statement; the number of rows that it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return max(int(cursor.rowcount), 0)


def rows(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Every row of a query that has few."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def value(sql: str, params: Sequence[Any] = ()) -> Any:
    """The one value of a query."""
    return rows(sql, params)[0][0]


# One loading: what it is about, its temporary tables, and what is wrong with rows.

DISRUPTION = Disruption._meta.db_table
THREAT = Threat._meta.db_table
ASSESSMENT = MorileAssessment._meta.db_table
STATE = ThreatState._meta.db_table
EXTRACT = Extract._meta.db_table
ORGANISATION = Organisation._meta.db_table
HISTORY = Disruption.history.model._meta.db_table

MANY = 50_000
"""Rows from which on it pays to fill an empty table first, and to tell the planner anew what is in a large one."""
IDENTIFYING = ("organisation", "threat", "activity_date", "added_date", "four_p", "name", "type")
"""Columns that say which event or threat a row is. Few rows that are on record say otherwise in a later file, but for
one whose columns were sorted apart, or that comes from elsewhere.
"""


@dataclass(frozen=True)
class Terms:
    """What the rows of a file have in common.

    ``file_name`` and ``sha256`` say which file it is.
    ``as_at`` is the day on which they were taken from the national database.
    ``headings`` holds the headings of the file by key; what it has no column for stays as it is on record.
    ``sight`` is what its sender sees: rows of other bodies are refused.
    ``crime_types`` holds the names that are not on record, by the numbers below 0 by which the rows know them.
    ``answers`` say how the file was read. ``is_complete``: it is said to hold all that the national database then had
    of its bodies and days. ``part_of`` is the extract whose refused rows, mended, these are.
    """

    contents: ExtractContents
    file_name: str
    sha256: str
    kind: DataKind
    as_at: date
    headings: Mapping[str, str]
    sight: Sight
    crime_types: Mapping[int, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    is_complete: bool = False
    part_of: Extract | None = None

    @property
    def day(self) -> Any:
        """The as-at day as the database takes it."""
        return connection.ops.adapt_datefield_value(self.as_at)


@dataclass(frozen=True)
class Numbers:
    """How many rows of the file are new, differ from the record, and say what it says.

    ``crime_types`` are the numbers of those that are not on record and that good rows name. ``moved`` counts the rows
    that differ by those of the IDENTIFYING columns in which they do.
    """

    added: int
    changed: int
    unchanged: int
    crime_types: tuple[int, ...] = ()
    moved: Mapping[str, int] = field(default_factory=dict)

    @property
    def shared(self) -> int:
        """Rows of the file that are on record."""
        return self.changed + self.unchanged


@dataclass(frozen=True)
class Staging:
    """A temporary table, its columns with their types. No two rows have the same ``key``."""

    name: str
    columns: Mapping[str, str]
    key: str = ""

    def add(self, columns: Mapping[str, Column]) -> None:
        copy_in(self.name, columns)


FAULTS = Staging(
    "loading_fault",
    {
        "line": "integer",
        "reference": "text",
        "heading": "text",
        "value": "text",
        "expected": "text",
        "reference_key": "text",
    },
)
NAMED_CRIME_TYPES = Staging("loading_crime_type", {"number": "bigint", "id": "bigint"}, key="number")
"""The crime types that came with the file: rows know them by a number below 0, the record by their key."""
NUMBERS = Staging("loading_number", {"line": "integer", "reference": "text", "reference_key": "text", "bare": "text"})
"""The rows whose reference is a number, which is ``bare`` without the zeros at its beginning."""
NAMED_THREATS = Staging("loading_named_threat", {"reference": "text", "reference_key": "text", "line": "integer"})
"""The threats that the rows of disruptions name, with the first row that does."""
CHANGES = Staging(
    "loading_change",
    {"line": "integer", "disruption_id": "bigint", "known_on": "date", "obstacle": "text"},
    key="line",
)
"""The rows that differ from the record, or may not touch it: then ``obstacle`` says why."""
VERDICTS = Staging("loading_verdict", {"line": "integer", "verdict": "text"}, key="line")
"""The rows of threats that are new ("added") or differ from the record ("changed")."""


def staged_disruptions() -> Staging:
    """The rows of a file of disruptions. Crime types below 0 are numbers of NAMED_CRIME_TYPES."""
    columns = {column.staged: column.sql_type for column in DISRUPTION_COLUMNS}
    more = {"folded": "text", "reference_key": "text", "threat_key": "text"}
    return Staging("loading_disruption", {"line": "integer", **columns, **more}, key="line")


def staged_threats() -> Staging:
    """The rows of a file of threats; crime types are keys or numbers of NAMED_CRIME_TYPES, with commas between."""
    columns = {column.staged: column.sql_type for column in THREAT_COLUMNS}
    return Staging("loading_threat", {"line": "integer", **columns, "reference_key": "text"}, key="line")


@contextmanager
def temporary(*tables: Staging) -> Iterator[None]:
    """Make temporary tables and remove them again, because a connection may outlive a loading."""
    for table in tables:
        # SQLite's rows have such a key anyway; for PostgreSQL it would be one more index.
        keys = {} if is_postgresql() or not table.key else {table.key: "integer PRIMARY KEY"}
        columns = ", ".join(f"{name} {kind}" for name, kind in {**table.columns, **keys}.items())
        run(f"DROP TABLE IF EXISTS {table.name}")
        run(f"CREATE TEMPORARY TABLE {table.name} ({columns})")
    try:
        yield
    finally:
        for table in tables:
            run(f"DROP TABLE IF EXISTS {table.name}")


def words_of(column: Described, terms: Terms) -> Callable[[Any], str]:
    """How a reader knows the stored values of a column."""
    names: Mapping[Any, Any] = {}
    match column.kind:
        case Kind.BODY | Kind.AREA:
            names = dict(column.field.related_model.objects.values_list("pk", "name"))
        case Kind.CRIME_TYPE | Kind.CRIME_TYPES:
            names = dict(column.field.related_model.objects.values_list("pk", "name")) | dict(terms.crime_types)
        case Kind.CHOICE:
            names = dict(column.choices.choices)
        case Kind.FLAG:
            names = {True: "Yes", False: "No"}
        case Kind.DAY:
            return lambda value: in_words(date.fromisoformat(str(value))) if value else ""
    if column.kind is Kind.CRIME_TYPES:
        return lambda keys: "; ".join(sorted(map(names.__getitem__, keys)))
    return lambda value: "" if value in (None, "") else str(names.get(value, value))

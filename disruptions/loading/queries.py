"""What loading asks of the database: its tables for the rows of a file, what it refuses, the words of either database.

The tables hold the rows of the file as they were understood. They belong to the connection and to nobody else, so
that a check writes nothing to the record, and a process that dies leaves nothing behind.
"""

import calendar
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from django.db import connection

from disruptions.choices import DataKind, ExtractContents
from disruptions.extracts.models import Extract
from disruptions.record.models import Disruption
from disruptions.threats.models import MorileAssessment, Threat, ThreatState
from forces.models import Organisation
from soc_tracker.core.access.models import Sight
from soc_tracker.core.imports.outcome import Refusal
from soc_tracker.core.imports.parsers import MOST_DIGITS, ROUNDED
from soc_tracker.core.text.normal import keys_of

Column = Sequence[str | int | None]
SAMPLE = 1_000  # rows of each index of a temporary table that SQLite looks at: enough to plan one join by
SERVER_MEMORY, OWN_MEMORY = 256, 16  # MB: of PostgreSQL's server; of this process, where SQLite works
ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def is_postgresql() -> bool:
    return bool(connection.vendor == "postgresql")


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


@dataclass(frozen=True)
class Staging:
    """A temporary table, its columns with their types. No two rows have the same ``key``."""

    name: str
    columns: Mapping[str, str]
    key: str = ""

    def add(self, columns: Mapping[str, Column]) -> None:
        """Append rows, given column by column, as fast as the database takes them."""
        names = ", ".join(columns)
        if is_postgresql():
            # Before the copying begins: a mistake within it would end the transaction.
            lines = "\n".join(map("\t".join, zip(*map(copied, columns.values()), strict=True)))
            with connection.cursor() as cursor, cursor.cursor.copy(f"COPY {self.name} ({names}) FROM STDIN") as copy:
                copy.write(lines)
        else:
            records = zip(*columns.values(), strict=True)
            marks = ", ".join(["%s"] * len(columns))
            with connection.cursor() as cursor, at_once():
                cursor.executemany(f"INSERT INTO {self.name} ({names}) VALUES ({marks})", cast(Any, records))


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


# What is refused of a file: faulty rows, references that stand twice, and bodies that its sender does not see.


LONGEST_VALUE = 200  # characters of a faulty value that are kept
MOST_ZEROS = 13
LOST_ZEROS = (
    ". A spreadsheet drops those at the beginning of a number: give the column the format “Text”, and put it in again"
)


def refuse(refusals: Sequence[Refusal]) -> None:
    """Keep the faults of rows that are not taken over."""
    if refusals:
        lines, references, headings, values, expected = zip(*refusals, strict=True)
        shortened = [value[:LONGEST_VALUE] for value in values]
        columns = (lines, references, headings, shortened, expected, keys_of(references))
        FAULTS.add(dict(zip(FAULTS.columns, columns, strict=True)))


def list_refusals(*, between: tuple[int, int] | None = None, most: int | None = None) -> list[Refusal]:
    """The first faults in the order of the file, or those of the rows between two lines."""
    where = " WHERE line BETWEEN %s AND %s" if between else ""
    limit = f" LIMIT {most:d}" if most is not None else ""
    sql = f"SELECT {', '.join([*FAULTS.columns][:-1])} FROM {FAULTS.name}{where} ORDER BY line, heading{limit}"
    return [Refusal(*each) for each in rows(sql, between or ())]


OUTSIDE = "a body in your reach: have somebody load this row who sees that body, or the whole country"
TAKEN = "a reference that you may use: give the row another, or have somebody load it who sees the whole country"
"""What is said of a row of a body that the sender does not see; and of one whose reference is that of such a body's."""


def unseen(column: str, terms: Terms) -> str:
    """SQL of whether a body is none that the sender sees, or there is none."""
    if terms.sight.everything:
        return "FALSE"
    keys = ", ".join(map(str, sorted(terms.sight.bodies))) or "0"
    return f"COALESCE({column}, 0) NOT IN ({keys})"


def refuse_outside(staging: Staging, terms: Terms) -> None:
    """Refuse the rows of bodies that the sender does not see, before any is held against the record."""
    if terms.sight.everything:
        return
    name = f"(SELECT o.name FROM {ORGANISATION} o WHERE o.id = s.organisation_id)"
    run(
        f"""INSERT INTO {FAULTS.name} (line, reference, reference_key, heading, value, expected)
        SELECT s.line, s.reference, s.reference_key, %s, COALESCE({name}, ''), %s FROM {staging.name} s
        WHERE {unseen("s.organisation_id", terms)}""",
        [terms.headings["organisation"], OUTSIDE],
    )
    run(f"DELETE FROM {staging.name} WHERE line IN (SELECT line FROM {FAULTS.name})")


def refuse_repeated(table: str, terms: Terms) -> None:
    """Refuse the rows of a table that share a reference with another, be that refused already: which of them is
    right, nobody knows.
    """
    columns = "line, reference, reference_key"
    refused = f"SELECT DISTINCT {columns} FROM {FAULTS.name} WHERE reference <> ''"
    source = table  # whose index serves
    if value(f"SELECT COUNT(*) FROM {FAULTS.name}"):
        source = f"(SELECT {columns} FROM {table} UNION ALL {refused})"
    run(
        f"""INSERT INTO {FAULTS.name} ({columns}, heading, value, expected)
        SELECT s.line, s.reference, s.reference_key, %s, s.reference, 'a reference that stands once in the file; row '
            || (CASE WHEN s.line = twice.first THEN twice.last ELSE twice.first END) || ' has it too'
            || (CASE WHEN twice.one = twice.other THEN '' ELSE ', written a little otherwise' END)
        FROM {source} s JOIN (
            SELECT reference_key, MIN(line) AS first, MAX(line) AS last, MIN(reference) AS one, MAX(reference) AS other
            FROM {source} r GROUP BY reference_key HAVING COUNT(*) > 1
        ) twice ON twice.reference_key = s.reference_key""",
        [terms.headings["reference"]],
    )
    refuse_numbers(terms)


def note_numbers(lines: Sequence[int], references: Sequence[str], keys: Sequence[str]) -> None:
    """Keep in mind the references that are numbers to a spreadsheet."""
    numbers = [each for each in zip(lines, references, keys, strict=True) if each[2].isdecimal()]
    if numbers:
        own_lines, own_references, own_keys = zip(*numbers, strict=True)
        bare = [key.lstrip("0") for key in own_keys]
        NUMBERS.add(dict(zip(NUMBERS.columns, (own_lines, own_references, own_keys, bare), strict=True)))


def refuse_numbers(terms: Terms) -> None:
    """Refuse numbers that a spreadsheet may have changed: of whose zeros some are lost, beside others of the file or of
    the record; and those of more digits than it keeps, where all of the file end in zeros.
    """
    if not value(f"SELECT COUNT(*) FROM {NUMBERS.name}"):
        return
    into = f"INSERT INTO {FAULTS.name} (line, reference, reference_key, heading, value, expected)"
    heading = terms.headings["reference"]
    zeros = " UNION ALL ".join(f"SELECT '{'0' * count}' AS zeros" for count in range(MOST_ZEROS))
    table = DISRUPTION if terms.contents == ExtractContents.DISRUPTIONS else THREAT
    now = "AND d.state_of_id IS NULL" if table == DISRUPTION else ""
    run(
        f"""{into} SELECT n.line, n.reference, n.reference_key, %s, n.reference,
            'a reference with all its zeros: row ' || MIN(o.line) || ' has ' || MIN(o.reference) || %s
        FROM {NUMBERS.name} n JOIN {NUMBERS.name} o ON o.bare = n.bare AND o.reference_key <> n.reference_key
        GROUP BY n.line, n.reference, n.reference_key""",
        [heading, LOST_ZEROS],
    )
    run(
        f"""{into} SELECT n.line, n.reference, n.reference_key, %s, n.reference,
            'a reference with all its zeros: on record is ' || MIN(d.reference) || %s
        FROM {NUMBERS.name} n CROSS JOIN ({zeros}) z
        JOIN {table} d ON d.reference_key = z.zeros || n.bare {now} AND NOT {unseen("d.organisation_id", terms)}
        GROUP BY n.line, n.reference, n.reference_key
        HAVING MAX(CASE WHEN d.reference_key = n.reference_key THEN 1 ELSE 0 END) = 0""",
        [heading, LOST_ZEROS],
    )
    long = f"FROM {NUMBERS.name} WHERE LENGTH(reference_key) > {MOST_DIGITS}"
    rounded = f"LTRIM(SUBSTR(reference_key, {MOST_DIGITS + 1}), '0') = ''"
    if not value(f"SELECT COUNT(*) {long} AND NOT {rounded}"):
        run(f"{into} SELECT line, reference, reference_key, %s, reference, %s {long}", [heading, ROUNDED])

"""What loading asks of PostgreSQL and of SQLite, each in its own words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, cast

from django.db import connection

Column = Sequence[str | int | None]

_SAMPLE = 1_000  # rows of each index of a temporary table that SQLite looks at: enough to plan one join by
_SOON_READ = 200_000  # rows that SQLite reads whole in a fraction of a second
_SERVER_MEMORY, _OWN_MEMORY = 256, 16  # MB: of PostgreSQL's server; of this process, where SQLite works
_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def is_postgresql() -> bool:
    return bool(connection.vendor == "postgresql")


def copy_in(table: str, columns: Mapping[str, Column]) -> None:
    """Append rows, given column by column, to a temporary table as fast as the database takes them."""
    names = ", ".join(columns)
    if is_postgresql():
        lines = map("\t".join, zip(*map(_copied, columns.values()), strict=True))
        text = "\n".join(lines)
        with connection.cursor() as cursor, cursor.cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            copy.write(text)
    else:
        records = zip(*columns.values(), strict=True)
        marks = ", ".join(["%s"] * len(columns))
        with connection.cursor() as cursor, at_once():
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", cast(Any, records))


def _copied(column: Column) -> Sequence[str]:
    """A column in the text form of COPY. No text holds a NUL, so all of them are changed together."""
    if isinstance(column[0], int):
        return list(map(str, column))
    texts = ["" if value is None else str(value) for value in column] if None in column else cast(Sequence[str], column)
    together = "\0".join(texts)
    if any(mark in together for mark in _ESCAPES):
        for mark, escape in _ESCAPES.items():  # the backslash first
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
        cursor.execute(f"PRAGMA analysis_limit = {_SAMPLE:d}")
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
        if changed_much or (value(f"SELECT MAX(rowid) FROM {table}") or 0) <= _SOON_READ:
            run(f"ANALYZE {table}")


@contextmanager
def more_memory() -> Iterator[None]:
    """Let the database hold in memory what it sorts and joins: by itself, it takes 2 to 4 MB.

    On PostgreSQL, to be used in a transaction, which sets it back.
    """
    if is_postgresql():
        run(f"SET LOCAL work_mem = '{_SERVER_MEMORY}MB'")
        run(f"SET LOCAL maintenance_work_mem = '{_SERVER_MEMORY}MB'")
        yield
        return
    before = value("PRAGMA cache_size")
    run(f"PRAGMA cache_size = {-1024 * _OWN_MEMORY:d}")
    try:
        yield
    finally:
        run(f"PRAGMA cache_size = {before:d}")


def lock_out_others(*tables: str) -> None:
    """Wait for whoever writes to the tables and keep others from it until the transaction ends; all may read them.

    On SQLite the transaction, which began by locking, has done that.
    """
    if is_postgresql():
        run(f"LOCK TABLE {', '.join(tables)} IN SHARE ROW EXCLUSIVE MODE")


def day_in_words(column: str) -> str:
    """SQL that says a date as "4 January 2023"."""
    if is_postgresql():
        return f"to_char({column}, 'FMDD FMMonth YYYY')"
    months = " ".join(f"WHEN '{number:02}' THEN '{name}'" for number, name in enumerate(_MONTHS, 1))
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

"""Filling large tables without their indexes, which are built faster once the rows are in than kept up row by row.

Both databases undo this with the rest when the transaction ends badly. What is
put back is read from the database first, so it is what was there.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from disruptions import text_search
from disruptions.services.cells import CELLS
from disruptions.services.loading.databases import is_postgresql, rows, run
from disruptions.services.loading.terms import DISRUPTION, THREAT

TABLES = (THREAT, DISRUPTION, *(model._meta.db_table for model in CELLS))


@contextmanager
def without_indexes() -> Iterator[None]:
    """Take indexes and foreign keys off the tables that a loading fills, and put them back afterwards.

    Nobody else reads the tables in between. To be used inside a transaction.
    """
    if is_postgresql():
        run("SET CONSTRAINTS ALL IMMEDIATE")  # a table with a check outstanding cannot be altered
    text_search.drop()
    parts = [part for table in TABLES for part in _parts(table)]
    for drop, _ in parts:
        run(drop)
    yield
    for _, create in parts:
        run(create)
    text_search.create()
    if is_postgresql():
        run("SET CONSTRAINTS ALL DEFERRED")


def _parts(table: str) -> list[tuple[str, str]]:
    """How to take each index and foreign key off a table, and how to put it back."""
    quote = connection.ops.quote_name
    if not is_postgresql():
        sql = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL"
        return [(f"DROP INDEX {quote(name)}", create) for name, create in rows(sql, [table])]
    indexes = rows(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
        " WHERE indrelid = %s::regclass"
        " AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)",  # which keeps its index
        [table],
    )
    keys = rows(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid = %s::regclass AND contype = 'f' ORDER BY conname",
        [table],
    )
    return [(f"DROP INDEX {name}", create) for name, create in indexes] + [
        (
            f"ALTER TABLE {table} DROP CONSTRAINT {quote(name)}",
            f"ALTER TABLE {table} ADD CONSTRAINT {quote(name)} {key}",
        )
        for name, key in keys
    ]

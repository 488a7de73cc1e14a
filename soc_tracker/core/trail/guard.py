"""Has the database itself refuse to change or delete what is on the trail, whoever asks.

On PostgreSQL, the role of the site should not own the tables either, and may only read and add: ``grants_for``. Whoever
owns them can take the triggers off, and so can whoever may write to the file of a SQLite database: what they do then is
found by the seals.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

TABLES = ("trail_entry", "trail_seal")
REFUSAL = "The trail is only ever added to: nothing on it is changed or deleted."

SQLITE = """CREATE TRIGGER IF NOT EXISTS {table}_{act}_refused BEFORE {act} ON {table}
BEGIN SELECT RAISE(ABORT, '{refusal}'); END"""
POSTGRESQL = f"""CREATE OR REPLACE FUNCTION trail_refused() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'insufficient_privilege'; END $$"""
ON_POSTGRESQL = """CREATE OR REPLACE TRIGGER {table}_refused BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION trail_refused()"""


def put_on(connection: Any) -> None:
    """Make the triggers where they are missing."""
    present = set(connection.introspection.table_names())
    tables = [table for table in TABLES if table in present]
    statements = [POSTGRESQL, *(ON_POSTGRESQL.format(table=table) for table in tables)]
    if connection.vendor == "sqlite":
        acts = [(table, act) for table in tables for act in ("UPDATE", "DELETE")]
        statements = [SQLITE.format(table=table, act=act, refusal=REFUSAL) for table, act in acts]
    for sql in statements:
        with connection.cursor() as cursor:
            cursor.execute(sql)


def take_off(connection: Any) -> None:
    """Remove the triggers, which only the owner of the tables can."""
    with connection.cursor() as cursor:
        for table in TABLES:
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_UPDATE_refused")
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_DELETE_refused")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_refused ON {table}")


@contextmanager
def lifted(connection: Any) -> Iterator[None]:
    """The triggers taken off while something is done that only the owner of the tables may do.

    Belongs in a transaction: what fails within leaves them as they were.
    """
    take_off(connection)
    yield
    put_on(connection)


def grants_for(role: str, quote: Any) -> list[str]:
    """The SQL after which the role of the site, which must not own the tables, can read the trail and add to it."""
    name = quote(role)
    tables = ", ".join(TABLES)
    sequences = ", ".join(f"{table}_id_seq" for table in TABLES)
    return [
        f"REVOKE ALL ON {tables} FROM PUBLIC, {name}",
        f"GRANT SELECT, INSERT ON {tables} TO {name}",
        f"GRANT USAGE ON SEQUENCE {sequences} TO {name}",
    ]

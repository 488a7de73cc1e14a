"""A PostgreSQL database: its tables as one transaction sees them, each in a file, in the order of its keys."""

from pathlib import Path
from typing import Any

from django.db import transaction
from psycopg import sql

from soc_tracker.core.backup import BackupError
from soc_tracker.core.backup.manifest import Manifest, Table
from soc_tracker.core.backup.sealing import reading, writing

# Tables of this site: not those that an extension brought.
TABLES = """
SELECT c.relname FROM pg_class c
WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e') ORDER BY 1"""
# What is worked out from other columns is worked out again.
COLUMNS = """
SELECT attname, pg_get_serial_sequence(quote_ident(%(table)s), attname) FROM pg_attribute
WHERE attrelid = quote_ident(%(table)s)::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
ORDER BY 1"""
KEY = """
SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
WHERE i.indrelid = quote_ident(%(table)s)::regclass AND i.indisprimary ORDER BY array_position(i.indkey, a.attnum)"""
REFERENCES = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2"""


def dump(connection: Any, folder: Path, key: str, ending: str) -> tuple[dict[str, Table], list[str]]:
    """Write every table as it stands at one moment; the tables, and the migrations as "app.name"."""
    tables = {}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for name in _list_tables(cursor):
            columns, sequences = _columns(cursor, name)
            cursor.execute(KEY, {"table": name})
            order = _names(row[0] for row in cursor.fetchall()) or sql.SQL("1")
            query = sql.SQL("COPY (SELECT {} FROM {} ORDER BY {}) TO STDOUT").format(
                _names(columns), sql.Identifier(name), order
            )
            with writing(folder / f"{name}.copy.gz{ending}", key) as kept, cursor.copy(query) as copy:
                for piece in copy:
                    kept.write(piece)
            tables[name] = Table(cursor.rowcount, columns)
            for column, sequence in sequences.items():
                cursor.execute("SELECT pg_sequence_last_value(%s::regclass)", [sequence])
                tables[name].counters[column] = cursor.fetchone()[0]
        cursor.execute("SELECT app, name FROM django_migrations")
        applied = sorted(f"{app}.{name}" for app, name in cursor.fetchall())
    return tables, applied


def is_empty(connection: Any) -> bool:
    with connection.cursor() as cursor:
        return not _list_tables(cursor)


def load(connection: Any, folder: Path, key: str, ending: str, manifest: Manifest) -> None:
    """Put the rows of a backup in the place of all that there are, in one transaction.

    References and triggers are off meanwhile: rows come in any order, and as they were, those of the trail too. Raises
    BackupError where the tables are not those of the backup.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        _refuse_other_tables(cursor, manifest)
        cursor.execute(REFERENCES)
        references = cursor.fetchall()
        for table, name, _ in references:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        for name in manifest.tables:
            cursor.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(sql.Identifier(name)))
        cursor.execute(sql.SQL("TRUNCATE {}").format(_names(manifest.tables)))
        for name, table in manifest.tables.items():
            query = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(name), _names(table.columns))
            with reading(folder / f"{name}.copy.gz{ending}", key) as kept, cursor.copy(query) as copy:
                while piece := kept.read(1 << 20):
                    copy.write(piece)
            if cursor.rowcount != table.rows:
                raise BackupError(f"Of {name} there are {cursor.rowcount:,} rows where there were {table.rows:,}.")
            _, sequences = _columns(cursor, name)
            for column, last in table.counters.items():
                counter = [sequences[column], last or 1, last is not None]
                cursor.execute("SELECT setval(%s::regclass, %s, %s)", counter)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in manifest.tables:
            cursor.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(sql.Identifier(name)))
        for table, name, definition in references:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _list_tables(cursor: Any) -> list[str]:
    cursor.execute(TABLES)
    return [row[0] for row in cursor.fetchall()]


def _columns(cursor: Any, table: str) -> tuple[list[str], dict[str, str]]:
    """The columns of a table, and the sequences of those that count by themselves."""
    cursor.execute(COLUMNS, {"table": table})
    rows = cursor.fetchall()
    return [name for name, _ in rows], {name: sequence for name, sequence in rows if sequence}


def _names(names: Any) -> Any:
    """Names of tables or columns with commas between them; None where there are none."""
    identifiers = [sql.Identifier(name) for name in names]
    return sql.SQL(", ").join(identifiers) if identifiers else None


def _refuse_other_tables(cursor: Any, manifest: Manifest) -> None:
    present = {name: _columns(cursor, name)[0] for name in _list_tables(cursor)}
    wanted = {name: table.columns for name, table in manifest.tables.items()}
    other = sorted(name for name in present.keys() | wanted.keys() if present.get(name) != wanted.get(name))
    if other:
        raise BackupError(
            f"The tables of this database are not those of the backup ({', '.join(other)}): they are of another "
            "version of the site. Restore with the version that made the backup, then bring this one and run migrate."
        )

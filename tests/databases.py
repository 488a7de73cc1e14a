"""The tables of a test database on SQLite: made once by the migrations, then copied, which takes a moment.

What they made is kept in ``.cache``, by the text of the migrations and the packages; other versions make their own.
"""

import fcntl
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection, transaction

from soc_tracker.core.trail import guard

PROJECT = Path(__file__).parents[1]
KEPT = PROJECT / ".cache" / "databases"


def create(**options: object) -> str:
    """Make the test database of the connection, as Django's ``create_test_db`` does, and return its name."""
    with _alone():
        kept = KEPT / f"{_fingerprint()}.sqlite3"
        if not kept.exists():
            _migrate(kept, **options)
    connection.close()
    name = connection.creation._get_test_db_name()
    settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name
    connection.ensure_connection()
    with closing(sqlite3.connect(kept)) as tables:
        tables.backup(connection.connection)
    # Roles and permissions stand in code, which may be newer than what is kept.
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)
    return name


def empty(sql: list[str]) -> None:
    """Empty tables after a test, in place of the connection's ``execute_sql_flush``: the trail among them."""
    with (
        transaction.atomic(using=connection.alias, savepoint=connection.features.can_rollback_ddl),
        guard.lifted(connection),
        connection.cursor() as cursor,
    ):
        for statement in sql:
            cursor.execute(statement)


def _migrate(kept: Path, **options: object) -> None:
    for older in KEPT.glob("*.sqlite3"):
        older.unlink()
    type(connection.creation).create_test_db(connection.creation, **options)
    begun = kept.with_suffix(".begun")
    with closing(sqlite3.connect(begun)) as copy:
        connection.connection.backup(copy)
    begun.rename(kept)


def _fingerprint() -> str:
    migrations = sorted(
        file
        for app in apps.get_app_configs()
        if Path(app.path).is_relative_to(PROJECT) and ".venv" not in app.path
        for file in Path(app.path, "migrations").glob("*.py")
    )
    packages = PROJECT / "requirements" / "dev.txt"
    text = b"".join(file.name.encode() + file.read_bytes() for file in (*migrations, packages))
    return hashlib.sha256(text).hexdigest()[:16]


@contextmanager
def own_database(folder: Path, name: str) -> Iterator[str]:
    """The URL of an empty database that processes of a test share, of the kind that the tests run on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder / name}.sqlite3"
        return
    name, given = f"{name}_{os.getpid()}", settings.DATABASES["default"]
    parameters = {"host": given["HOST"], "port": given["PORT"] or None, "user": given["USER"], "dbname": "postgres"}
    with psycopg.connect(**parameters, password=given["PASSWORD"] or None, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{quote(name)}").geturl()
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _alone() -> Iterator[None]:
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield

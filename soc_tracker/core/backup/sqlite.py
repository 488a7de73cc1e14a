"""An SQLite database: copied whole by its own means for copying while others write, and put in place as a file."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db.backends.sqlite3._functions import register  # type: ignore[import-untyped]

from soc_tracker.core.backup import BackupError
from soc_tracker.core.backup.manifest import Manifest, Table
from soc_tracker.core.backup.sealing import reading, writing

FILE = "database.sqlite3.gz"
BESIDE = ("-wal", "-shm")
# Of what an index of words keeps to itself, nothing is counted.
TABLES = (
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY 1"
)


def dump(connection: Any, folder: Path, key: str, ending: str) -> tuple[dict[str, Table], list[str]]:
    """Write the database as it stands now into the folder; its tables, and its migrations as "app.name".

    One step copies all, so that nobody's write begins it anew; writers go on meanwhile, into the log beside the file.
    Until it is sealed, the copy stands where the database does, and nowhere else.
    """
    connection.ensure_connection()
    name = str(connection.settings_dict["NAME"])
    beside = Path(name).parent if Path(name).exists() else None
    with TemporaryDirectory(prefix=".backup-", dir=beside) as place:
        path = Path(place, "copy.sqlite3")
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
            tables = read_tables(copy)
            applied = [f"{app}.{each}" for app, each in copy.execute("SELECT app, name FROM django_migrations")]
        with path.open("rb") as stored, writing(folder / f"{FILE}{ending}", key) as kept:
            shutil.copyfileobj(stored, kept, 1 << 20)
    return tables, sorted(applied)


def read_tables(database: sqlite3.Connection) -> dict[str, Table]:
    tables = {}
    for (name,) in database.execute(TABLES).fetchall():
        columns = sorted(row[1] for row in database.execute(f'PRAGMA table_info("{name}")'))
        (rows,) = database.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()  # noqa: S608 - of our own tables
        tables[name] = Table(rows, columns)
    return tables


def is_empty(connection: Any) -> bool:
    return not connection.introspection.table_names()


def load(connection: Any, folder: Path, key: str, ending: str, manifest: Manifest) -> None:
    """Put the database of a backup in the place of the present one, once it is known to be whole."""
    target = Path(str(connection.settings_dict["NAME"]))
    connection.close()
    with TemporaryDirectory(prefix=".restore-", dir=target.parent) as place:
        path = Path(place, "copy.sqlite3")
        with reading(folder / f"{FILE}{ending}", key) as kept, path.open("wb") as copy:
            shutil.copyfileobj(kept, copy, 1 << 20)
        with closing(sqlite3.connect(path)) as database:
            register(database)  # the functions that its checks call
            (verdict,) = database.execute("PRAGMA quick_check(1)").fetchone()
            if verdict != "ok" or read_tables(database) != manifest.tables:
                raise BackupError(f"The database of the backup is damaged, and nothing was restored: {verdict}.")
        with alone(target):
            for ending in BESIDE:
                Path(f"{target}{ending}").unlink(missing_ok=True)
            path.replace(target)


@contextmanager
def alone(target: Path) -> Iterator[None]:
    """While nobody else has the file open. Raises BackupError where somebody has."""
    if not target.exists():
        yield
        return
    with closing(sqlite3.connect(target, timeout=1, isolation_level=None)) as present:
        try:
            present.execute("PRAGMA locking_mode = EXCLUSIVE")
            present.execute("BEGIN EXCLUSIVE")
            present.execute("ROLLBACK")
        except sqlite3.OperationalError as error:
            raise BackupError("The site is still at work on this database: stop the server and the worker.") from error
        yield

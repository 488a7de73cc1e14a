"""The least that SQLite could be asked to do with a file whose rows are already in the database.

``python -m bench.floor.sqlite FILE`` prints, as JSON, the seconds that it takes to

- indexed: put ready rows, with their keys, into a bare table by executemany, then build the indexes
  of the disruptions and the one of their words;
- staging: put the file as it is into a temporary table by executemany.
"""

import csv
import json
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

import django

from bench.generator import HEADINGS

CHUNK = 10_000
ROWS = "disruptions_disruption"
PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"


def main(file: Path) -> None:
    django.setup()
    from disruptions.words.models import CREATE, INDEX, TEXT  # stands beside models, which want the site set up

    stored = sqlite3.connect(os.environ["DATABASE_URL"].removeprefix("sqlite:///"))
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        bare = sqlite3.connect(Path(folder) / "floor.sqlite3", isolation_level=None)
        bare.executescript(PRAGMAS)
        columns = [column[1] for column in stored.execute(f"PRAGMA table_info({ROWS})")]
        bare.execute(f"CREATE TABLE {ROWS} ({', '.join(columns)}, PRIMARY KEY (id))".replace("(id,", "(id INTEGER,"))
        of_table = "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql > ''"
        indexes = stored.execute(of_table, [ROWS]).fetchall()
        filled = _insert(bare, ROWS, len(columns), stored.execute(f"SELECT * FROM {ROWS} ORDER BY id"))
        start = time.perf_counter()
        for (create,) in indexes:
            bare.execute(create)
        bare.execute(CREATE["sqlite"])
        bare.execute(f"INSERT INTO {INDEX} (rowid, text) SELECT id, {TEXT} FROM {ROWS}")
        indexed = filled + time.perf_counter() - start
    with file.open(newline="") as plain:
        staging = sqlite3.connect("", isolation_level=None)
        staging.execute(f"CREATE TABLE floor_file ({', '.join(HEADINGS)})")
        spent = _insert(staging, "floor_file", len(HEADINGS), islice(csv.reader(plain), 1, None))
    print(json.dumps({"indexed": indexed, "staging": spent}))


def _insert(into: sqlite3.Connection, table: str, width: int, rows: Iterable[Any]) -> float:
    """Seconds that executemany takes; those that the rows' source takes are not counted."""
    spent, marks = 0.0, ", ".join("?" * width)
    source = iter(rows)
    into.execute("BEGIN")
    while chunk := list(islice(source, CHUNK)):
        start = time.perf_counter()
        into.executemany(f"INSERT INTO {table} VALUES ({marks})", chunk)
        spent += time.perf_counter() - start
    start = time.perf_counter()
    into.execute("COMMIT")
    return spent + time.perf_counter() - start


if __name__ == "__main__":
    main(Path(sys.argv[1]))

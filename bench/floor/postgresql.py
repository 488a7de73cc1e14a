"""The least that PostgreSQL could be asked to do with a file whose rows are already in the database.

``python -m bench.floor.postgresql FILE`` prints, as JSON, the seconds that COPY takes to

- indexed: put ready rows, with their keys, into an empty table that has the indexes
  and checks of the disruptions (but none of their foreign keys, which would double the time);
- built: put them into a table without indexes, and build these afterwards;
- staging: put the file as it is into a temporary table without any.
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from bench.generator import HEADINGS

BLOCK = 1 << 20
COPY = "COPY floor_rows FROM STDIN"
READY = "COPY (SELECT * FROM disruptions_disruption ORDER BY id) TO STDOUT"
LIKE = "CREATE TABLE floor_rows (LIKE disruptions_disruption INCLUDING ALL)"
BARE = "CREATE TABLE floor_rows (LIKE disruptions_disruption INCLUDING CONSTRAINTS)"
INDEXES = "SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = 'floor_like'::regclass"
STAGING = sql.SQL("CREATE TEMPORARY TABLE floor_file ({})").format(
    sql.SQL(", ").join(sql.SQL("{} text").format(sql.Identifier(name)) for name in HEADINGS)
)


def main(file: Path) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(STAGING)
        with file.open("rb") as plain:
            found = {"staging": _copy(connection, "COPY floor_file FROM STDIN (FORMAT csv, HEADER)", plain)}
        with tempfile.TemporaryFile() as ready:
            with connection.cursor().copy(READY) as rows:
                for block in rows:
                    ready.write(block)
            connection.execute(LIKE)
            found["indexed"] = _copy(connection, COPY, ready)
            connection.execute("DROP TABLE floor_rows")
            found["built"] = _built(connection, ready)
    print(json.dumps(found))


def _built(connection: psycopg.Connection[Any], ready: Any) -> float:
    connection.execute(LIKE.replace("floor_rows", "floor_like"))
    indexes = [one[0] for one in connection.execute(INDEXES).fetchall()]
    connection.execute(BARE)
    connection.execute("DROP TABLE floor_like")  # and its indexes, whose names are taken
    seconds = _copy(connection, COPY, ready)
    start = time.perf_counter()
    for index in indexes:
        connection.execute(index.replace("floor_like USING", "floor_rows USING").encode())
    seconds += time.perf_counter() - start
    connection.execute("DROP TABLE floor_rows")
    return seconds


def _copy(connection: psycopg.Connection[Any], copy: str, source: Any) -> float:
    """Seconds that it takes the server to receive and store the whole source."""
    source.seek(0)
    connection.execute("CHECKPOINT")
    start = time.perf_counter()
    with connection.cursor().copy(copy) as target:
        while block := source.read(BLOCK):
            target.write(block)
    return time.perf_counter() - start


if __name__ == "__main__":
    main(Path(sys.argv[1]))

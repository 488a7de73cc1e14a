"""Loading an extract, against the least that the database could be asked to do with the same rows."""

import json
from collections.abc import Mapping
from pathlib import Path
from statistics import median

from bench.cases import MEGABYTE, Case, Run, extract, run
from bench.databases import new_database
from bench.table import Row

TIMES = 3
# What the seconds of a floor are called in the table, by its name in bench.floor.postgresql and bench.floor.sqlite.
FLOORS = {
    "postgresql": {"indexed": "COPY, indexed", "built": "COPY, then indexes", "staging": "COPY, staging"},
    "sqlite": {"indexed": "executemany, then indexes", "staging": "executemany, staging"},
}


def load(url: str, file: Path) -> Run:
    return run(url, "manage.py", "load_extract", "disruptions", str(file))


def idle(url: str) -> int:
    """The most memory, in bytes, of a process of the site that is connected to its database and does nothing."""
    work = "from django.db import connection; connection.ensure_connection()"
    return run(url, "manage.py", "shell", "--verbosity", "0", "--command", work).peak


def measure(place: str, vendor: str, rows: int, folder: Path, *, times: int = TIMES) -> list[Row]:
    """Load so many rows several times, each time into a new database, in turn with the floors."""
    file = extract(folder, rows)
    found = [_once(place, vendor, file) for _ in range(times)]
    middle = {name: median(one[name] for one in found) for name in found[0]}
    where, names = Case(vendor, rows, "").words, FLOORS[vendor]

    def against(what: str, name: str, floor: str, most: float | None) -> Row:
        return Row(what, where, middle[name], "s", middle[floor], names[floor], most=most)

    return [
        against("first load", "first", "indexed", 1.3),
        *([against("first load", "first", "built", None)] if "built" in names else []),
        against("the same file again", "again", "staging", 4 if vendor == "postgresql" else None),
        Row("memory of loading over idle", where, middle["over"] / MEGABYTE, "MB", most=100),
    ]


def _once(place: str, vendor: str, file: Path) -> Mapping[str, float]:
    """Load into an empty database, and again: seconds of each and of the floors, and bytes over the idle process."""
    url = new_database(place, "loading", like="empty")
    before, first, again = idle(url), load(url, file), load(url, file)
    floors = json.loads(run(url, "-m", f"bench.floor.{vendor}", str(file)).last_line)
    return {"first": first.seconds, "again": again.seconds, "over": first.peak - before, **floors}

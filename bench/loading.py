"""Loading an extract, against the least that the database could be asked to do with the same rows."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from bench.databases import MEGABYTE, NAMES, Case, Run, extract, in_words, new_database, run
from bench.table import Row

TIMES = 3
DAY, LATER = "2024-12-31", "2025-01-01"  # later than all rows that are made up
# What the seconds of a floor are called in the table, by its name in bench.floor.postgresql and bench.floor.sqlite.
FLOORS = {
    "postgresql": {"indexed": "COPY, indexed", "built": "COPY, then indexes", "staging": "COPY, staging"},
    "sqlite": {"indexed": "executemany, then indexes", "staging": "executemany, staging"},
}


def load(url: str, file: Path, as_at: str = DAY, *, contents: str = "disruptions") -> Run:
    more = ("--as-at", as_at, "--answer", "crime_types=new")
    return run(url, "manage.py", "load_extract", contents, str(file), *more)


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
        against("the same file as at another day", "compared", "staging", None),
        Row("memory of loading over idle", where, middle["over"] / MEGABYTE, "MB", most=100),
    ]


def _once(place: str, vendor: str, file: Path) -> Mapping[str, float]:
    """Load into an empty database, and again: seconds of each and of the floors, and bytes over the idle process."""
    url = new_database(place, "loading", like="empty")
    before, first, again = idle(url), load(url, file), load(url, file)
    compared = load(url, file, LATER)
    floors = json.loads(run(url, "-m", f"bench.floor.{vendor}", str(file)).last_line)
    seconds = {"first": first.seconds, "again": again.seconds, "compared": compared.seconds}
    return {**seconds, "over": first.peak - before, **floors}


# What loading holds in memory, and whether that grows with the file.


Loadings = Sequence[tuple[Case, int]]
"""Databases, each with the bytes that its loading took over the idle process."""


def measure_memory(loadings: Loadings) -> list[Row]:
    """The largest against the smallest of a million rows or more: below, a process does not fill its buffers."""
    many = sorted((one for one in loadings if one[0].rows >= 10**6), key=lambda one: one[0].rows)
    if len(many) < 2:
        return []
    (small, least), (large, most) = many[0], many[-1]
    what, against = f"memory of loading over idle at {in_words(large.rows)}", f"at {in_words(small.rows)}"
    return [Row(what, NAMES[large.vendor], most / MEGABYTE, "MB", least / MEGABYTE, against, most=1.2)]

"""All measurements, in an order in which each finds the databases that it needs."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import loading, pages
from bench.cases import Case, extract, run
from bench.databases import databases, new_database, prepare
from bench.export import measure as measure_export
from bench.memory import measure as measure_memory
from bench.table import Row, markdown

REPEATED = 1_000_000
"""The size at which loading is repeated and a file exported."""


def measure(vendor: str, sizes: Sequence[int], folder: Path) -> list[Row]:
    """Every row of the table for one kind of database; files and databases are kept in the folder meanwhile."""
    with databases(vendor, folder) as place:
        return [row for rows in _in_order(place, vendor, sizes, folder) for row in _told(rows)]


def _in_order(place: str, vendor: str, sizes: Sequence[int], folder: Path) -> Iterator[list[Row]]:
    prepare(new_database(place, "empty"))
    repeated = max((size for size in sizes if size <= REPEATED), default=min(sizes))
    yield loading.measure(place, vendor, repeated, folder)
    loadings = [load(place, vendor, size, folder) for size in sizes]
    cases = [case for case, _ in loadings]
    yield measure_memory(loadings)
    yield pages.measure(cases)
    yield [row for case in cases for row in compare(case)]
    yield measure_export(next(case for case in cases if case.rows == repeated))


def _told(rows: list[Row]) -> list[Row]:
    """The rows, which are also told at once: the whole takes hours."""
    print(markdown(rows), file=sys.stderr, flush=True)
    return rows


def load(place: str, vendor: str, size: int, folder: Path) -> tuple[Case, int]:
    """A new database with so many rows, and the bytes that loading them took over the idle process."""
    case = Case(vendor, size, new_database(place, f"rows_{size}", like="empty"))
    before = loading.idle(case.url)
    return case, loading.load(case.url, extract(folder, size)).peak - before


def compare(case: Case) -> list[Row]:
    """The SQL of the comparison page against the group-by over the rows; its target is that of ten million rows."""
    found = json.loads(run(case.url, "-m", "bench.comparison").last_line)
    most = 1 / 20 if case.rows >= 10**7 else None
    what = "SQL of the comparison as at a mid-month day"
    return [Row(what, case.words, found["page"], "ms", found["rows"], "group-by of rows", most=most)]

"""All measurements, in an order in which each finds the databases that it needs."""

import argparse
import json
import os
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from bench import loading, pages
from bench.databases import ROOT, VENDORS, Case, databases, extract, new_database, prepare, run, stored_rows, vendor_of
from bench.likeness.telling import in_words, measure_comparing, tell
from bench.likeness.texts import labelled
from bench.loading import measure_memory
from bench.pages import measure_export
from bench.table import Row, description, markdown

REPEATED = 1_000_000
"""The size at which loading is repeated and a file exported."""


def measure_all(vendor: str, sizes: Sequence[int], folder: Path) -> list[Row]:
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


# ``python -m bench``: see README.md in this folder.


SIZES = (10_000, 1_000_000, 10_000_000)
PLANS = 5_000


def main() -> None:
    options = _parser().parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))  # servers that were started are stopped, too
    with ExitStack() as stack:
        folder = options.folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="soc-tracker-bench-")))
        os.environ.setdefault("CACHE_FOLDER", str(folder / "cache"))
        rows = COMMANDS[options.command](options, folder)
    if rows:
        print(f"{description()}\n{markdown(rows)}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure speed and memory against floors.")
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("--rows", type=int, default=SIZES[1], help="of data and loading: how many disruptions")
    parser.add_argument(
        "--sizes", type=_sizes, default=SIZES, help="of all and memory: numbers of disruptions, commas between"
    )
    parser.add_argument(
        "--databases", type=_vendors, default=VENDORS, help="of all, loading, memory and likeness: postgresql,sqlite"
    )
    parser.add_argument("--plans", type=int, default=PLANS, help="of likeness: how many plans of ten actions each")
    parser.add_argument("--folder", type=Path, help="keep extracts and SQLite files here, for the next time")
    return parser


def _sizes(text: str) -> Sequence[int]:
    return tuple(sorted(int(size) for size in text.split(",")))


def _vendors(text: str) -> Sequence[str]:
    unknown = set(text.split(",")) - set(VENDORS)
    if unknown:
        raise argparse.ArgumentTypeError(f"choose from {', '.join(VENDORS)}")
    return tuple(text.split(","))


def _data(options: argparse.Namespace, folder: Path) -> list[Row]:
    """Fill the database of DATABASE_URL."""
    url = os.environ["DATABASE_URL"]
    prepare(url)
    print(loading.load(url, extract(folder, options.rows)).last_line)
    return []


def _given() -> Case:
    """The database of DATABASE_URL, as it is."""
    url = os.environ["DATABASE_URL"]
    return Case(vendor_of(url), stored_rows(url), url)


def _pages(options: argparse.Namespace, folder: Path) -> list[Row]:
    case = _given()
    return pages.measure([case]) + compare(case)


def _export(options: argparse.Namespace, folder: Path) -> list[Row]:
    return measure_export(_given())


def _loading(options: argparse.Namespace, folder: Path) -> list[Row]:
    rows = []
    for vendor in options.databases:
        with databases(vendor, folder) as place:
            prepare(new_database(place, "empty"))
            rows += loading.measure(place, vendor, options.rows, folder)
    return rows


def _memory(options: argparse.Namespace, folder: Path) -> list[Row]:
    rows = []
    for vendor in options.databases:
        with databases(vendor, folder) as place:
            prepare(new_database(place, "empty"))
            rows += measure_memory([load(place, vendor, size, folder) for size in options.sizes])
    return rows


def _likeness(options: argparse.Namespace, folder: Path) -> list[Row]:
    """How well copies are told from honest likeness, and how long it takes to look for them."""
    print(in_words(tell(labelled())))
    return [row for vendor in options.databases for row in measure_comparing(vendor, options.plans, folder)]


def _all(options: argparse.Namespace, folder: Path) -> list[Row]:
    """Everything; the table is also kept in bench/output/."""
    rows = [row for vendor in options.databases for row in measure_all(vendor, options.sizes, folder)]
    output = ROOT / "bench" / "output"
    output.mkdir(exist_ok=True)
    (output / "table.md").write_text(f"{description()}\n{markdown(rows)}")
    return rows


COMMANDS = {
    "data": _data,
    "pages": _pages,
    "export": _export,
    "loading": _loading,
    "memory": _memory,
    "likeness": _likeness,
    "all": _all,
}

if __name__ == "__main__":
    main()

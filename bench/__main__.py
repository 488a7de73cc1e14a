"""``python -m bench``: see README.md in this folder."""

import argparse
import json
import os
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from bench import loading, pages, repeats, saving
from bench.databases import (
    ROOT,
    VENDORS,
    Case,
    databases,
    extract,
    new_database,
    prepare,
    run,
    stored_rows,
    threats_of,
    vendor_of,
)
from bench.likeness.telling import in_words, measure_comparing, tell
from bench.likeness.texts import labelled
from bench.loading import measure_memory
from bench.pages import measure_export
from bench.table import Row, description, markdown

SIZES = (10_000, 1_000_000, 10_000_000)
REPEATED = 1_000_000
"""The size at which loading is repeated and a file exported."""
PLANS = 5_000
COMMANDS = ("data", "pages", "export", "loading", "saving", "memory", "likeness", "repeats", "all")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure speed and memory against floors.")
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("--rows", type=int, default=SIZES[1], help="of data, loading and saving: how many disruptions")
    sizes = "of all and memory: numbers of disruptions, commas between"
    parser.add_argument("--sizes", type=_sizes, default=SIZES, help=sizes)
    vendors = "of all, loading, memory and likeness: postgresql,sqlite"
    parser.add_argument("--databases", type=_vendors, default=VENDORS, help=vendors)
    parser.add_argument("--plans", type=int, default=PLANS, help="of likeness: how many plans of ten actions each")
    parser.add_argument("--folder", type=Path, help="keep extracts and SQLite files here, for the next time")
    options = parser.parse_args()
    if options.command == "repeats":
        print(repeats.in_words(repeats.Told(list(repeats.labelled()))))
        return
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))  # servers that were started are stopped, too
    with ExitStack() as stack:
        folder = options.folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="soc-tracker-bench-")))
        os.environ.setdefault("CACHE_FOLDER", str(folder / "cache"))
        if options.command in ("data", "pages", "export"):
            rows = measure_given(options, folder)
        else:
            rows = [row for vendor in options.databases for row in measure_new(options, vendor, folder)]
    if rows:
        table = f"{description()}\n{markdown(rows)}"
        print(table)
        if options.command == "all":
            output = ROOT / "bench" / "output"
            output.mkdir(exist_ok=True)
            (output / "table.md").write_text(table)


def _sizes(text: str) -> Sequence[int]:
    return tuple(sorted(int(size) for size in text.split(",")))


def _vendors(text: str) -> Sequence[str]:
    if set(text.split(",")) - set(VENDORS):
        raise argparse.ArgumentTypeError(f"choose from {', '.join(VENDORS)}")
    return tuple(text.split(","))


def measure_given(options: argparse.Namespace, folder: Path) -> list[Row]:
    """Fill the database of DATABASE_URL, or measure it as it is."""
    url = os.environ["DATABASE_URL"]
    if options.command == "data":
        prepare(url)
        print(loading.load(url, extract(folder, options.rows)).last_line)
        print(loading.load(url, threats_of(folder, options.rows), contents="threats").last_line)
        return []
    case = Case(vendor_of(url), stored_rows(url), url)
    return measure_export(case) if options.command == "export" else pages.measure([case]) + compare(case)


def measure_new(options: argparse.Namespace, vendor: str, folder: Path) -> list[Row]:
    """Measure new databases of one kind; files and databases are kept in the folder meanwhile."""
    if options.command == "likeness":
        print(in_words(tell(labelled())))
        return measure_comparing(vendor, options.plans, folder)
    with databases(vendor, folder) as place:
        prepare(new_database(place, "empty"))
        if options.command == "loading":
            return loading.measure(place, vendor, options.rows, folder)
        if options.command == "saving":
            return saving.measure(place, vendor, options.rows, folder)
        if options.command == "memory":
            return measure_memory([load(place, vendor, size, folder) for size in options.sizes])
        rows: list[Row] = []
        for some in measure_all(place, vendor, options.sizes, folder):
            print(markdown(some), file=sys.stderr, flush=True)  # at once: the whole takes hours
            rows += some
        return rows


def measure_all(place: str, vendor: str, sizes: Sequence[int], folder: Path) -> Iterator[list[Row]]:
    """Every row of the table, in an order in which each finds the databases that it needs."""
    repeated = max((size for size in sizes if size <= REPEATED), default=min(sizes))
    yield loading.measure(place, vendor, repeated, folder)
    loadings = [load(place, vendor, size, folder) for size in sizes]
    cases = [case for case, _ in loadings]
    yield measure_memory(loadings)
    yield pages.measure(cases)
    yield [row for case in cases for row in compare(case)]
    yield measure_export(next(case for case in cases if case.rows == repeated))


def load(place: str, vendor: str, size: int, folder: Path) -> tuple[Case, int]:
    """A new database with so many rows and their threats, and the bytes that loading the rows took over the idle
    process.
    """
    case = Case(vendor, size, new_database(place, f"rows_{size}", like="empty"))
    before = loading.idle(case.url)
    over = loading.load(case.url, extract(folder, size)).peak - before
    loading.load(case.url, threats_of(folder, size), contents="threats")
    return case, over


def compare(case: Case) -> list[Row]:
    """The SQL of the comparison page against the group-by over the rows; its target is that of ten million rows."""
    found = json.loads(run(case.url, "-m", "bench.comparison").last_line)
    most = 1 / 20 if case.rows >= 10**7 else None
    what = "SQL of the comparison as at a mid-month day"
    return [Row(what, case.words, found["page"], "ms", found["rows"], "group-by of rows", most=most)]


if __name__ == "__main__":
    main()

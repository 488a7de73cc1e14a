"""``python -m bench``: see README.md in this folder."""

import argparse
import os
import signal
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from bench import loading, pages
from bench.cases import Case, extract
from bench.databases import VENDORS, databases, new_database, prepare, stored_rows, vendor_of
from bench.deployment import ROOT
from bench.everything import compare, load
from bench.everything import measure as measure_all
from bench.export import measure as measure_export
from bench.likeness.comparing import measure as measure_comparing
from bench.likeness.labelled import labelled
from bench.likeness.telling import in_words, tell
from bench.memory import measure as measure_memory
from bench.table import Row, description, markdown

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

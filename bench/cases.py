"""A database with rows, the unit of all measurements."""

import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bench.databases import environment
from bench.deployment import ROOT, python
from bench.generator import write_extract
from bench.machine import peaks

MEGABYTE = 10**6
LOOK_EVERY = 0.02
"""Seconds."""


@dataclass(frozen=True)
class Case:
    """A database that holds so many disruptions. ``vendor`` is postgresql or sqlite."""

    vendor: str
    rows: int
    url: str

    @property
    def words(self) -> str:
        return f"{NAMES[self.vendor]}, {in_words(self.rows)}"


NAMES = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}


def in_words(rows: int) -> str:
    """Such as 10 million."""
    for size, word in ((10**6, "million"), (10**3, "thousand")):
        if rows >= size and rows % size == 0:
            return f"{rows // size} {word}"
    return f"{rows:,}"


def extract(folder: Path, rows: int) -> Path:
    """A file of so many disruptions, made unless it is there."""
    path = folder / f"disruptions-{rows}.csv"
    if not path.exists():
        write_extract(rows, path)
    return path


@dataclass(frozen=True)
class Run:
    """How a program went: seconds from start to end, and the most memory it held, in bytes."""

    seconds: float
    peak: int
    last_line: str


class FailedError(Exception):
    """A program of the site ended with an error."""


def run(url: str, *words: str) -> Run:
    """Run Python with these arguments over the database."""
    start, peak = time.perf_counter(), 0
    with tempfile.TemporaryFile("w+") as printed:
        process = subprocess.Popen([python(), *words], cwd=ROOT, env=environment(url), stdout=printed)
        # What the system tells of an ended process holds what its parent held when it began; so it is asked meanwhile.
        while process.poll() is None:
            with suppress(OSError, StopIteration):  # it has just ended
                peak = max(peak, *peaks((process.pid,)))
            time.sleep(LOOK_EVERY)
        seconds = time.perf_counter() - start
        printed.seek(0)
        said = printed.read()
    if process.returncode:
        raise FailedError(f"{' '.join(words)} ended with {process.returncode}: {said}")
    return Run(seconds, peak, said.strip().rpartition("\n")[2])

"""A database with rows, the unit of all measurements."""

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from bench.databases import environment
from bench.deployment import ROOT, python
from bench.generator import write_extract

MEGABYTE = 10**6
PETTY = 10_000
"""Rows of the smallest database."""


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
    start = time.perf_counter()
    process = subprocess.Popen([python(), *words], cwd=ROOT, env=environment(url), stdout=subprocess.PIPE, text=True)
    printed = process.stdout.read() if process.stdout else ""
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status:
        raise FailedError(f"{' '.join(words)} ended with {os.waitstatus_to_exitcode(status)}: {printed}")
    return Run(seconds, used.ru_maxrss * 1024, printed.strip().rpartition("\n")[2])

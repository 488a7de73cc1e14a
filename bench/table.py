"""The table of results: on what it was measured, what, against what, and whether the target is met."""

import os
import platform
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import django

from bench.databases import POSTGRES

HEADINGS = ("what", "database", "measured", "against", "ratio", "target", "met")


@dataclass(frozen=True)
class Row:
    """One target. ``measured`` and ``floor`` are in ``unit``.

    With a floor the target bounds their ratio, without one the measured value
    itself: from above by ``most``, or from below where that is ``least``. A row with
    neither has no target and is told for comparison.
    """

    what: str
    database: str
    measured: float
    unit: str
    floor: float | None = None
    floor_name: str = "floor"
    most: float | None = None
    least: float | None = None

    @property
    def ratio(self) -> float | None:
        return None if self.floor is None else self.measured / self.floor

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        value = self.measured if self.ratio is None else self.ratio
        if self.most is not None:
            return value <= self.most
        return None if self.least is None else value >= self.least

    @property
    def target(self) -> str:
        limit = self.most if self.most is not None else self.least
        if limit is None:
            return ""
        sign = "≤" if self.most is not None else "≥"
        return (
            f"{sign} {limit:.3g} × {self.floor_name}"
            if self.floor is not None
            else f"{sign} {amount(limit, self.unit)}"
        )


def markdown(rows: Iterable[Row]) -> str:
    lines = [HEADINGS, ("---",) * len(HEADINGS), *map(_cells, rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.what,
        row.database,
        amount(row.measured, row.unit),
        "" if row.floor is None else f"{row.floor_name}: {amount(row.floor, row.unit)}",
        "" if row.ratio is None else f"{row.ratio:.2f}",
        row.target,
        {True: "yes", False: "**no**", None: ""}[row.met],
    )


def amount(value: float, unit: str) -> str:
    """A value with so many digits as were measured: 9.3 ms, 128 MB, 154,000 rows/s."""
    digits = 1 if abs(value) < 100 and unit != "rows/s" else 0
    return f"{value:,.{digits}f} {unit}"


LOAD_AT_START = os.getloadavg()[0]


def description() -> str:
    """Date, processor, memory, load by others, and versions."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    about = {
        "date": datetime.now(UTC).date().isoformat(),
        "processor": f"{os.cpu_count()} × {(named or [platform.machine()])[0]}",
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB",
        "load at the start, by others": f"{LOAD_AT_START:.1f}",
        "system": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "Django": django.get_version(),
        "SQLite": sqlite3.sqlite_version,
        "PostgreSQL's settings": ", ".join(POSTGRES.split("\n")[1:-1]),
    }
    return "".join(f"- {name}: {value}\n" for name, value in about.items())

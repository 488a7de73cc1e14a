"""On what it was measured: the first lines of every table."""

import os
import platform
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import django

from bench.databases import POSTGRES

LOAD_AT_START = os.getloadavg()[0]


def description() -> str:
    """Date, processor, memory, load by others, and versions."""
    told = {
        "date": datetime.now(UTC).date().isoformat(),
        "processor": f"{os.cpu_count()} × {_processor()}",
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB",
        "load at the start, by others": f"{LOAD_AT_START:.1f}",
        "system": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "Django": django.get_version(),
        "SQLite": sqlite3.sqlite_version,
        "PostgreSQL's settings": ", ".join(POSTGRES.split("\n")[1:-1]),
    }
    return "".join(f"- {name}: {value}\n" for name, value in told.items())


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())

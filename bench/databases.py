"""The databases that are measured, and the programs of the site that are run over them, as a deployment has them."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psycopg
from psycopg import sql

from bench.generator import write_extract
from bench.generator.threats import write_threats
from bench.machine import peaks
from tests.postgres import server

ROOT = Path(__file__).parents[1]
HOME = ROOT / ".build" / "deployed"

# The packages of a deployment, without the developers': what is installed is imported here and there, and measured.


@cache
def python() -> str:
    """The interpreter of a virtual environment with exactly the packages of requirements/run.txt, made when needed."""
    stamp, wanted = HOME / ".venv" / "run.stamp", ROOT / "requirements" / "run.txt"
    if not stamp.exists() or stamp.stat().st_mtime < wanted.stat().st_mtime:
        HOME.mkdir(parents=True, exist_ok=True)
        if not (HOME / "requirements").exists():
            (HOME / "requirements").symlink_to(ROOT / "requirements")
        subprocess.run([sys.executable, "-m", "venv", ".venv"], cwd=HOME, check=True)
        subprocess.run([ROOT / "bin" / "sync", "run"], cwd=HOME, check=True, stdout=sys.stderr)
    return str(HOME / ".venv" / "bin" / "python")


# The databases that are measured: a PostgreSQL server of its own, set as a small deployment would be; SQLite files.


# As safe as a real one: what is committed survives a power cut. Sizes for a machine of 4 GB; the rest as shipped.
POSTGRES = """
fsync = on
synchronous_commit = on
full_page_writes = on
shared_buffers = 512MB
maintenance_work_mem = 256MB
max_wal_size = 4GB
random_page_cost = 1.1
"""
VENDORS = ("postgresql", "sqlite")


@contextmanager
def databases(vendor: str, folder: Path) -> Iterator[str]:
    """A place for databases: yields what ``new_database`` makes one in."""
    if vendor == "sqlite":
        yield f"sqlite:///{folder}/"
        return
    with server(POSTGRES) as url:
        yield url


def new_database(place: str, name: str, like: str = "") -> str:
    """The URL of a new database of this name, a copy of another or empty; one that was there before is gone."""
    return _new_file(place, name, like) if place.startswith("sqlite") else _new_database(place, name, like)


def _new_file(place: str, name: str, like: str) -> str:
    folder = Path(place.removeprefix("sqlite:///"))
    for path in folder.glob(f"{name}.sqlite3*"):
        path.unlink()
    if like:
        shutil.copy(folder / f"{like}.sqlite3", folder / f"{name}.sqlite3")
    return f"{place}{name}.sqlite3"


def _new_database(place: str, name: str, like: str) -> str:
    with psycopg.connect(place, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(like or "template1")
        )
        connection.execute(create)
    return f"{place.rpartition('/')[0]}/{name}"


def vendor_of(url: str) -> str:
    return "sqlite" if url.startswith("sqlite") else "postgresql"


def stored_rows(url: str) -> int:
    """How many disruptions the database holds."""
    count = "SELECT COUNT(*) FROM disruptions_disruption WHERE state_of_id IS NULL"
    connect = sqlite3.connect if vendor_of(url) == "sqlite" else psycopg.connect
    with closing(connect(url.removeprefix("sqlite:///"))) as connection:
        return int(connection.execute(count).fetchone()[0])


def environment(url: str, **more: str) -> dict[str, str]:
    """What a program of the site needs in its environment, set as in production, over this database."""
    told = {
        "DJANGO_SETTINGS_MODULE": "soc_tracker.settings",
        "DATABASE_URL": url,
        "SECRET_KEY": "for-measuring-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ",
        "ALLOWED_HOSTS": "127.0.0.1",
        "BEHIND_TLS_PROXY": "1",
        "TRUSTED_PROXY_COUNT": "1",
        "ENCRYPTION_KEYS": "Zm9yLW1lYXN1cmluZy1vbmx5LTMyLWJ5dGVzLTAxMjM=",
    }
    kept = {name: value for name, value in os.environ.items() if name not in ("DEBUG", "DEMO_MODE")}
    return kept | told | more


def prepare(url: str) -> None:
    """Tables and reference data, as a new deployment has them."""
    for command in ("migrate", "load_reference"):
        words = [python(), "manage.py", command, "--verbosity", "0"]
        subprocess.run(words, cwd=ROOT, env=environment(url), check=True)


# A database with rows, the unit of all measurements.


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


def threats_of(folder: Path, rows: int) -> Path:
    """A file of the threats that these rows name, made unless it is there."""
    path = folder / f"threats-{rows}.csv"
    if not path.exists():
        write_threats(rows, path)
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

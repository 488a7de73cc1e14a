"""The databases that are measured: a PostgreSQL server of its own, set as a small deployment would be; SQLite files."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from bench.deployment import ROOT, python
from tests.postgres import server

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
    }
    kept = {name: value for name, value in os.environ.items() if name not in ("DEBUG", "DEMO_MODE")}
    return kept | told | more


def prepare(url: str) -> None:
    """Tables and reference data, as a new deployment has them."""
    for command in ("migrate", "load_reference"):
        words = [python(), "manage.py", command, "--verbosity", "0"]
        subprocess.run(words, cwd=ROOT, env=environment(url), check=True)

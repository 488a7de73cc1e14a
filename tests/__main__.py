"""Runs every suite: on SQLite, on PostgreSQL, in a browser. ``python -m tests browser`` runs that one alone.

A suite for which this machine lacks a database or a browser is left out, and
said so loudly; with CI=true that is a failure.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from pathlib import Path
from unittest.mock import patch

from tests import chromium, postgres

SQLITE = "sqlite://:memory:"
# Where the demo's pages on SQLite are kept for PostgreSQL's to be compared with: see tests/demo.
CRAWL = "demo-crawl.json"
# Every process of every suite reads what one has compiled, whatever the shell says of files beside the sources.
COMPILED = {
    "PYTHONPYCACHEPREFIX": str(Path(__file__).parents[1] / ".cache" / "compiled"),
    "PYTHONDONTWRITEBYTECODE": "",
}
ON_ALL_CORES = ("-p", "xdist.plugin", "-n", "auto", "--dist", "loadgroup")


class NotHereError(Exception):
    """This machine cannot run the suite; the message says what it lacks."""


def on_sqlite() -> bool:
    return pytest(*ON_ALL_CORES, DATABASE_URL=SQLITE)


def on_postgresql() -> bool:
    """On the database of DATABASE_URL where that is PostgreSQL, else on a server of the tests' own.

    Tests that touch no database have been run on SQLite.
    """
    given = os.environ.get("DATABASE_URL", "")
    try:
        with nullcontext(given) if given.startswith("postgres") else postgres.server() as url:
            return pytest(*ON_ALL_CORES, DATABASE_URL=url, ONLY_WITH_DATABASE="1")
    except postgres.NoPostgresError as error:
        raise NotHereError(str(error)) from error


def in_browser() -> bool:
    if not chromium.executable():
        raise NotHereError("There is no Chromium: install your system's package, or run `playwright install chromium`.")
    return pytest("tests/browser", *ON_ALL_CORES, DATABASE_URL=SQLITE)


SUITES: Mapping[str, Callable[[], bool]] = {
    "sqlite": on_sqlite,
    "postgresql": on_postgresql,
    "browser": in_browser,
}


def pytest(*arguments: str, **environment: str) -> bool:
    """Whether a pytest process of its own passes."""
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    return subprocess.run(command, env=os.environ | COMPILED | environment, check=False).returncode == 0


def outcome(name: str, strict: bool) -> tuple[bool, str]:
    """Run a suite; whether that is good enough, and its line of the summary."""
    print(f"\n=== Tests: {name} ===", flush=True)
    began = time.monotonic()
    try:
        passed = SUITES[name]()
    except NotHereError as reason:
        return not strict, f"{name}: LEFT OUT. {reason}"
    return passed, f"{name}: {'passed' if passed else 'FAILED'} in {time.monotonic() - began:.0f} s"


def main(names: list[str]) -> int:
    strict = os.environ.get("CI", "").lower() in ("1", "true")
    with tempfile.TemporaryDirectory() as folder, patch.dict(os.environ, DEMO_CRAWL=str(Path(folder, CRAWL))):
        outcomes = [outcome(name, strict) for name in names or SUITES]
    print("\n=== Summary ===", *(line for _, line in outcomes), sep="\n")
    return 0 if all(good for good, _ in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

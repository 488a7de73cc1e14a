"""The demo reads the same on SQLite and on PostgreSQL: every text, and the order of everything.

SQLite's pages are kept in the file that DEMO_CRAWL names, where ``python -m tests`` has both databases meet.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from soc_tracker.core.access.roles import Role
from tests.demo.loaded.crawl import crawl, first_differences, load, save

pytestmark = pytest.mark.usefixtures("demo", "reference")


def test_pages_are_the_same(sign_in: Callable[[Role], Client], tmp_path: Path) -> None:
    pages = crawl(sign_in(Role.INSPECTOR))
    assert {page.name for page in pages if page.status != 200} == set()
    on_sqlite = Path(os.environ.get("DEMO_CRAWL", tmp_path / "crawl.json"))
    if connection.vendor == "sqlite":
        save(pages, on_sqlite)
        return
    if not on_sqlite.exists():
        environment = os.environ | {"DATABASE_URL": "sqlite://:memory:", "DEMO_CRAWL": str(on_sqlite)}
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", __file__]
        subprocess.run(command, env=environment, cwd=settings.BASE_DIR, check=True)
    assert first_differences(pages, load(on_sqlite)) == []

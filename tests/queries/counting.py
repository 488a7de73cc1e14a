"""Counts the database queries of a page, and keeps what they should be in baseline.json.

When a page is new, or needs more or fewer queries for a good reason, write the
counts anew and look at the difference before committing it:

    QUERY_BASELINE=write python -m pytest tests/queries
"""

import json
import os
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.answers import read

BASELINE = Path(__file__).with_name("baseline.json")
MOST = 27  # of the plans of a region: what each of its bodies lacks is a count of its own, for all of them at once
MORE = {"disruptions:citation": 33}
"""A citation's figure is worked out anew for each write that may have moved it."""
ASKED_OF_SQLITE_ALONE = "SELECT COUNT(*) FROM (SELECT 1 FROM disruptions_text"
"""How many rows its index of words names, before it is used: PostgreSQL knows by itself, and both share a baseline."""
NEVER = timedelta(days=365)
REWRITE = os.environ.get("QUERY_BASELINE") == "write"


def queries_of(client: Client, url: str) -> list[str]:
    """The SQL of one request, made after another that filled the caches a server fills once.

    That the session is in use, which some page writes down once a minute, is none of the page's own.
    """
    with patch("soc_tracker.core.accounts.sessions.services.SEEN_EVERY", NEVER):
        read(client.get(url))
        with CaptureQueriesContext(connection) as captured:
            response = read(client.get(url))
    assert response.status_code == 200, f"{url} answers {response.status_code}"
    return [query["sql"] for query in captured if not query["sql"].startswith(ASKED_OF_SQLITE_ALONE)]


def read_baseline() -> dict[str, int]:
    return json.loads(BASELINE.read_text())


def write_baseline(counts: dict[str, int]) -> None:
    BASELINE.write_text(json.dumps(dict(sorted(counts.items())), indent=2) + "\n")

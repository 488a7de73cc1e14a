"""Small folders of rows."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from soc_tracker.reference.loader import load
from soc_tracker.reference.rows import Outcome

FIXTURES = settings.BASE_DIR / "fixtures"
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture
def rows() -> Rows:
    """One row of most kinds, sound and complete."""
    return {
        "regions": [{"slug": "north-west", "name": "North West"}],
        "organisations": [
            {
                "slug": "cheshire",
                "kind": "force",
                "name": "Cheshire Constabulary",
                "short_name": "Cheshire",
                "aliases": ["Cheshire Police"],
                "region": "north-west",
            }
        ],
        "sources": [
            {"slug": "report", "title": "A report", "publisher": "HMICFRS", "kind": "report", "licence": "ogl"}
        ],
        "sizes": [
            {"organisation": "cheshire", "measure": "officers", "value": 2009.65, "as_at": "2019-09-30", **sourced()}
        ],
        "programmes": [{"slug": "peel-2017", "name": "PEEL 2017", "scale": "four", "year": 2017}],
        "questions": [{"slug": "soc", "programme": "peel-2017", "text": "Tackling organised crime", "theme": "soc"}],
        "topics": [{"slug": "analysts", "name": "Analysts"}, {"slug": "plans", "name": "Plans"}],
        "inspections": [
            {"slug": "nw", "programme": "peel-2017", "region": "north-west", "title": "The north-west", **sourced()}
        ],
        "gradings": [{"inspection": "nw", "organisation": "cheshire", "question": "soc", "grade": "good", **sourced()}],
        "findings": [finding("few-analysts")],
    }


def sourced() -> dict[str, str]:
    return {"source": "report", "locator": "Page 1"}


def finding(slug: str, **more: Any) -> dict[str, Any]:
    plain = {
        "inspection": "nw",
        "organisation": "cheshire",
        "kind": "observation",
        "tone": "shortcoming",
        "section": "resources",
        "title": "Few analysts",
        "summary": "There are few analysts.",
        "topics": ["analysts"],
    }
    return {"slug": slug, **plain, **sourced(), **more}


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Put rows into files, one a kind, in a folder of that name, and say where."""

    def written(rows: Rows, folder: str = "facts") -> Path:
        (tmp_path / folder).mkdir(exist_ok=True)
        for kind, items in rows.items():
            (tmp_path / folder / f"{kind}.json").write_text(json.dumps(items), "utf-8")
        return tmp_path / folder

    return written


@pytest.fixture
def load_rows(db: None, write: Callable[..., Path]) -> Callable[..., Outcome]:
    """Load rows into the database."""
    return lambda rows, folder="facts", **options: load(write(rows, folder), **options)

"""A page is of one day: its own, which it hands on to all that it reads and to its forms."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRODUCT = ("soc_tracker", "forces", "inspections", "disruptions", "plans4p")
WHERE_IT_BEGINS = {"soc_tracker/core/records/pages.py: Trail.today"}


def methods_that_ask_the_clock() -> Iterator[str]:
    for path in (path for part in PRODUCT for path in (ROOT / part).rglob("pages.py")):
        for page in (node for node in ast.parse(path.read_text()).body if isinstance(node, ast.ClassDef)):
            for method in (node for node in page.body if isinstance(node, ast.FunctionDef)):
                if any(isinstance(node, ast.Name) and node.id == "localdate" for node in ast.walk(method)):
                    yield f"{path.relative_to(ROOT)}: {page.name}.{method.name}"


def test_no_page_asks_the_clock_again() -> None:
    assert set(methods_that_ask_the_clock()) == WHERE_IT_BEGINS

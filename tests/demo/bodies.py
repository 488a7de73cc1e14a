"""The forces and regional units of the reference data."""

import json
from typing import Any

from tests.demo.conftest import FIXTURES


def bodies() -> list[dict[str, Any]]:
    """Every force and unit that is in a region, as its file has it."""
    rows = json.loads((FIXTURES / "reference" / "organisations.json").read_text())
    return [row for row in rows if row["kind"] in ("force", "rocu") and row.get("region")]

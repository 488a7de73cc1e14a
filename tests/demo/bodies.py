"""The forces and regional units of the reference data."""

import json
from typing import Any

from tests.demo.conftest import FIXTURES


def bodies() -> list[dict[str, Any]]:
    """Every force and unit that is in a region, as its file has it, with its newest number of ``officers``."""
    rows = json.loads((FIXTURES / "reference" / "organisations.json").read_text())
    sizes = sorted(json.loads((FIXTURES / "reference" / "sizes.json").read_text()), key=lambda row: row["as_at"])
    officers = {row["organisation"]: row["value"] for row in sizes if row["measure"] == "officers"}
    rows = [row | {"officers": officers.get(row["slug"])} for row in rows]
    return [row for row in rows if row["kind"] in ("force", "rocu") and row.get("region")]

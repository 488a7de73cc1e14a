"""The police forces and regional units, read from the reference data."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

FORCE, ROCU = "force", "rocu"
AS_OF_A_UNIT = 900
"""How many officers a regional unit counts for, where the numbers of records follow the size of a body."""


@dataclass(frozen=True)
class Body:
    slug: str
    name: str
    kind: str
    region: str
    officers: float


def read(fixtures: Path) -> list[Body]:
    """Every force and unit of the fixtures that is in a region."""
    rows = json.loads((fixtures / "reference" / "organisations.json").read_text())
    return [
        Body(row["slug"], row["name"], row["kind"], row["region"], float(row.get("officers", AS_OF_A_UNIT)))
        for row in rows
        if row["kind"] in (FORCE, ROCU) and row.get("region")
    ]


def forces_of(region: str, bodies: Iterable[Body]) -> list[Body]:
    return [body for body in bodies if body.region == region and body.kind == FORCE]

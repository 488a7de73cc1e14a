"""The counts that the demo plans must agree with, from the published figures, whoever said them."""

from collections.abc import Mapping
from pathlib import Path

from soc_tracker.demo import published

OFFICERS = "lead-responsible-officers"
ORDERS, ORDERS_IN_COMMUNITY = "serious-crime-prevention-orders", "serious-crime-prevention-orders-community"
SITES = "clear-hold-build-sites"

Facts = Mapping[tuple[str, str], int]
"""A measure and the slug of a body, with the number that was published."""


def read(fixtures: Path) -> Facts:
    """Every whole number that was published exactly, of one body and without a period of its own."""
    return {
        (row["measure"], row["organisation"]): row["value"]
        for row in published.rows(fixtures)
        if row["measure"] in (OFFICERS, ORDERS, ORDERS_IN_COMMUNITY, SITES)
        and row.get("qualifier") == "exactly"
        and "organisation" in row
    }

"""Counts of disruptions: whatever a page, chart, export or answer of the API says of their number comes from here.

They are read from cells (see ``disruptions.models.cells``), in time that does
not grow with the rows, and equal what counting the rows would give.
"""

from typing import Any

from disruptions.selectors.counts.facets import facets
from disruptions.selectors.counts.parts import parts_of
from disruptions.selectors.counts.scope import DIMENSIONS, Scope
from disruptions.selectors.counts.sql import Sql, fetch
from disruptions.selectors.counts.sums import grouped, stated

__all__ = ["DIMENSIONS", "Scope", "count_by", "facets", "total", "total_up_to"]


def count_by(scope: Scope, *dimensions: str) -> dict[tuple[Any, ...], int]:
    """How many disruptions there are of each group, named by keys, words, years or first days of months.

    Groups without any are left out.
    """
    parts = parts_of(scope, dimensions)
    rows = fetch(grouped(parts, dimensions)) if parts else []
    return {tuple(map(stated, dimensions, row)): int(row[-1]) for row in rows}


def total(scope: Scope) -> int:
    return count_by(scope).get((), 0)


def total_up_to(scope: Scope, limit: int) -> int:
    """The total; of rows that are counted one by one, no more than the limit and one."""
    if scope.rows is None:
        return total(scope)
    parts = Sql.joined(" UNION ALL ", [part.select(()) for part in parts_of(scope, ())])
    if not parts.text:
        return 0
    [(found,)] = fetch(Sql(f"SELECT COUNT(*) FROM ({parts.text} LIMIT {limit + 1:d}) AS parts", parts.params))
    return int(found)

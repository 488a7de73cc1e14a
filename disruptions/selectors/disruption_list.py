"""How many disruptions a list has: in all, and of each value of each facet under all other filters."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from disruptions.selectors.counts import Scope, facets, total_up_to

FACETS = ("four_p", "organisation", "involvement", "size", "threat_type", "crime_type", "activity_year", "extract")
MOST_FOUND_BY_WORDS = 10_000
MOST_COUNTED_ROWS = 200_000
"""Where rows must be counted one by one, no more than these are; beyond, the page says that there are more."""

Facets = Mapping[str, Mapping[Any, int]]


@dataclass(frozen=True)
class ListCounts:
    """``total`` is None where there are more rows than ``most``; ``facets`` is None where they were not counted."""

    total: int | None
    facets: Facets | None
    most: int = 0


def list_counts(scope: Scope, *, most: int) -> ListCounts:
    """``most`` bounds the rows that are counted one by one, where cells do not hold what the scope asks."""
    if scope.rows is not None and total_up_to(replace(scope, values={}), most) > most:
        number = total_up_to(scope, most)
        return ListCounts(number if number <= most else None, None, most)
    found = facets(scope, FACETS)
    wanted = scope.values.get("four_p")
    return ListCounts(sum(n for value, n in found["four_p"].items() if wanted is None or value in wanted), found, most)

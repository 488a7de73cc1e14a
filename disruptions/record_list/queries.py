"""How many disruptions a list has: in all, and of each value of each facet under all other filters."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from disruptions.choices import ASSESSED, FourP, Involvement
from disruptions.counts.queries import Scope, count_by, facets, total_up_to

FACETS = ("four_p", "organisation", "involvement", "size", "threat_type", "crime_type", "activity_year", "extract")
MOST_FOUND_BY_WORDS = 10_000
MOST_COUNTED_ROWS = 200_000
"""Where rows must be counted one by one, no more than these are; beyond, the page says that there are more."""

PUBLISHED_STYLE = {"involvement": frozenset([Involvement.LEAD]), "size": frozenset(ASSESSED)}
"""What published figures count: lead disruptions that were assessed."""
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
    counts = facets(scope, FACETS)
    wanted = scope.values.get("four_p")
    return ListCounts(
        sum(n for value, n in counts["four_p"].items() if wanted is None or value in wanted), counts, most
    )


# What the charts of a choice of disruptions draw.


@dataclass(frozen=True)
class ChartCounts:
    """Disruptions by month and 4P, by involvement and 4P, and the lead ones that were assessed by body and 4P."""

    by_month: dict[tuple[date, str], int]
    by_involvement: dict[tuple[str, str], int]
    by_body: dict[tuple[int, str], int]


def chart_counts(scope: Scope, *, most: int) -> ChartCounts | None:
    """None where more rows than ``most`` would have to be counted one by one."""
    if scope.rows is not None and total_up_to(scope, most) > most:
        return None
    return ChartCounts(
        by_month=count_by(scope, "activity_month", "four_p"),
        by_involvement=count_by(scope, "involvement", "four_p"),
        by_body=count_by(scope.narrowed(PUBLISHED_STYLE), "organisation", "four_p"),
    )


def of_four_p(counts: dict[tuple, int], key: object) -> dict[FourP, int]:
    """The counts of one month, body or involvement by 4P, 0 where the record has none."""
    return {four_p: counts.get((key, four_p), 0) for four_p in FourP}

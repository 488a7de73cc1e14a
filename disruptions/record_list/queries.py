"""How many disruptions a list has: in all, and of each value of each facet under all other filters."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from disruptions.choices import Involvement
from disruptions.counts.queries import HOW, Scope, count_by, facets, total_up_to
from disruptions.measures.queries import Counts
from disruptions.trend.queries import RecentMonths, completeness_of

FACETS = ("four_p", "organisation", "involvement", "size", "threat_type", "crime_type", "activity_year", "extract", HOW)
MOST_BY_WORDS = 10_000
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
    counts = facets(scope, FACETS)
    wanted = scope.values.get("four_p")
    return ListCounts(
        sum(n for value, n in counts["four_p"].items() if wanted is None or value in wanted), counts, most
    )


# What the charts of a choice of disruptions draw.


@dataclass(frozen=True)
class ChartCounts:
    """Disruptions by month and 4P, with how complete those months are; by involvement, size and 4P; and by body the
    lead ones of all 4Ps, whichever of them are chosen: a share of pursue among pursue would be no figure.
    """

    by_month: dict[tuple[date, str], int]
    recent: RecentMonths
    by_involvement: dict[tuple[str, str, str], int]
    by_body: dict[int, Counts]


def chart_counts(scope: Scope, *, most: int) -> ChartCounts | None:
    """None where more rows than ``most`` would have to be counted one by one."""
    if scope.rows is not None and total_up_to(scope, most) > most:
        return None
    lead = scope.without("four_p").narrowed({"involvement": frozenset([Involvement.LEAD])})
    by_body: dict[int, dict[tuple[str, str], int]] = defaultdict(dict)
    for (body, four_p, size), number in count_by(lead, "organisation", "four_p", "size").items():
        by_body[body][four_p, size] = number
    return ChartCounts(
        by_month=count_by(scope, "activity_month", "four_p"),
        recent=completeness_of(scope),
        by_involvement=count_by(scope, "involvement", "size", "four_p"),
        by_body={body: Counts(counts) for body, counts in by_body.items()},
    )

"""Disruptions by two things at once, counted from the cells: with what the record does not reach apart from none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from disruptions.counts.queries import MONTH, YEAR, LeadAndSupport, Scope, count_by, lead_and_support, total_up_to
from soc_tracker.core.stats.frames import CrossTable, cross_table, quarter_of
from soc_tracker.core.text.days import month_after, without_endless_gaps

QUARTER, REGION, ORGANISATION = "activity_quarter", "region", "organisation"
DIMENSIONS = (
    (ORGANISATION, "Organisation"),
    (REGION, "Region"),
    ("four_p", "4P"),
    ("size", "Size"),
    ("involvement", "Lead or support"),
    ("threat_type", "Threat type"),
    ("crime_type", "Crime type"),
    ("extract", "Extract"),
    (YEAR, "Year of activity"),
    (QUARTER, "Quarter of activity"),
    (MONTH, "Month of activity"),
)
COUNTED_BY = {REGION: ORGANISATION, QUARTER: MONTH}
"""What is counted in place of what no cell holds."""
TIMES = (YEAR, QUARTER, MONTH)
InOrder = Callable[[str, set[Any]], list[Any]]


@dataclass(frozen=True)
class Reach:
    """Of which days of activity the record can tell: from the first that any of it has to the day as at which it is."""

    first: date
    last: date


@dataclass(frozen=True)
class Crossed:
    """A cross-table with the reach of the record, where one of its sides is of time; else None."""

    table: CrossTable
    reach: Reach | None
    lead_and_support: LeadAndSupport


def crossed(
    scope: Scope, down: str, across: str, *, regions: Mapping[int, str], in_order: InOrder, most: int
) -> Crossed | None:
    """Counts of the scope by two of the dimensions.

    ``regions`` are those of the bodies on the day; ``in_order`` gives the values of a dimension that is not of time
    that are to be seen, of those that are counted. None where more rows than ``most`` would be counted one by one.
    """
    if scope.rows is not None and total_up_to(scope, most) > most:
        return None
    counted = [COUNTED_BY.get(name, name) for name in (down, across)]
    if counted[0] == counted[1]:
        counts: dict[Any, int] = {(value, value): n for (value,), n in count_by(scope, counted[0]).items()}
    else:
        counts = count_by(scope, *counted)
    reach = None
    if {down, across} & {*TIMES} and scope.standpoint.latest:
        months = [month for (month,) in count_by(Scope(standpoint=scope.standpoint), MONTH)]
        reach = Reach(min(months), min(scope.standpoint.day, scope.standpoint.latest)) if months else None
    sides = []
    for name, place in ((down, 0), (across, 1)):
        key: Any = {REGION: regions.get, QUARTER: quarter_of}.get(name, lambda value: value)
        present = {key(pair[place]) for pair in counts}
        values = times(name, present, scope, reach) if name in TIMES else in_order(name, present)
        unknown = set()
        if name in TIMES and reach:
            spans = ((value, *span_of(name, value)) for value in values)
            unknown = {value for value, begin, end in spans if end < reach.first or begin > reach.last}
        sides.append((key, values, unknown))
    (row, rows, unknown_rows), (column, columns, unknown_columns) = sides
    table = cross_table(
        counts,
        rows=rows,
        columns=columns,
        row=row,
        column=column,
        unknown_rows=unknown_rows,
        unknown_columns=unknown_columns,
    )
    return Crossed(table, reach, lead_and_support(scope))


def span_of(name: str, value: Any) -> tuple[date, date]:
    """The first and the last day of a year, a quarter or a month."""
    if name == YEAR:
        return date(value, 1, 1), date(value, 12, 31)
    return value, month_after(value, 3 if name == QUARTER else 1) - timedelta(days=1)


def times(name: str, present: set[Any], scope: Scope, reach: Reach | None) -> list[Any]:
    """From the first to the last that is counted or that was wanted, without a gap but for what is very long ago."""
    years = scope.values.get(YEAR, frozenset())
    first = [scope.activity_from, *(date(year, 1, 1) for year in years), *(span_of(name, one)[0] for one in present)]
    last = [scope.activity_to, *(date(year, 12, 31) for year in years), *(span_of(name, one)[1] for one in present)]
    begins, ends = [day for day in first if day], [day for day in last if day]
    if not begins or reach is None:
        return []
    end = max(ends) if scope.activity_to or years else max([*ends, reach.last])
    every = without_endless_gaps([day.replace(day=1) for day in begins], end)
    if name == YEAR:
        each_year = dict.fromkeys(month.year for month in every)
        return [year for year in each_year if not years or year in years or year in present]
    months = [month for month in every if not years or month.year in years]
    return months if name == MONTH else list(dict.fromkeys(map(quarter_of, months)))

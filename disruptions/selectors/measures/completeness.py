"""How much of the newest months is recorded so far, as at a day, judged from how late earlier months were recorded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum

from disruptions.choices import ASSESSED, Involvement
from disruptions.models import MonthCell
from disruptions.selectors.record import Standpoint
from soc_tracker.lib.periods import month_after, months_between
from soc_tracker.lib.stats import Completeness, completeness
from soc_tracker.lib.stats.completeness import FEWEST_MONTHS

# Recording habits change: the delays of months longer ago than this are not looked at.
WINDOW = 36
COMPLETE = 0.95
"""A month of which at least this share is recorded so far counts as complete."""


@dataclass(frozen=True)
class RecentMonths:
    """``over``: the newest month that was over on the day (its first day), None where nothing is on record.

    A month for which there is no estimate counts as complete once it is over.
    """

    over: date | None
    estimate: Completeness

    @property
    def estimated(self) -> bool:
        return self.estimate.by_month is not None

    def recorded(self, month: date) -> float | None:
        """The estimated share of the month that is recorded so far, from 0 to 1; None without an estimate."""
        return None if self.estimate.by_month is None else self.estimate.by_month.get(month)

    def is_complete(self, month: date) -> bool:
        recorded = self.recorded(month)
        return self.over is not None and month <= self.over and (recorded is None or recorded >= COMPLETE)


def completeness_of(standpoint: Standpoint, organisations: Iterable[int]) -> RecentMonths:
    """Of the lead disruptions of the bodies together. One query.

    Months without any tell nothing: there is no estimate unless enough others do.
    """
    over = last_month_over(standpoint)
    if over is None:
        return RecentMonths(None, Completeness((), None))
    cells = _cells(standpoint, organisations, over)
    first = min((month for month, _ in cells), default=None)
    added_in = {known for _, known in cells}
    triangle = _triangle(cells, first, over) if first else {}
    telling = {month: counts for month, counts in triangle.items() if any(counts)}
    enough = triangle if len(telling) >= FEWEST_MONTHS else telling
    return RecentMonths(over, completeness(enough, extracts=len(added_in)))


def last_month_over(standpoint: Standpoint) -> date | None:
    """The newest month that had ended on the day, or on the last day of which the record knows anything."""
    if standpoint.latest is None:
        return None
    return month_after(min(standpoint.day, standpoint.latest) + timedelta(days=1), -1)


def _cells(standpoint: Standpoint, organisations: Iterable[int], over: date) -> dict[tuple[date, date], int]:
    """Counts by month of activity and month of becoming known, both over on the day."""
    cells = MonthCell.objects.filter(
        organisation__in=list(organisations),
        kind_of_data=standpoint.kind,
        involvement=Involvement.LEAD,
        size__in=ASSESSED,
        activity_month__gt=month_after(over, -WINDOW),
        known_month__lte=over,
    )
    sums = cells.order_by().values_list("activity_month", "known_month").annotate(sum=Sum("n"))
    return {(activity, known): number for activity, known, number in sums}


def _triangle(cells: dict[tuple[date, date], int], first: date, over: date) -> dict[date, list[int]]:
    """Each month's counts by delay in months, as far as its age lets them be seen."""
    triangle = {}
    for age in range(months_between(first, over) + 1):
        month = month_after(over, -age)
        triangle[month] = [cells.get((month, month_after(month, delay)), 0) for delay in range(age + 1)]
    return triangle

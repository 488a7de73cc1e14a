"""Disruptions over time: month by month or by quarter, with how much of the newest months is recorded so far."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Count, Q, QuerySet, Sum, Value
from django.db.models.functions import TruncMonth

from disruptions.choices import FourP
from disruptions.counts.models import FULL, MONTHLY, Cell
from disruptions.counts.queries import YEAR, Scope
from disruptions.standpoint.queries import Standpoint
from soc_tracker.core.stats.series import FEWEST_MONTHS, Completeness, completeness
from soc_tracker.core.text.days import Days, month_after, months_between, whole_months, without_endless_gaps

WINDOW = 36
"""Recording habits change: the delays of months longer ago than this are not looked at."""
COMPLETE = 0.95
"""A month of which at least this share is recorded so far counts as complete."""
MOST_MONTHS_AHEAD = 12
"""So many months after the day can be asked for, of which nothing can be known."""
NOT_LOADED = "not loaded"
ByDelay = dict[tuple[date, date], int]
"""Counts by month of activity and month of becoming known, each as its first day."""


@dataclass(frozen=True)
class RecentMonths:
    """``reached`` is the last day that the record reaches, ``over`` the newest month that was over on it (its first
    day); both None where nothing is on record.

    A month for which there is no estimate counts as complete once it is over.
    """

    reached: date | None
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


def last_day_reached(standpoint: Standpoint) -> date | None:
    """The day, or the last day of which the record knows anything where that is earlier."""
    return min(standpoint.day, standpoint.latest) if standpoint.latest else None


def last_month_over(standpoint: Standpoint) -> date | None:
    """The newest month that had ended by the last day that the record reaches."""
    reached = last_day_reached(standpoint)
    return month_after(reached + timedelta(days=1), -1) if reached else None


def completeness_of(scope: Scope) -> RecentMonths:
    """Of the disruptions of the scope, whatever its days of activity. One query.

    Months without any tell nothing: there is no estimate unless enough others do.
    """
    over = last_month_over(scope.standpoint)
    if over is None:
        return RecentMonths(None, None, Completeness((), None))
    any_time = replace(scope.without(YEAR), activity_from=None, activity_to=None)
    by_delay = counts_by_delay(any_time, month_after(over, 1 - WINDOW), over)
    triangle = {}  # each month's counts by delay in months, as far as its age lets them be seen
    first = min((month for month, _ in by_delay), default=None)
    for age in range(months_between(first, over) + 1) if first else ():
        month = month_after(over, -age)
        triangle[month] = [by_delay.get((month, month_after(month, delay)), 0) for delay in range(age + 1)]
    telling = {month: counts for month, counts in triangle.items() if any(counts)}
    enough = triangle if len(telling) >= FEWEST_MONTHS else telling
    estimate = completeness(enough, extracts=len({known for _, known in by_delay}))
    return RecentMonths(last_day_reached(scope.standpoint), over, estimate)


def counts_by_delay(scope: Scope, first: date, last: date) -> ByDelay:
    """Of the months of activity from the first to the last, with what became known until the end of the last.

    A correction counts against what it replaced in the month in which it became known. Days of activity that part a
    month count with the whole months between them.
    """
    months, _ = whole_months(scope.activity)
    begin = max(day for day in (first, months.first) if day)
    end = min(day for day in (month_after(last) - timedelta(days=1), months.last) if day)
    kind = Q(kind_of_data=scope.standpoint.kind)
    if scope.rows is None:
        level = MONTHLY if scope.dimensions <= {*MONTHLY.dimensions, YEAR} else FULL
        cells = Cell.objects.filter(kind, level=level.number, known__lt=month_after(last))
        cells = cells.filter(_narrowed(scope, "activity"), activity__range=(begin, end))
        sums: QuerySet = cells.order_by().values_list("activity", "known").annotate(number=Sum("n"))
        return {(activity, known): number for activity, known, number in sums}
    rows = scope.rows.filter(kind, _narrowed(scope, "activity_date"), activity_date__range=(begin, end)).order_by()
    began, ended = (
        rows.filter(**{f"{column}__lt": month_after(last)})
        .annotate(month=TruncMonth("activity_date"), known=TruncMonth(column), sign=Value(sign))
        .values_list("month", "known", "sign")
        .annotate(number=Count("pk"))
        for column, sign in (("known_from", 1), ("known_to", -1))
    )
    by_delay: dict[tuple[date, date], int] = defaultdict(int)
    for month, when, sign, number in began.union(ended, all=True):
        by_delay[month, when] += sign * number
    return dict(by_delay)


def _narrowed(scope: Scope, activity: str) -> Q:
    """What is in sight and has one of the values of each dimension; None among them is none stated."""
    narrowed = Q() if scope.standpoint.sight.everything else Q(organisation__in=scope.standpoint.sight.bodies)
    for name, wanted in scope.values.items():
        if name == YEAR:
            spans = [Q(**{f"{activity}__range": (date(year, 1, 1), date(year, 12, 31))}) for year in sorted(wanted)]
        else:
            spans = [Q(**{f"{name}__in": wanted - {None}})] + [Q(**{f"{name}__isnull": True})] * (None in wanted)
        any_of = Q()
        for span in spans:
            any_of |= span
        narrowed &= any_of if spans else Q(pk__in=[])
    return narrowed


class Span(StrEnum):
    """What one point of a trend stands for."""

    MONTH = "month"
    QUARTER = "quarter"

    def holding(self, month: date) -> date:
        """The first day of the month, or of the calendar quarter that it lies in."""
        return month if self == Span.MONTH else month.replace(month=(month.month - 1) // 3 * 3 + 1)


@dataclass(frozen=True)
class TrendPoint:
    """The disruptions of one month or quarter, from its first day on.

    ``by`` counts them by 4P, None where the record does not reach it: nothing is known, which is not none.
    ``complete`` says that it lies wholly in the period, is over, and nearly all of it is recorded.
    ``recorded`` is the estimated share that is recorded so far, None where there is no estimate.
    """

    first: date
    by: Mapping[FourP, int] | None
    complete: bool
    recorded: float | None

    @property
    def n(self) -> int | None:
        return None if self.by is None else sum(self.by.values())


def trend_of(
    counts: Mapping[tuple[date, str], int],
    recent: RecentMonths,
    period: Days,
    by: str = Span.MONTH,
    years: Collection[int] = (),
) -> tuple[TrendPoint, ...]:
    """Counts by month and 4P, from the first month or quarter that has any to the end of the period, or, where that is
    open, to the last month that the record reaches; as complete as ``recent`` says. Of ``years``, where they are named.
    Months long ago are there where they have any.
    """
    reached = recent.reached
    if not counts or reached is None:
        return ()
    months = [month for month, _ in counts]
    wanted = period.last or (date(max(years), 12, 31) if years else reached)
    end = min(wanted, month_after(reached, MOST_MONTHS_AHEAD))
    spans: dict[date, list[date]] = defaultdict(list)
    for month in without_endless_gaps(months, max(end, *months)):
        if not years or month.year in years:
            spans[Span(by).holding(month)].append(month)
    points = []
    for first, each in spans.items():
        numbers = {four_p: sum(counts.get((month, four_p), 0) for month in each) for four_p in FourP}
        last = month_after(each[-1]) - timedelta(days=1)
        is_whole = (period.first or each[0]) <= each[0] and last <= (period.last or last)
        points.append(
            TrendPoint(
                first=first,
                by=numbers if any(numbers.values()) or each[0] <= reached else None,
                complete=is_whole and all(map(recent.is_complete, each)),
                recorded=recent.recorded(first) if by == Span.MONTH else None,
            )
        )
    return tuple(points)

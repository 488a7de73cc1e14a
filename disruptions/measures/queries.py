"""Measures of disruptions as at a day: counts, shares with what it takes to trust them, trends, completeness."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.db.models import Sum

from disruptions.choices import ASSESSED, FourP, Involvement, Size
from disruptions.counts.models import MONTHLY, Cell
from disruptions.counts.queries import Scope, count_by
from disruptions.standpoint.queries import Standpoint
from soc_tracker.core.stats.series import FEWEST_MONTHS, Completeness, completeness
from soc_tracker.core.stats.shares import Interval, whole_percent, wilson
from soc_tracker.core.text.days import month_after, months_between, months_of


@dataclass(frozen=True)
class Share:
    """x of n. Where n is 0 there is no share: "no records", not 0 percent."""

    x: int
    n: int

    @property
    def of_one(self) -> Fraction | None:
        """The share from 0 to 1."""
        return Fraction(self.x, self.n) if self.n else None

    @property
    def percent(self) -> int | None:
        """Whole percent, a half rounded up."""
        return None if self.of_one is None else whole_percent(self.of_one)

    @property
    def interval(self) -> Interval | None:
        """The 95% Wilson interval, as shares from 0 to 1."""
        return wilson(self.x, self.n)


# Disruptions of a period as at a day, by body, 4P and size.


Cells = Mapping[tuple, int]


@dataclass(frozen=True)
class Counts:
    """How many disruptions there are of each 4P and size; what is not in ``by`` is none."""

    by: Mapping[tuple[str, str], int]

    @cached_property
    def n(self) -> int:
        return sum(self.by.values())

    def of(self, four_p: FourP, size: Size) -> int:
        return self.by.get((four_p, size), 0)

    def of_four_p(self, four_p: FourP) -> int:
        return sum(self.of(four_p, size) for size in ASSESSED)

    def of_size(self, size: Size) -> int:
        return sum(self.of(four_p, size) for four_p in FourP)

    def share(self, four_p: FourP) -> Share:
        """Of all disruptions of these counts, those of one P."""
        return Share(self.of_four_p(four_p), self.n)


def together(counts: Iterable[Counts]) -> Counts:
    """The sum over several bodies or months."""
    by: dict[tuple[str, str], int] = defaultdict(int)
    for one in counts:
        for key, number in one.by.items():
            by[key] += number
    return Counts(dict(by))


@dataclass(frozen=True)
class PeriodCounts:
    """Everything counted of some bodies in a period as at a day, from one read.

    ``cells`` counts by body, involvement, month of activity (its first day), 4P and size.
    """

    standpoint: Standpoint
    first: date
    last: date
    organisations: frozenset[int]
    cells: Cells

    @cached_property
    def lead(self) -> dict[int, Counts]:
        """For every body that was asked for: one with n = 0 has no records in the period."""
        counts = self._by(Involvement.LEAD, lambda body, month: body)
        return {body: counts.get(body, Counts({})) for body in self.organisations}

    @cached_property
    def support(self) -> dict[int, Counts]:
        """Only the bodies that supported any."""
        return self._by(Involvement.SUPPORT, lambda body, month: body)

    @cached_property
    def lead_by_month(self) -> dict[date, Counts]:
        """The lead disruptions of all the bodies together, by the months that have any, in order."""
        counts = self._by(Involvement.LEAD, lambda body, month: month)
        return {month: counts[month] for month in sorted(counts)}

    def _by(self, involvement: Involvement, key: Callable[[int, date], Any]) -> dict[Any, Counts]:
        groups: dict[Any, dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
        for (body, how, month, four_p, size), number in self.cells.items():
            if how == involvement:
                groups[key(body, month)][four_p, size] += number
        return {group: Counts(dict(by)) for group, by in groups.items()}


def period_counts(standpoint: Standpoint, organisations: Iterable[int], first: date, last: date) -> PeriodCounts:
    """Lead and support disruptions of the bodies, month by month."""
    bodies = frozenset(organisations)
    scope = _scope(standpoint, bodies, first, last, Involvement)
    cells = count_by(scope, "organisation", "involvement", "activity_month", "four_p", "size") if bodies else {}
    return PeriodCounts(standpoint, first, last, bodies, cells)


def lead_counts(standpoint: Standpoint, organisations: Iterable[int], first: date, last: date) -> dict[int, Counts]:
    """Lead disruptions of every body that was asked for; one with n = 0 has no records in the period."""
    bodies = frozenset(organisations)
    by: dict[int, dict[tuple[str, str], int]] = {body: {} for body in bodies}
    scope = _scope(standpoint, bodies, first, last, [Involvement.LEAD])
    for (body, four_p, size), number in (count_by(scope, "organisation", "four_p", "size") if bodies else {}).items():
        by[body][four_p, size] = number
    return {body: Counts(counts) for body, counts in by.items()}


def lead_by_month(
    standpoint: Standpoint, organisations: Iterable[int], first: date, last: date
) -> dict[tuple[int, date, str], int]:
    """Lead disruptions of the bodies by body, month of activity (its first day) and 4P, where there are any."""
    scope = _scope(standpoint, frozenset(organisations), first, last, [Involvement.LEAD])
    counts: dict[Any, int] = count_by(scope, "organisation", "activity_month", "four_p")
    return counts


def _scope(
    standpoint: Standpoint, bodies: frozenset[int], first: date, last: date, involvements: Iterable[Involvement]
) -> Scope:
    values = {"organisation": bodies, "size": frozenset(ASSESSED), "involvement": frozenset(involvements)}
    return Scope(standpoint=standpoint, values=values, activity_from=first, activity_to=last)


# How much of the newest months is recorded so far, as at a day, judged from how late earlier months were recorded.


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
    cells = Cell.objects.filter(
        level=MONTHLY.number,
        organisation__in=list(organisations),
        kind_of_data=standpoint.kind,
        involvement=Involvement.LEAD,
        size__in=ASSESSED,
        activity__gt=month_after(over, -WINDOW),
        known__lte=over,
    )
    sums = cells.order_by().values_list("activity", "known").annotate(sum=Sum("n"))
    by_months = {(activity, known): number for activity, known, number in sums}
    triangle = {}  # each month's counts by delay in months, as far as its age lets them be seen
    first = min((month for month, _ in by_months), default=None)
    for age in range(months_between(first, over) + 1) if first else ():
        month = month_after(over, -age)
        triangle[month] = [by_months.get((month, month_after(month, delay)), 0) for delay in range(age + 1)]
    telling = {month: counts for month, counts in triangle.items() if any(counts)}
    enough = triangle if len(telling) >= FEWEST_MONTHS else telling
    return RecentMonths(over, completeness(enough, extracts=len({known for _, known in by_months})))


def last_month_over(standpoint: Standpoint) -> date | None:
    """The newest month that had ended on the day, or on the last day of which the record knows anything."""
    if standpoint.latest is None:
        return None
    return month_after(min(standpoint.day, standpoint.latest) + timedelta(days=1), -1)


class Span(StrEnum):
    """What one point of a trend stands for."""

    MONTH = "month"
    QUARTER = "quarter"

    def holding(self, month: date) -> date:
        """The first day of the month, or of the calendar quarter that it lies in."""
        return month if self == Span.MONTH else month.replace(month=(month.month - 1) // 3 * 3 + 1)


@dataclass(frozen=True)
class TrendPoint:
    """The lead disruptions of one month or quarter, from its first day on.

    ``counts`` is None where the record does not reach it: nothing is known, which is not none.
    ``complete`` says that it lies wholly in the period, is over, and nearly all of it is recorded.
    ``recorded`` is the estimated share that is recorded so far, None where there is no estimate.
    """

    first: date
    counts: Counts | None
    complete: bool
    recorded: float | None


def trend(scope: Scope, by: str = Span.MONTH) -> dict[date, Counts]:
    """Whatever the scope holds, by the first day of each month or quarter that has any, in order."""
    months: dict[date, dict[tuple[str, str], int]] = defaultdict(dict)
    for (month, four_p, size), number in count_by(scope, "activity_month", "four_p", "size").items():
        months[month][four_p, size] = number
    return _by_span({month: Counts(counts) for month, counts in months.items()}, Span(by))


def trend_of(counts: PeriodCounts, recent: RecentMonths, by: str = Span.MONTH) -> tuple[TrendPoint, ...]:
    """The lead disruptions of the bodies together, from the first month or quarter that has any to the period's end."""
    by_month = counts.lead_by_month
    if not by_month:
        return ()
    reached = min(counts.standpoint.day, counts.standpoint.latest or counts.standpoint.day)
    spans: dict[date, list[date]] = defaultdict(list)
    for month in months_of(min(by_month), counts.last):
        spans[Span(by).holding(month)].append(month)
    by_span = _by_span(by_month, Span(by))
    points = []
    for first, months in spans.items():
        nothing = Counts({}) if months[0] <= reached else None
        is_whole = counts.first <= months[0] and month_after(months[-1]) - timedelta(days=1) <= counts.last
        points.append(
            TrendPoint(
                first=first,
                counts=by_span.get(first) or nothing,
                complete=is_whole and all(map(recent.is_complete, months)),
                recorded=recent.recorded(first) if by == Span.MONTH else None,
            )
        )
    return tuple(points)


def _by_span(months: Mapping[date, Counts], span: Span) -> dict[date, Counts]:
    groups: dict[date, list[Counts]] = defaultdict(list)
    for month in sorted(months):
        groups[span.holding(month)].append(months[month])
    return {first: together(parts) for first, parts in groups.items()}


# Counts of disruptions by any dimensions, each 4P with its share.


FOUR_P = "four_p"


@dataclass(frozen=True)
class Count:
    """``values`` are in the order of the dimensions; ``share``, where 4P is one, is that of all 4Ps together."""

    values: tuple[Any, ...]
    n: int
    share: Share | None


def breakdown(scope: Scope, dimensions: Sequence[str]) -> list[Count]:
    """The groups that have any; of a group that has, each 4P that was asked for, with 0 where it has none of it.

    Groups come in order of their values; those of none come last, 4P in its own order.
    """
    rank: dict[str, int] = {four_p: place for place, four_p in enumerate(FourP)}

    def in_order(count: Count) -> tuple[Any, ...]:
        texts = ((rank.get(value, -1), value) if isinstance(value, str) else value for value in count.values)
        return tuple((value is None, (0, "") if value is None else value) for value in texts)

    if FOUR_P not in dimensions:
        return sorted((Count(values, n, None) for values, n in count_by(scope, *dimensions).items()), key=in_order)
    wanted = scope.values.get(FOUR_P, frozenset(FourP))
    place = list(dimensions).index(FOUR_P)
    groups: dict[tuple[Any, ...], dict[str, int]] = defaultdict(dict)
    # A share is of all 4Ps, whichever of them are wanted.
    for values, n in count_by(scope.without(FOUR_P), *dimensions).items():
        groups[values[:place] + values[place + 1 :]][values[place]] = n
    counts = []
    for rest, of in groups.items():
        for four_p in (each for each in FourP if each in wanted):
            x = of.get(four_p, 0)
            values = (*rest[:place], str(four_p.value), *rest[place:])
            counts.append(Count(values, x, Share(x, sum(of.values()))))
    return sorted(counts, key=in_order)

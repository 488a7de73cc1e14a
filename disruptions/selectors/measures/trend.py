"""Disruptions over time, by month or by quarter."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from disruptions.selectors.counts import Scope, count_by
from disruptions.selectors.measures.completeness import RecentMonths
from disruptions.selectors.measures.counts import Counts, PeriodCounts, together
from soc_tracker.lib.periods import month_after, months_of


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
    found = counts.lead_by_month
    if not found:
        return ()
    spans: dict[date, list[date]] = defaultdict(list)
    for month in months_of(min(found), counts.last):
        spans[Span(by).holding(month)].append(month)
    by_span = _by_span(found, Span(by))
    return tuple(
        TrendPoint(
            first=first,
            counts=by_span.get(first) or _nothing(counts, months[0]),
            complete=_within(counts, months) and all(map(recent.is_complete, months)),
            recorded=recent.recorded(first) if by == Span.MONTH else None,
        )
        for first, months in spans.items()
    )


def _nothing(counts: PeriodCounts, month: date) -> Counts | None:
    """No disruption at all where the record reaches the month; None where it does not."""
    reached = min(counts.standpoint.day, counts.standpoint.latest or counts.standpoint.day)
    return Counts({}) if month <= reached else None


def _within(counts: PeriodCounts, months: list[date]) -> bool:
    """Whether the period holds all days of the months."""
    return counts.first <= months[0] and month_after(months[-1]) - timedelta(days=1) <= counts.last


def _by_span(months: Mapping[date, Counts], span: Span) -> dict[date, Counts]:
    groups: dict[date, list[Counts]] = defaultdict(list)
    for month in sorted(months):
        groups[span.holding(month)].append(months[month])
    return {first: together(parts) for first, parts in groups.items()}

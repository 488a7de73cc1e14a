"""How long after the activity disruptions reach the record: counts by month of activity and of becoming known."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from disruptions.counts.queries import MONTH, count_by, total_up_to
from disruptions.record_list.pages import ReportsOfChoice
from disruptions.standpoint.queries import Standpoint
from disruptions.trend.queries import WINDOW, counts_by_delay, last_month_over
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.reports import Makers, Report, ready
from soc_tracker.core.stats.frames import Triangle, delay_triangle, quarter_of
from soc_tracker.core.stats.shares import whole_percent
from soc_tracker.core.text.days import month_after

NOT_YET, NO_RECORDS = "not over yet", "no records"
APART = 4
"""Delays from this many quarters on stand in one column of a page; a file has each."""


@dataclass(frozen=True)
class Line:
    """One quarter of activity in the triangle: so many disruptions of it are on record so far."""

    quarter: date
    triangle: Triangle
    n: int

    def number(self, delay: int) -> int | str:
        number = self.triangle.cells[self.quarter, delay]
        return NOT_YET if number is None else number

    def number_from(self, delay: int) -> int | str:
        """Those that came so many quarters later or more, as far as those quarters are over."""
        seen = [
            n for later in self.triangle.delays[delay:] if (n := self.triangle.cells[self.quarter, later]) is not None
        ]
        return sum(seen) if seen else NOT_YET

    def percent(self, delay: int) -> int | str:
        """Of what is on record of the quarter so far, in whole percent, what was there after so many quarters."""
        share = self.triangle.within[self.quarter, delay]
        if share is not None:
            return whole_percent(share)
        return NO_RECORDS if self.triangle.cells[self.quarter, delay] is not None else NOT_YET


def delay_reports(triangle: Triangle, later: int, standpoint: Standpoint) -> tuple[Report, Report]:
    """The numbers, and the same as shares of what is on record so far.

    ``later`` counts what the triangle leaves out: activity before its first quarter or after its last, and what became
    known after it.
    """
    lines = tuple(Line(quarter, triangle, triangle.of_quarter[quarter]) for quarter in triangle.quarters)
    shared: dict[str, Any] = {
        "kind_of_data": standpoint.kind.value,
        "rows": lines,
        "none": "Nothing is on record of these quarters.",
    }
    each = [_column(delay, Line.number) for delay in triangle.delays]
    numbers: Sequence[Column] = each
    if len(each) > APART + 1:
        heading = f"{APART} quarters later or more, so far"
        late = Column("late", heading, lambda line: line.number_from(APART), numeric=True, files=tuple(each[APART:]))
        numbers = (*each[:APART], late)
    quarter = Column(
        "quarter", "Quarter of activity", lambda line: f"{line.quarter.year} Q{(line.quarter.month + 2) // 3}"
    )
    so_far = Column("so_far", "On record so far", lambda line: line.n, numeric=True)
    number = sum(line.n for line in lines)
    left_out = f" {later:,} more are of other quarters, or reached it later." if later > 0 else ""
    return (
        Report(
            slug="delays",
            title="Disruptions by quarter of activity and how much later they reached the record",
            sentence=f"{number:,} in {len(lines)} quarters, as at {standpoint.words}.{left_out}",
            columns=(quarter, *numbers, so_far),
            **shared,
        ),
        Report(
            slug="delays-as-shares",
            title="What share of a quarter was on record after how long",
            sentence="Of what is on record of each quarter so far: the newest will still grow.",
            columns=(quarter, *(_column(delay, Line.percent, "%") for delay in triangle.delays[:APART]), so_far),
            **shared,
        ),
    )


def _column(delay: int, read: Callable[[Line, int], int | str], unit: str = "") -> Column:
    words = ("the same quarter", "1 quarter later")[delay] if delay < 2 else f"{delay} quarters later"
    heading = f"By {words}, {unit}" if unit else words[0].upper() + words[1:]
    return Column(f"after_{delay}", heading, lambda line: read(line, delay), numeric=True)


# Late recording of the disruptions that a filter leaves: a page and its files.


class DelaysPage(ReportsOfChoice):
    title = "Late recording"
    template_name = "disruptions/delays.html"
    files = "disruptions:delays_file"

    def list_reports(self) -> Makers:
        """Of the quarters within the months that are looked at for late recording. Two queries.

        None where nothing is on record, or too many rows would be counted one by one. Days of activity that part a
        month count with the whole months between them.
        """
        scope, most = self.filter.scope, self.filter.most_counted
        over = last_month_over(scope.standpoint)
        if over is None or (scope.rows is not None and total_up_to(scope, most) > most):
            return {}
        last = quarter_of(month_after(over, -2))  # which is over once its last month is
        by_delay = counts_by_delay(scope, month_after(last, 3 - WINDOW), month_after(last, 2))
        triangle = delay_triangle(by_delay, last=last)
        later = sum(count_by(scope, MONTH).values()) - sum(triangle.of_quarter.values())
        return ready(delay_reports(triangle, later, scope.standpoint))

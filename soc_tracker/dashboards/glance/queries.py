"""Lead disruptions quarter by quarter, body by body: what is known, what is not complete, and what is not loaded."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from disruptions.choices import Involvement
from disruptions.measures.queries import Counts, RecentMonths, Span, completeness_of, period_counts
from disruptions.standpoint.queries import Standpoint
from forces.models import Organisation
from soc_tracker.core.text.days import month_after

QUARTERS = 8


class Standing(StrEnum):
    """How much of a quarter the record holds."""

    COMPLETE = "complete"
    INCOMPLETE = "not complete"
    NOT_LOADED = "not loaded"


@dataclass(frozen=True)
class Quarter:
    """The lead disruptions of one body in the quarter that begins on a day; None where none are loaded."""

    body: Organisation
    first: date
    counts: Counts | None
    standing: Standing

    @property
    def name(self) -> str:
        """ "Q1 2022" for January to March."""
        return f"Q{(self.first.month + 2) // 3} {self.first.year}"


def list_quarters(standpoint: Standpoint, bodies: Iterable[Organisation]) -> list[Quarter]:
    """The last quarters up to the standpoint's day, body by body; none where nothing is on record. Two queries.

    The record begins with the first month that has a disruption of one of the bodies.
    """
    chosen = tuple(bodies)
    if standpoint.latest is None or not chosen:
        return []
    keys = [body.pk for body in chosen]
    last = Span.QUARTER.holding(standpoint.day.replace(day=1))
    quarters = [month_after(last, -3 * back) for back in reversed(range(QUARTERS))]
    end = month_after(last, 3) - timedelta(days=1)
    cells = period_counts(standpoint, keys, quarters[0], end).cells
    by: dict[tuple[int, date], dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    months = set()
    for (body, involvement, month, four_p, size), number in cells.items():
        if involvement == Involvement.LEAD:
            by[body, Span.QUARTER.holding(month)][four_p, size] += number
            months.add(month)
    recent, begin = completeness_of(standpoint, keys), min(months, default=date.max)
    standings = {first: _standing(first, begin, standpoint, recent) for first in quarters}
    return [
        Quarter(
            body=body,
            first=first,
            counts=None if standings[first] == Standing.NOT_LOADED else Counts(dict(by.get((body.pk, first), {}))),
            standing=standings[first],
        )
        for body in chosen
        for first in quarters
    ]


def _standing(first: date, begin: date, standpoint: Standpoint, recent: RecentMonths) -> Standing:
    reached = min(standpoint.day, standpoint.latest or standpoint.day)
    if month_after(first, 3) <= begin or first > reached:
        return Standing.NOT_LOADED
    months = [month_after(first, ahead) for ahead in range(3)]
    complete = begin <= first and all(map(recent.is_complete, months))
    return Standing.COMPLETE if complete else Standing.INCOMPLETE

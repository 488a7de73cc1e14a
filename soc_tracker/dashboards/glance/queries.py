"""Lead disruptions quarter by quarter, body by body: what is known, what is not complete, and what is not loaded."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any

from disruptions.choices import FourP, Involvement
from disruptions.counts.queries import count_by
from disruptions.measures.queries import Counts, of_bodies
from disruptions.standpoint.queries import Standpoint
from disruptions.trend.queries import NOT_LOADED, Span, completeness_of
from forces.models import Organisation
from soc_tracker.core.access.models import OUTSIDE_REACH
from soc_tracker.core.text.days import month_after

QUARTERS = 8


class Standing(StrEnum):
    """How much of a quarter the record holds."""

    COMPLETE = "complete"
    INCOMPLETE = "not complete"
    NOT_LOADED = NOT_LOADED
    OUTSIDE = OUTSIDE_REACH


@dataclass(frozen=True)
class Quarter:
    """The lead disruptions of one body in a quarter, "Q1 2022" for January to March; None where none are loaded, or
    seen."""

    body: Organisation
    name: str
    counts: Counts | None
    standing: Standing

    @cached_property
    def numbers(self) -> tuple[int, ...] | None:
        """One a P, in the order of the four."""
        return None if self.counts is None else tuple(map(self.counts.of_four_p, FourP))

    @property
    def n(self) -> int:
        return self.counts.n if self.counts else 0


def list_quarters(standpoint: Standpoint, bodies: Iterable[Organisation]) -> list[Quarter]:
    """The last quarters up to the standpoint's day, body by body; none where nothing is on record. Two queries.

    The record begins with the first month that has a disruption of one of the bodies. A body of which these quarters
    have none has sent nothing; of one that is not in sight, that is not known.
    """
    chosen = tuple(bodies)
    if standpoint.latest is None or not chosen:
        return []
    keys = [body.pk for body in chosen]
    last = Span.QUARTER.holding(standpoint.day.replace(day=1))
    firsts = [month_after(last, -3 * back) for back in reversed(range(QUARTERS))]
    scope = of_bodies(standpoint, keys, firsts[0], month_after(last, 3) - timedelta(days=1))
    own = scope.narrowed({"involvement": frozenset([Involvement.LEAD])})
    by_month: dict[Any, int] = count_by(own, "organisation", "activity_month", "four_p", "size")
    recent, begin = completeness_of(scope.lead), min((month for _, month, _, _ in by_month), default=date.max)
    reached = recent.reached or date.min
    standings = {}
    for first in firsts:
        standings[first] = Standing.INCOMPLETE
        if month_after(first, 3) <= begin or first > reached:
            standings[first] = Standing.NOT_LOADED
        elif begin <= first and all(recent.is_complete(month_after(first, ahead)) for ahead in range(3)):
            standings[first] = Standing.COMPLETE
    sent = {body for body, *_ in by_month}
    groups: dict[tuple[int, date], dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    for (body, month, four_p, size), number in by_month.items():
        groups[body, Span.QUARTER.holding(month)][four_p, size] += number
    absent = {
        body.pk: dict.fromkeys(firsts, Standing.NOT_LOADED if standpoint.sight.sees(body.pk) else Standing.OUTSIDE)
        for body in chosen
        if body.pk not in sent
    }
    return [
        Quarter(
            body=body,
            name=f"Q{(first.month + 2) // 3} {first.year}",
            counts=None if standing in (Standing.NOT_LOADED, Standing.OUTSIDE) else Counts(groups[body.pk, first]),
            standing=standing,
        )
        for body in chosen
        for first, standing in absent.get(body.pk, standings).items()
    ]

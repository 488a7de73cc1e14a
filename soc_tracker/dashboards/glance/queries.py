"""Lead disruptions quarter by quarter, body by body: what is known, what is not complete, and what is not loaded."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from disruptions.choices import FourP
from disruptions.measures.queries import Span, completeness_of, lead_by_month
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
    """The lead disruptions of one body in a quarter, "Q1 2022" for January to March, one number a P in the order of
    the four; None where none are loaded.
    """

    body: Organisation
    name: str
    numbers: tuple[int, ...] | None
    standing: Standing

    @property
    def n(self) -> int:
        return sum(self.numbers or ())


def list_quarters(standpoint: Standpoint, bodies: Iterable[Organisation]) -> list[Quarter]:
    """The last quarters up to the standpoint's day, body by body; none where nothing is on record. Two queries.

    The record begins with the first month that has a disruption of one of the bodies. A body of which these quarters
    have none has sent nothing.
    """
    chosen = tuple(bodies)
    if standpoint.latest is None or not chosen:
        return []
    keys = [body.pk for body in chosen]
    last = Span.QUARTER.holding(standpoint.day.replace(day=1))
    firsts = [month_after(last, -3 * back) for back in reversed(range(QUARTERS))]
    by_month = lead_by_month(standpoint, keys, firsts[0], month_after(last, 3) - timedelta(days=1))
    recent, begin = completeness_of(standpoint, keys), min((month for _, month, _ in by_month), default=date.max)
    reached = min(standpoint.day, standpoint.latest)
    standings = {}
    for first in firsts:
        standings[first] = Standing.INCOMPLETE
        if month_after(first, 3) <= begin or first > reached:
            standings[first] = Standing.NOT_LOADED
        elif begin <= first and all(recent.is_complete(month_after(first, ahead)) for ahead in range(3)):
            standings[first] = Standing.COMPLETE
    sent = {body for body, _, _ in by_month}
    numbers: dict[tuple[int, date, str], int] = defaultdict(int)
    for (body, month, four_p), number in by_month.items():
        numbers[body, Span.QUARTER.holding(month), four_p] += number
    return [
        Quarter(
            body=body,
            name=f"Q{(first.month + 2) // 3} {first.year}",
            numbers=None if standing == Standing.NOT_LOADED else tuple(numbers[body.pk, first, p] for p in FourP),
            standing=standing,
        )
        for body in chosen
        for first, standing in (standings if body.pk in sent else dict.fromkeys(firsts, Standing.NOT_LOADED)).items()
    ]

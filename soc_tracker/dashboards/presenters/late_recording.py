"""What late recording changed: the same period as at two days, the earlier first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from disruptions.choices import FourP
from disruptions.selectors.measures import Counts, Share
from soc_tracker.dashboards.presenters.names import several
from soc_tracker.dashboards.presenters.numbers import signed, tenths_of
from soc_tracker.dashboards.presenters.record import NAME, NO_RECORDS
from soc_tracker.dashboards.selectors.compare import Comparison
from soc_tracker.lib.periods import Precision, in_words
from soc_tracker.lib.tables import Column


@dataclass(frozen=True)
class LateRow:
    """One body's disruptions of the period as at two days, the earlier first."""

    name: str
    url: str
    then: Share
    now: Share

    @property
    def points(self) -> Decimal | None:
        """By how many percentage points the share moved; None where one of them has no records."""
        if self.then.of_one is None or self.now.of_one is None:
            return None
        return tenths_of((self.now.of_one - self.then.of_one) * 100)


def late_rows(comparison: Comparison, four_p: FourP) -> tuple[LateRow, ...]:
    """What late recording changed between the two days; () where only one was asked for."""
    if comparison.second is None:
        return ()
    first, second = comparison.lead, comparison.lead_second
    earlier, later = (first, second) if comparison.standpoint.day <= comparison.second.day else (second, first)
    nothing = Counts({})
    return tuple(
        LateRow(
            body.short_name,
            body.get_absolute_url(),
            earlier.get(body.pk, nothing).share(four_p),
            later.get(body.pk, nothing).share(four_p),
        )
        for body in comparison.bodies
    )


def days_of(comparison: Comparison) -> tuple[date, date]:
    """The two days, the earlier first; twice the same where only one was asked for."""
    first = comparison.standpoint.day
    second = comparison.second.day if comparison.second else first
    return min(first, second), max(first, second)


def late_columns(comparison: Comparison, four_p: FourP, *, in_file: bool = False) -> tuple[Column, ...]:
    """A page shows changes with their sign; in a file they are plain numbers, with which to go on counting."""
    then, now = (in_words(day, Precision.DAY) for day in days_of(comparison))
    label = str(four_p.label)
    shown: Callable[[Any], Any] = _as_it_is if in_file else _with_sign
    return (
        NAME,
        _at("n_then", f"All, {then}", lambda row: row.then.n, lambda row: row.then.n),
        _at("n_now", f"All, {now}", lambda row: row.now.n, lambda row: row.now.n),
        Column("change", "Change", lambda row: shown(row.now.n - row.then.n), numeric=True),
        _at("percent_then", f"{label}, percent, {then}", lambda row: row.then.percent, lambda row: row.then.n),
        _at("percent_now", f"{label}, percent, {now}", lambda row: row.now.percent, lambda row: row.now.n),
        Column("points", "Change in points", lambda row: shown(row.points), numeric=True),
    )


def _as_it_is(number: int | Decimal | None) -> int | Decimal | None:
    return number


def _with_sign(number: int | Decimal | None) -> str:
    return NO_RECORDS if number is None else signed(number)


def _at(key: str, heading: str, number: Callable[[LateRow], Any], n: Callable[[LateRow], int]) -> Column:
    return Column(key, heading, lambda row: number(row) if n(row) else NO_RECORDS, numeric=True)


def late_in_words(comparison: Comparison, rows: tuple[LateRow, ...]) -> str:
    """What happened to the record of the bodies together between the two days."""
    then, now = sum(row.then.n for row in rows), sum(row.now.n for row in rows)
    first, last = (in_words(day, Precision.DAY) for day in days_of(comparison))
    moved = [row.points for row in rows if row.points]
    said = f"The same period had {several(then, 'lead disruption')} on record on {first} and {now:,} on {last}."
    if not moved:
        return f"{said} No share moved."
    return f"{said} The shares moved by up to {max(abs(points) for points in moved)} points."

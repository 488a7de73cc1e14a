"""What was made on a day, closed, perhaps opened again, and was due by a day that may have moved: read as at any day.

All that is asked of a history is asked as at a day, and what came later takes no part. Of a history, nothing is kept
but its dated lines: whether it is open, on time or late is worked out from them every time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any

from soc_tracker.core.stats.survival import Spell
from soc_tracker.core.text.days import Period, years_after


@dataclass(frozen=True)
class Line:
    """Since ``on`` it is open or not. ``is_done``: it was closed because all was done that had to be done."""

    on: date
    is_open: bool
    is_done: bool = False


@dataclass(frozen=True)
class Deadline:
    """Since ``on`` it is due by ``due``, the last day that the date may stand for; None: no date is given."""

    on: date
    due: date | None


@dataclass(frozen=True)
class History:
    """One thing: ``key`` is whatever it stands for. Its ``lines`` and ``deadlines`` are in order of time.

    It is open from ``made`` until a line says otherwise. A line before it was made holds from the day it was made;
    the first deadline is the one that it was made with.
    """

    key: Any
    made: date
    lines: tuple[Line, ...] = ()
    deadlines: tuple[Deadline, ...] = ()

    def until(self, day: date) -> list[Line]:
        """Its lines as at the day, the first of them the one by which it was made; none where it was made later."""
        if day < self.made:
            return []
        later = [Line(max(line.on, self.made), line.is_open, line.is_done) for line in self.lines if line.on <= day]
        return [Line(self.made, is_open=True), *later]

    def is_open(self, day: date) -> bool:
        """Whether it was made by the end of the day, and not closed."""
        lines = self.until(day)
        return bool(lines) and lines[-1].is_open

    def closed_on(self, day: date) -> date | None:
        """As at the day, when the closing that stands was; None where it is open or not made yet."""
        lines = self.until(day)
        if not lines or lines[-1].is_open:
            return None
        place = max(at for at, line in enumerate(lines) if line.is_open)
        return lines[place + 1].on

    def done_by(self, day: date) -> bool:
        """Whether, as at the day, it is closed because all was done."""
        lines = self.until(day)
        return bool(lines) and not lines[-1].is_open and lines[-1].is_done

    def dues(self, day: date) -> list[date | None]:
        """As at the day, the days by which it was due one after the other; the first is that which it was made with."""
        return [each.due for at, each in enumerate(self.deadlines) if at == 0 or each.on <= day]


class Movement(StrEnum):
    MADE = "made"
    REOPENED = "reopened"
    CLOSED = "closed"


@dataclass(frozen=True)
class Moved:
    """What happened to one thing on a day of the period."""

    history: History
    on: date
    movement: Movement


@dataclass(frozen=True)
class Pack:
    """Of a period: ``opening`` + made + reopened - closed = ``closing``. ``moves`` are in order of time."""

    period: Period
    opening: int
    closing: int
    moves: tuple[Moved, ...]

    def count(self, movement: Movement) -> int:
        return sum(moved.movement == movement for moved in self.moves)

    @property
    def difference(self) -> int:
        """By how much the sum misses what is open at the end: 0, or the pack is wrong."""
        came = self.count(Movement.MADE) + self.count(Movement.REOPENED)
        return self.opening + came - self.count(Movement.CLOSED) - self.closing


def get_pack(histories: Iterable[History], period: Period) -> Pack:
    """The movements of the period, both ends inclusive. What was opened and closed more than once counts each time."""
    opening = closing = 0
    moves = []
    for history in histories:
        opening += history.is_open(period.first - timedelta(days=1))
        closing += history.is_open(period.last)
        was_open = False
        for at, line in enumerate(history.until(period.last)):
            if line.is_open != was_open and line.on in period:
                kind = Movement.CLOSED if was_open else Movement.REOPENED if at else Movement.MADE
                moves.append(Moved(history, line.on, kind))
            was_open = line.is_open
    return Pack(period, opening, closing, tuple(sorted(moves, key=lambda moved: moved.on)))


def spells(histories: Iterable[History], day: date) -> list[Spell]:
    """How long each took until the closing that stands as at the day, or has been open; those made later left out.

    What was closed and opened again is open.
    """
    made = [(history, history.closed_on(day)) for history in histories if history.made <= day]
    return [Spell(((closed or day) - history.made).days, closed is not None) for history, closed in made]


class Timeliness(StrEnum):
    """How something stands against the day by which it is due."""

    NO_DATE = "no_date"
    NOT_YET_DUE = "not_yet_due"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    CLOSED_IN_TIME = "closed_in_time"
    CLOSED_LATE = "closed_late"
    CLOSED_NO_DATE = "closed_no_date"


SOON = 30
"""Days before the last day, from which on something is due soon."""


def timeliness(due: date | None, closed: date | None, day: date) -> Timeliness:
    """As at the day, of something due by the end of ``due`` and closed on ``closed``, if it is: each None where not."""
    if due is None:
        return Timeliness.CLOSED_NO_DATE if closed else Timeliness.NO_DATE
    if closed:
        return Timeliness.CLOSED_LATE if closed > due else Timeliness.CLOSED_IN_TIME
    if due < day:
        return Timeliness.OVERDUE
    return Timeliness.DUE_SOON if due <= day + timedelta(days=SOON) else Timeliness.NOT_YET_DUE


def slips(dues: Sequence[date | None]) -> int:
    """How often a date was moved to a later one. One taken away, or given for the first time, is no slip."""
    return sum(bool(old and new and new > old) for old, new in pairwise(dues))


@dataclass(frozen=True)
class Done:
    """Of ``n`` that are old enough, ``x`` were closed as done within so many ``years`` of being made."""

    years: int
    x: int
    n: int


def done_within(histories: Iterable[History], years: int, day: date) -> Done:
    """As at the day, over those that were made so many years before it, or earlier.

    What was done in time and opened again later counts as it stood when the years were over.
    """
    ends = [(history, years_after(history.made, years)) for history in histories]
    old_enough = [(history, end) for history, end in ends if end <= day]
    return Done(years, sum(history.done_by(end) for history, end in old_enough), len(old_enough))

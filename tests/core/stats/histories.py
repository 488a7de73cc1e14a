"""Random histories, and what a slow reader who goes through every day makes of them."""

from datetime import date, timedelta
from random import Random

from soc_tracker.core.stats.histories import Deadline, History, Line, Timeliness
from soc_tracker.core.text.days import Period

FIRST, LAST = date(2016, 1, 1), date(2026, 12, 31)
DAYS = (LAST - FIRST).days


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - the same histories every time


def some_day(random: Random) -> date:
    return FIRST + timedelta(days=random.randrange(DAYS + 1))


def some_histories(random: Random, number: int) -> list[History]:
    return [some_history(random, key) for key in range(number)]


def some_history(random: Random, key: int = 0) -> History:
    """Made on some day; now and then with several lines on one day, lines that change nothing, and lines too early."""
    made = some_day(random)
    days = sorted(made + timedelta(days=random.choice((-40, 0, 0, 1, 30, 300, 900, 2000))) for _ in range(5))
    lines = [(on, random.random() < 0.5) for on in days[: random.randrange(6)]]
    moves = sorted(made + timedelta(days=random.randrange(1500)) for _ in range(random.randrange(5)))
    dues = [made + timedelta(days=random.randrange(2500)) if random.random() < 0.8 else None for _ in range(5)]
    return History(
        key,
        made,
        tuple(Line(on, is_open, is_done=not is_open and random.random() < 0.7) for on, is_open in lines),
        tuple(Deadline(on, due) for on, due in zip([made, *moves], dues, strict=False)),
    )


def some_period(random: Random) -> Period:
    first, last = sorted((some_day(random), some_day(random)))
    return Period(first, last)


def states(history: History, day: date) -> list[tuple[date, bool]]:
    """Each change between open and closed until the end of the day, told by going through the lines one by one."""
    if history.made > day:
        return []
    changes = [(history.made, True)]
    for line in history.lines:
        if line.on <= day and line.is_open != changes[-1][1]:
            changes.append((max(line.on, history.made), line.is_open))
    return changes


def slow_timeliness(history: History, day: date, *, first: bool) -> Timeliness:
    """Goes from the day it was made to the day, and remembers whether it was open and by when it was due."""
    due = history.deadlines[0].due if history.deadlines else None
    changes = states(history, day)
    closed = changes[-1][0] if changes and not changes[-1][1] else None
    if not first:
        for deadline in history.deadlines[1:]:
            if (day - deadline.on).days >= 0:
                due = deadline.due
    if due is None:
        return Timeliness.NO_DATE if closed is None else Timeliness.CLOSED_NO_DATE
    if closed is not None:
        return Timeliness.CLOSED_IN_TIME if (due - closed).days >= 0 else Timeliness.CLOSED_LATE
    left = (due - day).days
    return Timeliness.OVERDUE if left < 0 else Timeliness.DUE_SOON if left <= 30 else Timeliness.NOT_YET_DUE

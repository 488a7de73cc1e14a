"""When disruptions happen, and how long after that they are added."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from math import exp

FIRST, LAST = date(2019, 1, 1), date(2023, 12, 31)
LONGEST_DELAY = 250
# Delays in days: a gamma distribution of this shape and scale, so a mean of 27 and a long tail.
SHAPE, SCALE = 0.9, 30
GROWTH = 0.5
WEEKEND = 0.55
QUIET = (date(2020, 3, 26), date(2020, 6, 23), 0.6)
"""The first months of the pandemic: from, to, and how busy they were."""


def activity() -> list[float]:
    """How likely each day from FIRST to LAST is, in no unit."""
    number = (LAST - FIRST).days + 1
    return [_busy(FIRST + timedelta(place), place / number) for place in range(number)]


def _busy(day: date, through: float) -> float:
    first, last, quiet = QUIET
    return (1 + GROWTH * through) * (WEEKEND if day.weekday() >= 5 else 1) * (quiet if first <= day <= last else 1)


def delays() -> list[float]:
    """How likely each whole number of days up to the longest delay is, in no unit."""
    return [((days + 1) ** SHAPE - days**SHAPE) * exp(-(days + 0.5) / SCALE) for days in range(LONGEST_DELAY + 1)]


def added(rows: int) -> Iterator[tuple[date, int, list[str], list[float]]]:
    """Each day on which rows are added: the day, how many, and the activity dates they may have with their weights."""
    busy, late = activity(), delays()
    dates = [(FIRST + timedelta(place)).isoformat() for place in range(len(busy))]
    possible = [_reaching(place, busy, late) for place in range(len(busy) + LONGEST_DELAY)]
    for place, number in enumerate(_shared(rows, [sum(weights) for _, weights in possible])):
        if number:
            days, weights = possible[place]
            yield FIRST + timedelta(place), number, dates[days.start : days.stop], weights


def _reaching(place: int, busy: list[float], late: list[float]) -> tuple[range, list[float]]:
    """The places of the days whose disruptions may be added on this one, with their weights."""
    days = range(max(0, place - LONGEST_DELAY), min(place + 1, len(busy)))
    return days, [busy[day] * late[place - day] for day in days]


def _shared(rows: int, weights: list[float]) -> list[int]:
    """Whole numbers in proportion to the weights, which add up to ``rows``."""
    whole, reached, bounds = sum(weights), 0.0, [0]
    for weight in weights:
        reached += weight
        bounds.append(round(rows * reached / whole))
    return [after - before for before, after in pairwise(bounds)]

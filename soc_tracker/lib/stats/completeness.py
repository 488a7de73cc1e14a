"""How much of a recent month is recorded so far, judged from how late earlier months were recorded.

Source: the chain-ladder estimate of reporting delay: J. F. Lawless,
Adjustments for reporting delays, Canadian Journal of Statistics 22 (1994), 15–31.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

FEWEST_MONTHS, FEWEST_EXTRACTS = 12, 3


@dataclass(frozen=True)
class Completeness:
    """``delays``: the rows seen so far by delay in months. ``by_month``: the estimated share of each
    activity month that is recorded, from 0 to 1; None where there is too little to estimate from."""

    delays: tuple[int, ...]
    by_month: Mapping[date, float] | None


def completeness(triangle: Mapping[date, Sequence[int]], *, extracts: int) -> Completeness:
    """Estimate from counts by activity month and delay.

    ``triangle`` maps each month that is over to its counts by delay 0, 1, 2 …
    months, as far as its age lets them be seen; ``extracts`` is the number of
    days on which rows were added.
    """
    oldest = max((len(counts) for counts in triangle.values()), default=0)
    delays = tuple(sum(_at(counts, delay) for counts in triangle.values()) for delay in range(oldest))
    if len(triangle) < FEWEST_MONTHS or extracts < FEWEST_EXTRACTS:
        return Completeness(delays, None)
    growth = [step for delay in range(1, oldest) if (step := _growth(triangle, delay)) is not None]
    if len(growth) < oldest - 1:
        return Completeness(delays, None)
    seen = {month: 1 / math.prod(growth[max(len(counts) - 1, 0) :]) for month, counts in triangle.items() if counts}
    return Completeness(delays, seen)


def _at(counts: Sequence[int], delay: int) -> int:
    return counts[delay] if delay < len(counts) else 0


def _growth(triangle: Mapping[date, Sequence[int]], delay: int) -> float | None:
    """By what a month's count grows at a delay (1 + θ), over the months old enough to have seen it."""
    old_enough = [counts for counts in triangle.values() if len(counts) > delay]
    before = sum(sum(counts[:delay]) for counts in old_enough)
    added = sum(counts[delay] for counts in old_enough)
    if before <= 0:
        return 1.0 if before == added == 0 else None
    return (before + added) / before if before + added > 0 else None

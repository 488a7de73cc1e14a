"""How long things stay open, where some are open still.

Source: E. L. Kaplan and P. Meier, Nonparametric estimation from incomplete observations, Journal of the American
Statistical Association 53 (1958), 457–481; the interval is that of the log of minus the log of the share, with
Greenwood's variance: J. D. Kalbfleisch and R. L. Prentice, The statistical analysis of failure time data (2002), 1.4.
"""

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from soc_tracker.core.stats.shares import Z_95, Interval

HALF = 0.5 + 1e-12
"""A product of fractions that is one half may come out above it by the last digit."""


@dataclass(frozen=True)
class Spell:
    """So many days from the beginning to the end; where it has not ended, to the day to which it is known."""

    days: int
    is_over: bool


@dataclass(frozen=True)
class StepDown:
    """From ``days`` on, ``still_open`` of all are open: a share from 0 to 1, with its 95 % interval.

    ``at_risk`` were open and known until then, ``ended`` of them ended on that day.
    """

    days: int
    at_risk: int
    ended: int
    still_open: float
    interval: Interval


@dataclass(frozen=True)
class Survival:
    """``steps``, in order of days, are the days on which something ended; before the first everything is open.

    Nothing is known of what comes after ``longest``, the days of the longest spell, unless everything has ended.
    """

    n: int
    ended: int
    longest: int
    steps: tuple[StepDown, ...]

    @property
    def median(self) -> int | None:
        """The first day on which half or fewer are open; None where that is not reached."""
        return next((step.days for step in self.steps if step.still_open <= HALF), None)

    def still_open(self, days: int) -> float | None:
        """The share that is open after so many days; None beyond what is known."""
        place = bisect_right([step.days for step in self.steps], days)
        share = self.steps[place - 1].still_open if place else 1.0
        return share if days <= self.longest or share == 0 else None


def kaplan_meier(spells: Iterable[Spell], z: float = Z_95) -> Survival | None:
    """The share that is still open, day by day; None where there are no spells.

    One that is known until a day counts as open on that day. Raises ValueError for a spell of less than 0 days.
    """
    ends: Counter[int] = Counter()
    leaves: Counter[int] = Counter()
    for spell in spells:
        if spell.days < 0:
            raise ValueError(f"A spell of {spell.days} days ends before it begins.")
        leaves[spell.days] += 1
        ends[spell.days] += spell.is_over
    if not leaves:
        return None
    steps, share, variance, at_risk = [], 1.0, 0.0, leaves.total()
    for days in sorted(leaves):
        if ended := ends[days]:
            share *= 1 - ended / at_risk
            variance += ended / (at_risk * (at_risk - ended)) if ended < at_risk else 0
            low = high = 0.0
            if share:
                log = math.log(share)
                reach = z * math.sqrt(variance) / log
                low, high = sorted(math.exp(-math.exp(math.log(-log) + side * reach)) for side in (-1, 1))
            steps.append(StepDown(days, at_risk, ended, share, Interval(low, high)))
        at_risk -= leaves[days]
    return Survival(leaves.total(), ends.total(), max(leaves), tuple(steps))

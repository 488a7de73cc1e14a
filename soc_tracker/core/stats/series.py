"""How much of a recent month is recorded so far, judged from how late earlier months were recorded.

Source: the chain-ladder estimate of reporting delay: J. F. Lawless,
Adjustments for reporting delays, Canadian Journal of Statistics 22 (1994), 15–31.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

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
    delays = tuple(sum(counts[delay] for counts in triangle.values() if delay < len(counts)) for delay in range(oldest))
    if len(triangle) < FEWEST_MONTHS or extracts < FEWEST_EXTRACTS:
        return Completeness(delays, None)
    growth = []  # by what a month's count grows at each delay (1 + θ), over the months old enough to have seen it
    for delay in range(1, oldest):
        old_enough = [counts for counts in triangle.values() if len(counts) > delay]
        before = sum(sum(counts[:delay]) for counts in old_enough)
        added = sum(counts[delay] for counts in old_enough)
        if before > 0 and before + added > 0:
            growth.append((before + added) / before)
        elif before == added == 0:
            growth.append(1.0)
        else:
            return Completeness(delays, None)
    seen = {month: 1 / math.prod(growth[max(len(counts) - 1, 0) :]) for month, counts in triangle.items() if counts}
    return Completeness(delays, seen)


# XmR chart: whether a series over time moves by more than its usual month-to-month variation.


LIMIT, UNUSUAL_RANGE = 2.66, 3.267
RUN = 7
ENOUGH = 12


@dataclass(frozen=True)
class Signal:
    """A rule that the points from ``first`` to ``last`` (positions from 0, inclusive) break."""

    rule: str
    first: int
    last: int


@dataclass(frozen=True)
class Xmr:
    """Centre and limits in the unit of the values. ``trial`` says that fewer than 12 points made the limits."""

    centre: float
    lower: float
    upper: float
    trial: bool
    signals: tuple[Signal, ...]

    @property
    def runs(self) -> list[Signal]:
        """The signals in order of time, those that share a point as one with all their rules."""
        runs: list[Signal] = []
        for signal in self.signals:
            if runs and signal.first <= runs[-1].last:
                rules = dict.fromkeys([*runs[-1].rule.split("; "), signal.rule])
                runs[-1] = Signal("; ".join(rules), runs[-1].first, max(runs[-1].last, signal.last))
            else:
                runs.append(signal)
        return runs


def xmr(values: Sequence[float]) -> Xmr | None:
    """The chart of a series in order of time; None under two values, for then nothing varies.

    Leave out months that are not yet fully recorded. The lower limit may be
    below 0; a page that shows counts draws it at 0.
    """
    if len(values) < 2:
        return None
    centre = sum(values) / len(values)
    steps = [later - earlier for earlier, later in pairwise(values)]
    ranges = [abs(step) for step in steps]
    # Unusually large moving ranges are left out, once, so that one leap does not widen the limits.
    usual = [size for size in ranges if size < UNUSUAL_RANGE * sum(ranges) / len(ranges)] or ranges
    reach = LIMIT * sum(usual) / len(usual)
    signals = [Signal("beyond a limit", at, at) for at, value in enumerate(values) if abs(value - centre) > reach]
    for sign, side, way in ((1, "above", "rising"), (-1, "below", "falling")):
        offsets = [sign * (value - centre) for value in values]
        signals += _runs(offsets, RUN, f"{RUN} in a row {side} the centre")
        rises = _runs([sign * step for step in steps], RUN - 1, f"{RUN} in a row {way}")
        signals += [Signal(run.rule, run.first, run.last + 1) for run in rises]
        outer = [offset > 0 and offset >= reach * 2 / 3 for offset in offsets]
        twos = [at for at in range(len(outer) - 2) if sum(outer[at : at + 3]) >= 2]
        signals += [Signal("2 of 3 in the outer third", at, at + 2) for at in twos]
    signals.sort(key=lambda signal: (signal.first, signal.rule))
    return Xmr(centre, centre - reach, centre + reach, len(values) < ENOUGH, tuple(signals))


def _runs(numbers: Sequence[float], length: int, rule: str) -> list[Signal]:
    """Each unbroken run of positive numbers that is at least so long."""
    runs, first = [], 0
    for at, number in enumerate([*numbers, 0.0]):
        if number > 0:
            continue
        if at - first >= length:
            runs.append(Signal(rule, first, at - 1))
        first = at + 1
    return runs

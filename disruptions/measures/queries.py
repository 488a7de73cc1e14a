"""Measures of disruptions as at a day: counts, and shares with what it takes to trust them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from disruptions.choices import ASSESSED, FourP, Involvement, Size
from disruptions.counts.queries import Scope, count_by
from disruptions.standpoint.queries import Standpoint
from soc_tracker.core.stats.shares import Interval, whole_percent, wilson


@dataclass(frozen=True)
class Share:
    """x of n. Where n is 0 there is no share: "no records", not 0 percent."""

    x: int
    n: int

    @property
    def of_one(self) -> Fraction | None:
        """The share from 0 to 1."""
        return Fraction(self.x, self.n) if self.n else None

    @property
    def percent(self) -> int | None:
        """Whole percent, a half rounded up."""
        return None if self.of_one is None else whole_percent(self.of_one)

    @property
    def interval(self) -> Interval | None:
        """The 95% Wilson interval, as shares from 0 to 1."""
        return wilson(self.x, self.n)


# Disruptions of a period as at a day, by body, 4P and size.


Cells = Mapping[tuple, int]


@dataclass(frozen=True)
class Counts:
    """How many disruptions there are of each 4P and size; what is not in ``by`` is none.

    Those not yet assessed are told beside the others and never among them.
    """

    by: Mapping[tuple[str, str], int]

    @cached_property
    def n(self) -> int:
        """Those that were assessed: of lead disruptions, what that word means on every page."""
        return sum(map(self.of_size, ASSESSED))

    @property
    def not_assessed(self) -> int:
        return self.of_size(Size.NOT_ASSESSED)

    @property
    def beside(self) -> str:
        """What is told beside the others, in a sentence; "" where all were assessed."""
        number = self.not_assessed
        return f"{number:,} more {'is' if number == 1 else 'are'} not yet assessed, and not counted." if number else ""

    def of(self, four_p: FourP, size: Size) -> int:
        return self.by.get((four_p, size), 0)

    def of_four_p(self, four_p: FourP) -> int:
        return sum(self.of(four_p, size) for size in ASSESSED)

    def of_size(self, size: Size) -> int:
        return sum(self.of(four_p, size) for four_p in FourP)

    def share(self, four_p: FourP) -> Share:
        """Of all assessed disruptions of these counts, those of one P."""
        return Share(self.of_four_p(four_p), self.n)


def together(counts: Iterable[Counts]) -> Counts:
    """The sum over several bodies or months."""
    by: dict[tuple[str, str], int] = defaultdict(int)
    for one in counts:
        for key, number in one.by.items():
            by[key] += number
    return Counts(dict(by))


@dataclass(frozen=True)
class PeriodCounts:
    """Everything counted of some bodies in a period as at a day, from one read.

    ``cells`` counts by body, involvement, month of activity (its first day), 4P and size, those not yet assessed too.
    """

    organisations: frozenset[int]
    cells: Cells

    @cached_property
    def lead(self) -> dict[int, Counts]:
        """For every body that was asked for: one with n = 0 has no records in the period."""
        counts = self._by(Involvement.LEAD, lambda body, month: body)
        return {body: counts.get(body, Counts({})) for body in self.organisations}

    @cached_property
    def support(self) -> dict[int, Counts]:
        """Only the bodies that supported any."""
        return self._by(Involvement.SUPPORT, lambda body, month: body)

    @cached_property
    def lead_by_month(self) -> dict[tuple[date, str], int]:
        """The lead disruptions of all the bodies together by month and 4P, where there are any."""
        months = self._by(Involvement.LEAD, lambda body, month: month)
        counts = {(month, p): counts.of_four_p(p) for month, counts in months.items() for p in FourP}
        return {key: number for key, number in counts.items() if number}

    def _by(self, involvement: Involvement, key: Callable[[int, date], Any]) -> dict[Any, Counts]:
        groups: dict[Any, dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
        for (body, how, month, four_p, size), number in self.cells.items():
            if how == involvement:
                groups[key(body, month)][four_p, size] += number
        return {group: Counts(dict(by)) for group, by in groups.items()}


def period_counts(standpoint: Standpoint, organisations: Iterable[int], first: date, last: date) -> PeriodCounts:
    """Lead and support disruptions of the bodies, month by month."""
    bodies = frozenset(organisations)
    scope = of_bodies(standpoint, bodies, first, last)
    cells = count_by(scope, "organisation", "involvement", "activity_month", "four_p", "size") if bodies else {}
    return PeriodCounts(bodies, cells)


def lead_counts(standpoint: Standpoint, organisations: Iterable[int], first: date, last: date) -> dict[int, Counts]:
    """Lead disruptions of every body that was asked for; one with n = 0 has no records in the period."""
    bodies = frozenset(organisations)
    by: dict[int, dict[tuple[str, str], int]] = {body: {} for body in bodies}
    scope = of_bodies(standpoint, bodies, first, last).narrowed({"involvement": frozenset([Involvement.LEAD])})
    for (body, four_p, size), number in (count_by(scope, "organisation", "four_p", "size") if bodies else {}).items():
        by[body][four_p, size] = number
    return {body: Counts(counts) for body, counts in by.items()}


def of_bodies(
    standpoint: Standpoint, organisations: Iterable[int], first: date | None = None, last: date | None = None
) -> Scope:
    values = {"organisation": frozenset(organisations)}
    return Scope(standpoint=standpoint, values=values, activity_from=first, activity_to=last)


# Counts of disruptions by any dimensions, each 4P with its share.


FOUR_P = "four_p"


@dataclass(frozen=True)
class Count:
    """``values`` are in the order of the dimensions; ``share``, where 4P is one, is that of all 4Ps together."""

    values: tuple[Any, ...]
    n: int
    share: Share | None


def breakdown(scope: Scope, dimensions: Sequence[str]) -> list[Count]:
    """The groups that have any; of a group that has, each 4P that was asked for, with 0 where it has none of it.

    Groups come in order of their values; those of none come last, 4P in its own order.
    """
    rank: dict[str, int] = {four_p: place for place, four_p in enumerate(FourP)}

    def in_order(count: Count) -> tuple[Any, ...]:
        texts = ((rank.get(value, -1), value) if isinstance(value, str) else value for value in count.values)
        return tuple((value is None, (0, "") if value is None else value) for value in texts)

    if FOUR_P not in dimensions:
        return sorted((Count(values, n, None) for values, n in count_by(scope, *dimensions).items()), key=in_order)
    wanted = scope.values.get(FOUR_P, frozenset(FourP))
    place = list(dimensions).index(FOUR_P)
    groups: dict[tuple[Any, ...], dict[str, int]] = defaultdict(dict)
    # A share is of all 4Ps, whichever of them are wanted.
    for values, n in count_by(scope.without(FOUR_P), *dimensions).items():
        groups[values[:place] + values[place + 1 :]][values[place]] = n
    counts = []
    for rest, of in groups.items():
        for four_p in (each for each in FourP if each in wanted):
            x = of.get(four_p, 0)
            values = (*rest[:place], str(four_p.value), *rest[place:])
            counts.append(Count(values, x, Share(x, sum(of.values()))))
    return sorted(counts, key=in_order)

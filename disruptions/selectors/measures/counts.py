"""Disruptions of a period as at a day, by body, 4P and size.

A disruption counts when its activity date lies in the period, both ends in
it, the record of the day has it, and it was assessed as major, moderate or
minor. Lead and support disruptions never add up.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from disruptions.choices import ASSESSED, FourP, Involvement, Size
from disruptions.selectors.counts import Scope, count_by
from disruptions.selectors.measures.shares import Share
from disruptions.selectors.record import Standpoint

Cells = Mapping[tuple, int]


@dataclass(frozen=True)
class Counts:
    """How many disruptions there are of each 4P and size; what is not in ``by`` is none."""

    by: Mapping[tuple[str, str], int]

    @cached_property
    def n(self) -> int:
        return sum(self.by.values())

    def of(self, four_p: FourP, size: Size) -> int:
        return self.by.get((four_p, size), 0)

    def of_four_p(self, four_p: FourP) -> int:
        return sum(self.of(four_p, size) for size in ASSESSED)

    def of_size(self, size: Size) -> int:
        return sum(self.of(four_p, size) for four_p in FourP)

    def share(self, four_p: FourP) -> Share:
        """Of all disruptions of these counts, those of one P."""
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

    ``cells`` counts by body, involvement, month of activity (its first day), 4P and size.
    """

    standpoint: Standpoint
    first: date
    last: date
    organisations: frozenset[int]
    cells: Cells

    @cached_property
    def lead(self) -> dict[int, Counts]:
        """For every body that was asked for: one with n = 0 has no records in the period."""
        found = self._by(Involvement.LEAD, lambda body, month: body)
        return {body: found.get(body, Counts({})) for body in self.organisations}

    @cached_property
    def support(self) -> dict[int, Counts]:
        """Only the bodies that supported any."""
        return self._by(Involvement.SUPPORT, lambda body, month: body)

    @cached_property
    def lead_by_month(self) -> dict[date, Counts]:
        """The lead disruptions of all the bodies together, by the months that have any, in order."""
        found = self._by(Involvement.LEAD, lambda body, month: month)
        return {month: found[month] for month in sorted(found)}

    def _by(self, involvement: Involvement, key: Callable[[int, date], Any]) -> dict[Any, Counts]:
        groups: dict[Any, dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
        for (body, how, month, four_p, size), number in self.cells.items():
            if how == involvement:
                groups[key(body, month)][four_p, size] += number
        return {group: Counts(dict(by)) for group, by in groups.items()}


def period_counts(standpoint: Standpoint, organisations: Iterable[int], first: date, last: date) -> PeriodCounts:
    """Lead and support disruptions of the bodies, month by month."""
    bodies = frozenset(organisations)
    scope = _scope(standpoint, bodies, first, last, Involvement)
    cells = count_by(scope, "organisation", "involvement", "activity_month", "four_p", "size") if bodies else {}
    return PeriodCounts(standpoint, first, last, bodies, cells)


def lead_counts(standpoint: Standpoint, organisations: Iterable[int], first: date, last: date) -> dict[int, Counts]:
    """Lead disruptions of every body that was asked for; one with n = 0 has no records in the period."""
    bodies = frozenset(organisations)
    found = _by_body(standpoint, bodies, first, last, Involvement.LEAD)
    return {body: found.get(body, Counts({})) for body in bodies}


def support_counts(standpoint: Standpoint, organisations: Iterable[int], first: date, last: date) -> dict[int, Counts]:
    """Support disruptions, only of the bodies that have any."""
    return _by_body(standpoint, frozenset(organisations), first, last, Involvement.SUPPORT)


def _by_body(
    standpoint: Standpoint, bodies: frozenset[int], first: date, last: date, involvement: Involvement
) -> dict[int, Counts]:
    by: dict[int, dict[tuple[str, str], int]] = defaultdict(dict)
    scope = _scope(standpoint, bodies, first, last, [involvement])
    for (body, four_p, size), number in (count_by(scope, "organisation", "four_p", "size") if bodies else {}).items():
        by[body][four_p, size] = number
    return {body: Counts(counts) for body, counts in by.items()}


def _scope(
    standpoint: Standpoint, bodies: frozenset[int], first: date, last: date, involvements: Iterable[Involvement]
) -> Scope:
    values = {"organisation": bodies, "size": frozenset(ASSESSED), "involvement": frozenset(involvements)}
    return Scope(standpoint=standpoint, values=values, activity_from=first, activity_to=last)

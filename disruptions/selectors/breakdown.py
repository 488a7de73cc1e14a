"""Counts of disruptions by any dimensions, each 4P with its share."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from disruptions.choices import FourP
from disruptions.selectors.counts import Scope, count_by
from disruptions.selectors.measures import Share

FOUR_P = "four_p"


@dataclass(frozen=True)
class Count:
    """``values`` are in the order of the dimensions; ``share``, where 4P is one, is that of all 4Ps together."""

    values: tuple[Any, ...]
    n: int
    share: Share | None


def breakdown(scope: Scope, dimensions: Sequence[str]) -> list[Count]:
    """The groups that have any; of a group that has, each 4P that was asked for, with 0 where it has none of it."""
    if FOUR_P not in dimensions:
        found = count_by(scope, *dimensions)
        return [Count(values, found[values], None) for values in sorted(found, key=_in_order)]
    shown = scope.values.get(FOUR_P, frozenset(FourP))
    # A share is of all 4Ps, whichever of them are shown.
    counts = _with_shares(count_by(scope.without(FOUR_P), *dimensions), list(dimensions).index(FOUR_P), shown)
    return sorted(counts, key=lambda count: _in_order(count.values))


def _with_shares(found: dict[tuple, int], place: int, shown: frozenset) -> list[Count]:
    groups: dict[tuple, dict[str, int]] = defaultdict(dict)
    for values, n in found.items():
        groups[values[:place] + values[place + 1 :]][values[place]] = n
    return [
        Count((*rest[:place], str(four_p.value), *rest[place:]), of.get(four_p, 0), Share(of.get(four_p, 0), n))
        for rest, of in groups.items()
        for n in [sum(of.values())]
        for four_p in FourP
        if four_p in shown
    ]


def _in_order(values: tuple) -> tuple:
    """Groups in order of their values; those of none come last, 4P in its own order."""
    return tuple((value is None, _rank(value)) for value in values)


def _rank(value: Any) -> Any:
    if isinstance(value, str):
        return (list(FourP.values).index(value) if value in FourP.values else -1, value)
    return (0, "") if value is None else value

"""What the list of disruptions shows above its rows: tabs and a summary, both from the counts of the facets."""

from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

from disruptions.choices import FourP, Involvement, Size
from disruptions.selectors.disruption_list import ListCounts
from soc_tracker.lib.facets import Counts
from soc_tracker.lib.stats import whole_percent


class Tab(NamedTuple):
    """One P, or all; ``number`` is None where rows were not counted, ``share`` (whole percent of all) for all too."""

    text: str
    url: str
    current: bool
    number: int | None
    share: int | None


def tabs(counts: Counts, chosen: Collection[str], url: Callable[[str], str]) -> list[Tab]:
    """``url`` gives the address of a P's list, of all for ""."""
    n = None if counts is None else sum(counts.values())
    every = Tab("All", url(""), not chosen, n, None)
    return [every, *(_tab(four_p, list(chosen) == [four_p], counts, n, url(four_p)) for four_p in FourP)]


def _tab(four_p: FourP, current: bool, counts: Counts, n: int | None, url: str) -> Tab:
    if counts is None:
        return Tab(four_p.label, url, current, None, None)
    x = counts.get(four_p, 0)
    return Tab(four_p.label, url, current, x, whole_percent(x / n) if n else None)


def summary(counts: Mapping[str, Mapping[str, int]], chosen: Mapping[str, Collection]) -> list[tuple[str, int]]:
    """How many rows of the list are lead, support, and of each size: of what the filter leaves in."""
    return [
        (str(member.label), counts[dimension].get(member, 0))
        for dimension, members in (("involvement", Involvement), ("size", Size))
        for member in members
        if member in chosen.get(dimension, members)
    ]


def number_in_words(counts: ListCounts) -> str:
    """How many rows the list has, or that it has more than are counted."""
    return f"more than {counts.most:,}" if counts.total is None else f"{counts.total:,}"


def shown_in_words(counts: ListCounts, shown: int) -> str:
    """How many of the rows are on the page."""
    return f"{shown:,} in all" if shown == counts.total else f"{shown:,} shown of {number_in_words(counts)}"

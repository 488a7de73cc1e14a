"""What loading holds in memory, and whether that grows with the file."""

from collections.abc import Sequence

from bench.cases import MEGABYTE, NAMES, Case, in_words
from bench.table import Row

Loadings = Sequence[tuple[Case, int]]
"""Databases, each with the bytes that its loading took over the idle process."""


def measure(loadings: Loadings) -> list[Row]:
    """The largest against the smallest of a million rows or more: below, a process does not fill its buffers."""
    many = sorted((one for one in loadings if one[0].rows >= 10**6), key=lambda one: one[0].rows)
    if len(many) < 2:
        return []
    (small, least), (large, most) = many[0], many[-1]
    what, against = f"memory of loading over idle at {in_words(large.rows)}", f"at {in_words(small.rows)}"
    return [Row(what, NAMES[large.vendor], most / MEGABYTE, "MB", least / MEGABYTE, against, most=1.2)]

"""What is seen of a sheet before it is read: its first rows, and what of it is hidden or merged."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from soc_tracker.core.imports.cells import Cell

MOST_LINES = 1 << 20


class Merged(NamedTuple):
    """Cells that are one over several rows: their lines, and the places of their columns."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True)
class Head:
    """``rows`` are the first that are not blank, by line; long texts are cut. A CSV file has no ``name``.

    ``hidden_rows`` are runs of lines that have cells, ``hidden_columns`` runs of places in a row, ``percents`` places
    of columns that show percentages. ``unfit`` says why the sheet cannot be read.
    """

    name: str
    rows: Sequence[tuple[int, Sequence[Cell]]]
    height: int = 0
    hidden_rows: Sequence[tuple[int, int]] = ()
    hidden_columns: Sequence[tuple[int, int]] = ()
    merged: Sequence[Merged] = ()
    percents: Sequence[int] = ()
    unfit: str = ""

    def hides(self, line: int) -> bool:
        run = bisect_right(self.hidden_rows, (line, MOST_LINES)) - 1
        return run >= 0 and line <= self.hidden_rows[run][1]

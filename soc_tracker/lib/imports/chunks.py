"""A stretch of a sheet, held by columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from soc_tracker.lib.imports.cells import Cell, is_blank, shown
from soc_tracker.lib.imports.formulas import without_guard
from soc_tracker.lib.imports.memo import Fault


@dataclass(frozen=True)
class Chunk:
    """Rows that follow one another; blank ones are left out.

    ``lines``: each row's number as a spreadsheet shows it. ``columns``: one list a heading, as long as ``lines``.
    ``faults``: by line, a row with more cells than there are headings; the row itself is cut to the headings.
    """

    lines: Sequence[int]
    columns: Sequence[Sequence[Cell]]
    faults: dict[int, Fault] = field(default_factory=dict)

    @cached_property
    def rows(self) -> list[list[Cell]]:
        """The same by rows. Where only a few rows are wanted, ``row`` is quicker."""
        return [list(row) for row in zip(*self.columns, strict=True)]

    def row(self, index: int) -> list[Cell]:
        """The row whose number is ``lines[index]``."""
        return [column[index] for column in self.columns]

    def without(self, places: Sequence[int]) -> "Chunk":
        """The same without these columns."""
        return Chunk(self.lines, [c for place, c in enumerate(self.columns) if place not in places], self.faults)

    def without_guards(self) -> "Chunk":
        """The same with the texts that were guarded against being run as formulas."""
        return Chunk(self.lines, [[without_guard(cell) for cell in column] for column in self.columns], self.faults)

    def without_blank_rows(self) -> "Chunk":
        kept = [index for index in range(len(self.lines)) if not is_blank(self.row(index))]
        columns = [[column[index] for index in kept] for column in self.columns]
        return Chunk([self.lines[index] for index in kept], columns, self.faults)

    def parts(self, most: int) -> Iterator["Chunk"]:
        """The same in parts of at most so many rows."""
        if len(self.lines) <= most:
            yield self
            return
        for start in range(0, len(self.lines), most):
            lines = self.lines[start : start + most]
            faults = {line: fault for line, fault in self.faults.items() if lines[0] <= line <= lines[-1]}
            yield Chunk(lines, [column[start : start + most] for column in self.columns], faults)


def chunk_of(rows: Sequence[Sequence[Cell]], first_line: int, width: int) -> Chunk:
    """Rows as they come from a file, made equally long."""
    lines, fitting, faults = [], [], {}
    for line, row in enumerate(rows, first_line):
        if is_blank(row):
            continue
        if not is_blank(row[width:]):
            faults[line] = _too_long(row[width:], width)
        lines.append(line)
        fitting.append([*row[:width], *[""] * (width - len(row))])
    columns = [list(column) for column in zip(*fitting, strict=True)]
    return Chunk(lines, columns or [[] for _ in range(width)], faults)


def _too_long(rest: Sequence[Cell], width: int) -> Fault:
    value = shown(", ".join(shown(cell) for cell in rest[:50]))
    return Fault("after the last heading", value, f"a row of at most {width} cells, as many as there are headings")

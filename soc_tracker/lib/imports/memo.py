"""The cells of one column, parsed: each different cell once."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from soc_tracker.lib.imports.cells import Cell, shown
from soc_tracker.lib.imports.headings import Field
from soc_tracker.lib.imports.texts import TextParser

MOST_REMEMBERED = 20_000
"""Different cells that a memo holds before it starts afresh: about 3 MB of short texts."""


class Fault(NamedTuple):
    """What is wrong with one row: the heading of the column, the value as it stands there, what was expected."""

    column: str
    value: str
    expected: str

    def __str__(self) -> str:
        return f"{self.column}: “{self.value}”, expected {self.expected}"


class Memo(dict[Cell, Any]):
    """From cell to parsed value, at the speed of a dictionary. A cell that cannot be parsed becomes a Fault.

    Use one for each column of one file::

        memo = Memo(field, heading)
        values = memo.column(chunk.columns[place])
        if memo.faulty:  # some cell of this column, in this chunk or an earlier one
            faults = [(line, v) for line, v in zip(chunk.lines, values) if type(v) is Fault]
    """

    def __init__(self, field: Field, heading: str = "", most: int = MOST_REMEMBERED) -> None:
        super().__init__()
        self.faulty = False
        self._field, self._heading, self._most = field, heading or field.heading, most

    def column(self, cells: Sequence[Cell]) -> list[Any]:
        """All cells parsed; texts, which differ from row to row, together while none of them is wrong."""
        parse = self._field.parse
        texts = parse.column(cells) if isinstance(parse, TextParser) else None
        return list(map(self.__getitem__, cells)) if texts is None else texts

    def __missing__(self, cell: Cell) -> Any:
        if len(self) >= self._most:
            self.clear()
        try:
            value = self._field.parse(cell)
        except ValueError:
            value = Fault(self._heading, shown(cell), self._field.expected)
            self.faulty = True
        self[cell] = value
        return value

"""Texts that differ from row to row: references, names, summaries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from soc_tracker.lib.imports.cells import Cell, as_text

NUL = "\0"
"""No database keeps it in a text."""


@dataclass(frozen=True)
class TextParser:
    """Text without the spaces around it; a number typed where text belongs is text too. None: of any length."""

    max_length: int | None
    required: bool

    def __call__(self, cell: Cell) -> str:
        text = as_text(cell).strip()
        if NUL in text or (self.required and not text) or (self.max_length is not None and len(text) > self.max_length):
            raise ValueError(text)
        return text

    def column(self, cells: Sequence[Cell]) -> list[str] | None:
        """A whole column, several times quicker. None: not every cell is a text that is right."""
        try:
            texts = list(map(str.strip, cast(Sequence[str], cells)))
        except TypeError:  # a number or a date
            return None
        if NUL in "".join(texts) or (self.required and "" in texts):
            return None
        return texts if self.max_length is None or max(map(len, texts), default=0) <= self.max_length else None


def parse_text(max_length: int | None, *, required: bool = True) -> TextParser:
    return TextParser(max_length, required)

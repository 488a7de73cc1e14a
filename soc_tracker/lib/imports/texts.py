"""Texts that differ from row to row: references, names, summaries."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from soc_tracker.lib.clean import clean_line, clean_text, is_plain
from soc_tracker.lib.imports.cells import Cell, as_text


@dataclass(frozen=True)
class TextParser:
    """Text cleaned by ``clean``; a number typed where text belongs is text too. None: of any length."""

    max_length: int | None
    required: bool
    clean: Callable[[str], str]

    def __call__(self, cell: Cell) -> str:
        text = self.clean(as_text(cell))
        if (self.required and not text) or (self.max_length is not None and len(text) > self.max_length):
            raise ValueError(text)
        return text

    def column(self, cells: Sequence[Cell]) -> list[str] | None:
        """A whole column, several times quicker. None: not every cell is a text that is right."""
        try:
            texts = list(map(str.strip, cast(Sequence[str], cells)))
        except TypeError:  # a number or a date
            return None
        if not is_plain("".join(texts)):
            texts = list(map(self.clean, texts))
        if self.required and "" in texts:
            return None
        return texts if self.max_length is None or max(map(len, texts), default=0) <= self.max_length else None


def parse_text(
    max_length: int | None, *, required: bool = True, clean: Callable[[str], str] | None = None
) -> TextParser:
    """Of any length, text may have several lines; of a limited one, it is one line, unless ``clean`` says otherwise."""
    return TextParser(max_length, required, clean or (clean_line if max_length else clean_text))

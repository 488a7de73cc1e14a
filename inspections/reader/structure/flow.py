"""Blocks of a file that says itself what its parts are: a web page, a Word document."""

from collections.abc import Callable, Collection
from dataclasses import replace

from inspections.reader.structure.blocks import Block, BlockKind, table
from inspections.reader.structure.furniture import CONTENTS_NAMES, contents_of
from inspections.reader.structure.outline import outlined
from inspections.reader.structure.wording import (
    NUMBER_ALONE,
    count_of_heading,
    folded,
    is_count,
    is_heading,
    marker_of,
    plain,
)

DEEPEST = 9
"""Of headings."""


def letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26)


def roman(number: int) -> str:
    signs = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    text = ""
    for value, sign in signs:
        text += sign * (number // value)
        number %= value
    return text


COUNTS: dict[str, Callable[[int], str]] = {
    "1": str,
    "a": letter,
    "A": lambda number: letter(number).upper(),
    "i": roman,
    "I": lambda number: roman(number).upper(),
}
"""How the items of a list are counted."""


class Flow:
    """Takes the parts in their order. ``page``, ``line`` and ``box`` are where the next one stands."""

    def __init__(self, labels: Collection[str]) -> None:
        self.labels = {label.casefold() for label in labels}
        self.blocks: list[Block] = []
        self.raws: list[str] = []
        self.page: int | None = None
        self.line = 1
        self.box: int | None = None
        self.boxes = 0
        self.level = 0

    def add(self, kind: BlockKind, text: str, level: int = 0, marker: str = "", raw: str = "") -> None:
        """Add a block as it is. ``raw`` is its text with its tabs, where it may be of the contents."""
        if text := plain(text):
            self.blocks.append(Block(kind, text, self.page, self.line, level, marker, self.box))
            self.raws.append(raw.strip())

    def heading(self, text: str, level: int, marker: str = "") -> None:
        """A heading, unless its words are those of a label or stand for the contents."""
        text = plain(text)
        if text.casefold() in self.labels or NUMBER_ALONE.fullmatch(text):
            self.add(BlockKind.LABEL, text)
        elif folded(text) in CONTENTS_NAMES:
            self.add(BlockKind.CONTENTS, text)
        else:
            if not marker:
                marker, text = count_of_heading(text)
            self.add(BlockKind.HEADING, text, min(level, DEEPEST), marker)
            self.level = level

    def paragraph(self, text: str, *, is_bold: bool = False) -> None:
        """A paragraph; one in bold letters that reads as a heading is one below the last heading of the file."""
        raw, text = text, plain(text)
        marker, rest = marker_of(text)
        if text.casefold() in self.labels or NUMBER_ALONE.fullmatch(text):
            self.add(BlockKind.LABEL, text)
        elif marker and not is_count(marker):
            self.add(BlockKind.ITEM, rest, 1, marker)
        elif is_bold and is_heading(rest):
            level = self.level
            self.heading(text, level + 1)
            self.level = level
        else:
            self.add(BlockKind.PARAGRAPH, rest, marker=marker, raw=raw)

    def table(self, rows: list[list[str]]) -> None:
        """A table; rows that are shorter than others end in empty cells."""
        cells = [[plain(cell) for cell in row] for row in rows if any(map(plain, row))]
        width = max(map(len, cells), default=0)
        whole = tuple(tuple(row + [""] * (width - len(row))) for row in cells)
        if whole:
            self.blocks.append(table(whole, page=self.page, line=self.line, box=self.box))
            self.raws.append("")

    def document(self) -> tuple[Block, ...]:
        """All blocks in their places; paragraphs that are titles with the numbers of pages are contents."""
        contents = contents_of([(block.text, raw, 0) for block, raw in zip(self.blocks, self.raws, strict=True)])
        return outlined(
            replace(block, kind=BlockKind.CONTENTS, text=plain(raw), marker="") if at in contents.entries else block
            for at, (block, raw) in enumerate(zip(self.blocks, self.raws, strict=True))
        )

    def open_box(self) -> bool:
        """Begin a box, unless one is open. Whether it has begun."""
        if self.box is not None:
            return False
        self.boxes += 1
        self.box = self.boxes
        return True

"""What a file is made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class UnreadableReportError(Exception):
    """A file that cannot be read as a report. The message says what is wrong with it and what to do."""


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    LABEL = "label"
    TABLE = "table"
    CONTENTS = "contents"
    RUNNING_HEAD = "running head"
    FOOTNOTE = "footnote"

    @property
    def is_body(self) -> bool:
        """Whether it is part of what the report says, and not of its furniture."""
        return self not in (BlockKind.CONTENTS, BlockKind.RUNNING_HEAD)


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a report.

    ``number`` is its place among the blocks, from 0. ``text`` is one line: words that were divided are whole, marks of
    the glossary are gone, and so is the ``marker`` that stood before it as printed ("•", "3.", "(b)", "2.14").
    ``page`` counts from 1 and is None where the file has no pages; ``line`` counts from 1, on the page or in the file.
    ``level`` is 1 for the chief headings, and for the outermost items of a list; 0 for what has none.
    ``path`` holds the headings above it, the chief one first; a heading is not in its own path.
    ``lead`` is the number of the block that introduces an item: the paragraph or heading before its list, or the item
    that it is part of. ``box`` is the same number for all blocks of a box, and None outside one.
    ``rows`` are the cells of a table, the headings of its columns first; ``text`` has them too, by " | " and " / ".
    A label is a word or number alone in its line that says something of the section, such as a grade.
    """

    kind: BlockKind
    text: str
    page: int | None
    line: int
    level: int = 0
    marker: str = ""
    box: int | None = None
    rows: tuple[tuple[str, ...], ...] = ()
    number: int = 0
    path: tuple[str, ...] = ()
    lead: int | None = None

    @property
    def place(self) -> str:
        """Where it stands, as a locator says it: "page 12, line 3"."""
        return f"page {self.page}, line {self.line}" if self.page else f"line {self.line}"


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it was read. ``form`` says what it is ("text", "PDF"), ``notes`` what its reader should know."""

    name: str
    form: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    title: str = ""
    notes: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Block]:
        return iter(self.blocks)

    def items(self, lead: Block) -> list[Block]:
        """The items of the list that a block introduces, outermost first, in their order."""
        return [block for block in self.blocks if block.lead == lead.number]


def table(rows: tuple[tuple[str, ...], ...], *, page: int | None, line: int, box: int | None = None) -> Block:
    """A table, its cells also as words."""
    return Block(BlockKind.TABLE, " / ".join(" | ".join(row) for row in rows), page, line, box=box, rows=rows)

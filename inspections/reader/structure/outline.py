"""Blocks in a row become a document: each gets its number, the headings above it and what introduces it."""

from collections.abc import Iterable
from dataclasses import replace

from inspections.reader.structure.blocks import Block, BlockKind
from inspections.reader.structure.wording import Joiner, goes_on, is_count, is_next_letter, is_open

SAYS = (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.LABEL, BlockKind.TABLE)
"""What is read one after the other; footnotes and furniture stand between."""


def outlined(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks with ``number``, ``path`` and ``lead``. What stands below a heading in a box ends with the box."""
    blocks = list(blocks)
    full = {
        block.box for block in blocks if block.box is not None and block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)
    }
    result: list[Block] = []
    above: list[Block] = []
    items: list[Block] = []
    lead: int | None = None
    for number, block in enumerate(blocks):
        above = [heading for heading in above if heading.box not in full or heading.box == block.box]
        if block.kind == BlockKind.HEADING:
            above = [heading for heading in above if heading.level < block.level]
        if block.kind == BlockKind.ITEM:
            items = [item for item in items if item.level < block.level]
        introduction = items[-1].number if items else lead
        placed = replace(
            block,
            number=number,
            path=tuple(heading.text for heading in above),
            lead=introduction if block.kind == BlockKind.ITEM else None,
        )
        result.append(placed)
        if block.kind == BlockKind.ITEM:
            items.append(placed)
        if block.kind == BlockKind.HEADING:
            above.append(placed)
        if block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH):
            items, lead = [], number
    return tuple(result)


def rejoined(blocks: Iterable[Block], joiner: Joiner, *, is_sure_of_headings: bool = False) -> list[Block]:
    """The blocks with those made whole that a page divided: one ends, and the next begins, within a sentence.

    What was taken for a heading by its words alone is no heading where a sentence goes on below it.
    """
    result: list[Block] = []
    for block in blocks:
        at = next((at for at in reversed(range(len(result))) if result[at].kind in SAYS), None)
        if block.kind == BlockKind.PARAGRAPH and not block.marker and goes_on(block.text) and at is not None:
            before = result[at]
            is_heading = before.kind == BlockKind.HEADING and not is_sure_of_headings
            kind = BlockKind.PARAGRAPH if is_heading else before.kind
            is_part = is_open(before.text) and not is_next_letter(before.text, block.text)
            if kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) and is_part:
                result[at] = replace(before, kind=kind, text=joiner.join(before.text, block.text))
                continue
        result.append(block)
    return result


class Nesting:
    """How deep the items of a list stand within each other: by their indent, and by what their markers look like."""

    def __init__(self) -> None:
        self.open: list[tuple[float, str]] = []
        self.introduces = False

    def level(self, indent: float, marker: str, text: str) -> int:
        """The level of the next item. One after an item that ends in a colon is part of it, unless they look alike."""
        counted = marker.strip("().") if is_count(marker) else ""
        style = marker.replace(counted, "1" if counted[:1].isdigit() else "a") if counted else marker
        self.open = [(other, look) for other, look in self.open if other <= indent]
        beside = [at for at, (other, look) in enumerate(self.open) if other == indent]
        alike = [at for at in beside if self.open[at][1] == style]
        if alike:
            del self.open[alike[0] :]
        elif beside and not self.introduces:
            del self.open[beside[0] :]
        self.open.append((indent, style))
        self.introduces = text.endswith(":")
        return len(self.open)

    def close(self) -> int:
        """The list has ended. The level of what is no item."""
        self.open, self.introduces = [], False
        return 0

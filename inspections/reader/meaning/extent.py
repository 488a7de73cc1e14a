"""How far a recommendation goes: from its label over its text to its list, and to the lines beside it."""

import re
from collections.abc import Collection, Sequence

from inspections.reader.meaning.asking import DUE_LINE, MODAL, TO_LINE, asks, place_of
from inspections.reader.meaning.names import is_somebody
from inspections.reader.meaning.phrasebook import Label
from inspections.reader.meaning.standing import Report
from inspections.reader.structure.blocks import Block, BlockKind

LONGEST = 40
"""Blocks of a recommendation."""
LONGEST_TOPIC = 12
"""Words of an item that only names what those within it are about."""
THAT = re.compile(r"that (?:a|an|the|all|every|each|[A-Z])\b", re.IGNORECASE)
"""The beginning of a recommendation that is a clause: "That a register be kept"."""
TO_BEHIND = re.compile(
    r"(?P<label>[A-Za-z]+ (?:no\.? ?)?[\dA-Z.]+),? (?P<to>(?:to|for) (?:the |all |every )?[A-Z][^.:]{2,100})"
)


def label_of(report: Report, block: Block) -> Label | None:
    """The label of a recommendation that a block begins with; of the heading of a list none."""
    if block.kind == BlockKind.HEADING and report.phrasebook.heads_recommendations(block.text):
        return None
    label = report.phrasebook.recommendation_label(block.text)
    if not label and (match := TO_BEHIND.fullmatch(block.text)) and not asks(block.text):
        label = report.phrasebook.recommendation_label(f"{match['label']}: {match['to']}")
    return label


def until_next(report: Report, block: Block, taken: Collection[int]) -> list[Block]:
    """The blocks that may belong to a label: up to the next heading or label, or the end of its box."""
    blocks = []
    for other in report.below(block):
        is_next = label_of(report, other) or report.phrasebook.kind_label(other.text)
        if other.kind == BlockKind.TABLE or is_next or other.number in taken:
            break
        blocks.append(other)
    return [other for other in blocks[:LONGEST] if other.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)]


def as_far_as_it_goes(following: Sequence[Block]) -> list[Block]:
    """Of what follows a label alone: the first block that asks for something, as far as it goes on with an item, within
    a sentence, after a colon, or asking for more.
    """
    first = next((at for at, block in enumerate(following[:4]) if asks(block.text)), 0)
    blocks = list(following[first : first + 1])
    for block in following[first + 1 :]:
        is_inside = block.text[:1].islower() or blocks[-1].text.rstrip().endswith((":", ";", ","))
        if not (block.kind == BlockKind.ITEM or is_inside or MODAL.search(block.text[:150])):
            break
        blocks.append(block)
    return blocks


def list_after(report: Report, lead: Block, following: Sequence[Block]) -> list[Block]:
    """The items after a lead, with what is within them: those of a list, or paragraphs that count."""
    if items := report.items_after(lead):
        return [part for item in items for part in report.parts_of(item)]
    place = place_of(following[0].marker) if following else None
    if place is None:
        return list(following[:1])
    counted = list(following[:1])
    for block in following[1:]:
        place += bool(block.marker)
        if place_of(block.marker) != place and (block.marker or not block.text[:1].islower()):
            break
        counted.append(block)
    return counted


def stands_over(report: Report, item: Block) -> bool:
    """Whether an item only names what the items within it are about, or each of those says what should be done."""
    within = report.items_after(item) if item.kind == BlockKind.ITEM else []
    if item.text.endswith(":"):
        return len(within) > 1 and all(MODAL.search(each.text) for each in within)
    is_topic = not asks(item.text) and not item.text.endswith((";", ",")) and len(item.text.split()) <= LONGEST_TOPIC
    parts = report.parts_of(item)[1:] if is_topic else []
    return any(asks(part.text) or THAT.match(part.text) for part in parts)


def lines_beside(following: Sequence[Block]) -> tuple[dict[str, str], list[Block]]:
    """What lines of their own below a label say of it ("Addressed to: …", "By when: …"), and those lines."""
    values = {"to": "", "due": ""}
    lines = []
    for other in following:
        for name, pattern in (("to", TO_LINE), ("due", DUE_LINE)):
            if match := pattern.fullmatch(other.text.strip()):
                values[name] = values[name] or match["rest"]
                lines.append(other)
    return values, lines


def is_whole(text: str) -> bool:
    """Whether what stands behind a label is the recommendation, and not its title or the name of its addressee."""
    return asks(text) or (text.endswith((".", ";")) and not is_somebody(text.rstrip(".;")))

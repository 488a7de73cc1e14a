"""A recommendation as it was read, told twice or once, and the proposal that it becomes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from inspections.reader.meaning.addressees import Addressee
from inspections.reader.meaning.days import Due
from inspections.reader.meaning.proposals import Confidence, Proposal, ProposalKind
from inspections.reader.meaning.standing import Report
from inspections.reader.structure.blocks import Block

LABELLED = "It has a label of its own."
SAME = 87
"""Likeness of two wordings, of 100, from which on they are one recommendation."""
SAME_NUMBER = 55
"""The same where both bear one number."""


@dataclass(frozen=True)
class Draft:
    """A recommendation as it was read, before those that are told twice become one."""

    text: str
    blocks: tuple[Block, ...]
    confidence: Confidence
    why: str
    label: str = ""
    due: Due | None = None
    addressee: Addressee = field(default_factory=Addressee)
    concern: int | None = None
    is_told: bool = False
    """A sentence of the prose says so, outside any list."""


def merged(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts in their order, each recommendation once: the fuller wording, with what the others know besides."""
    result: list[Draft] = []
    for draft in drafts:
        at = next((at for at, other in enumerate(result) if is_same(draft, other)), None)
        if at is None:
            result.append(draft)
            continue
        first = result[at]
        fuller = first if len(first.text) >= len(draft.text) or first.label else draft
        result[at] = replace(
            fuller,
            label=first.label or draft.label,
            due=first.due or draft.due,
            addressee=first.addressee if first.addressee.name else draft.addressee,
            blocks=(*first.blocks, *(block for block in draft.blocks if block not in first.blocks)),
            concern=first.concern if first.concern is not None else draft.concern,
        )
    return result


def is_same(draft: Draft, other: Draft) -> bool:
    """Whether a report gives one recommendation twice, as in its summary and in its chapter."""
    from rapidfuzz import fuzz  # loaded where it is needed

    one, two = plain(draft.text), plain(other.text)
    if draft.blocks[0] is other.blocks[0] or (draft.label and other.label and draft.label != other.label):
        return False
    likeness = max(fuzz.token_sort_ratio(one, two), fuzz.partial_ratio(one, two) if min(len(one), len(two)) > 60 else 0)
    return bool(likeness >= (SAME_NUMBER if draft.label and draft.label == other.label else SAME))


def plain(text: str) -> str:
    """Without what differs between two places: "we recommend that", numbers of lists."""
    return re.sub(r"^.*?\brecommend(?:s|ed)?(?: that)?\b|\W+", " ", text.casefold()).strip()


def proposal_of(report: Report, draft: Draft, number: int) -> Proposal:
    """The draft as a proposal, less certain where it is not clear to whom it speaks."""
    confidence, why = draft.confidence, draft.why
    if not draft.addressee.name:
        confidence, why = confidence.weaker, f"{why} To whom it speaks is not said."
    due = draft.due
    values = {
        "text": draft.text,
        "number": number,
        "label": draft.label,
        "addressed_to": draft.addressee.slug,
        "addressee": draft.addressee.name,
        "addressees": list(draft.addressee.slugs),
        "due_on": due.on if due else None,
        "due_precision": due.precision.value if due else "none",
        "due_as_published": due.words if due else "",
        **report.place_of(report.standings[draft.blocks[0].number]),
    }
    if due and due.counted:
        why = f"{why} Its term counts from {due.counted}."
    blocks = draft.blocks
    passage, numbers = "\n".join(block.text for block in blocks), tuple(block.number for block in blocks)
    kind = ProposalKind.RECOMMENDATION
    proposal = Proposal(kind, values, confidence, why, passage, numbers, blocks[0].page, blocks[0].line)
    return replace(proposal, part_of=draft.concern)

"""A recommendation as it was read, and the proposal that it becomes."""

from dataclasses import dataclass, field, replace

from inspections.reader.meaning.addressees import Addressee
from inspections.reader.meaning.days import Due
from inspections.reader.meaning.proposals import Confidence, Proposal, ProposalKind
from inspections.reader.meaning.standing import Report
from inspections.reader.structure.blocks import Block

LABELLED = "It has a label of its own."


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

    @property
    def is_labelled(self) -> bool:
        return self.why == LABELLED


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

"""All rules read a report, and what they propose is numbered in its order."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from inspections.reader.meaning.asking import MODAL
from inspections.reader.meaning.figures import figures
from inspections.reader.meaning.findings import findings
from inspections.reader.meaning.gradings import gradings
from inspections.reader.meaning.headings import is_topic
from inspections.reader.meaning.occasions import occasion, references
from inspections.reader.meaning.phrasebook import Phrasebook
from inspections.reader.meaning.proposals import Proposal, ProposalKind, Reading, Unread
from inspections.reader.meaning.recommendations import recommendations
from inspections.reader.meaning.standing import Report, stand
from inspections.reader.structure.blocks import Block, BlockKind, Document

WHY_NO_OBSERVATION = {True: "A heading that only names a topic.", False: "A heading with nothing of its own below it."}


def read(document: Document, phrasebook: Phrasebook) -> Reading:
    """What a report seems to say, and what nothing was made of."""
    if not document.blocks:
        return Reading(notes=("The file holds no text.",))
    report = stand(document.blocks, phrasebook, document.title)
    proposals = [occasion(report), *gradings(report), *findings(report), *recommendations(report), *references(report)]
    proposals += figures(report, proposals)
    numbered = tuple(in_order(proposals, report.phrasebook.concerns))
    read_blocks = {number for proposal in numbered for number in proposal.blocks}
    unread = [
        Unread(block.number, block.page, block.line, block.text, why)
        for block in report.blocks
        if block.number not in read_blocks and block.kind.is_body and (why := why_unread(report, block))
    ]
    notes = []  # what a person should know of the reading as a whole
    if not report.programme:
        notes.append("No programme on record is named in its title.")
    if "body" not in report.roles.values() and not report.about:
        notes.append("No body on record is named in its headings.")
    if not any(proposal.kind == ProposalKind.GRADING for proposal in numbered):
        notes.append("No grade was read.")
    return Reading(numbered, tuple(unread), tuple(notes))


def in_order(proposals: Iterable[Proposal], concerns: Collection[str]) -> Sequence[Proposal]:
    """The proposals as they stand in the report, with their numbers and with those of what they are part of."""
    ranks = {kind: rank for rank, kind in enumerate(ProposalKind)}
    ordered = sorted(
        proposals, key=lambda each: (each.kind != ProposalKind.INSPECTION, each.blocks[:1], ranks[each.kind])
    )
    heads = {each.blocks[0]: number for number, each in enumerate(ordered) if each.kind == ProposalKind.FINDING}
    result: list[Proposal] = []
    concern: int | None = None
    for number, each in enumerate(ordered):
        part_of = heads.get(each.part_of) if each.part_of is not None else None
        if each.kind == ProposalKind.FINDING:
            concern = number if each.values["finding_kind"] in concerns else None
        elif each.kind == ProposalKind.RECOMMENDATION and each.part_of is not None and part_of is None:
            part_of = concern  # one of a list of causes of concern: the last before it
        result.append(replace(each, number=number, part_of=part_of))
    return result


def why_unread(report: Report, block: Block) -> str:
    """Why nothing was made of a block; "" for headings that place others, and for numbers alone."""
    standing = report.standings[block.number]
    if block.kind == BlockKind.HEADING:
        is_own = report.roles.get(block.number) == "topic" and not standing.is_background
        return WHY_NO_OBSERVATION[is_topic(block.text)] if is_own else ""
    if block.kind == BlockKind.LABEL and not any(character.isalpha() for character in block.text):
        return ""
    if block.kind == BlockKind.FOOTNOTE:
        return "A footnote."
    if MODAL.search(block.text) and not (standing.is_background or standing.is_earlier):
        return "It says what should be done, but nothing says of which kind it is."
    if standing.is_earlier:
        return "It tells of recommendations that were made before."
    if standing.is_background:
        return "It stands in a part that tells of the report itself."
    if not standing.body_name:
        return "No heading above says of which body it speaks."
    return "No rule reads this table." if block.kind == BlockKind.TABLE else "It stands under no heading of its own."

"""Findings: what a report sets apart by its kind (areas for improvement, causes of concern, practices), and what it
observes under its other headings.
"""

from collections.abc import Iterator

from inspections.reader.meaning.asking import count_of
from inspections.reader.meaning.headings import is_statement, is_topic
from inspections.reader.meaning.numbers import sentences_of
from inspections.reader.meaning.phrasebook import Label
from inspections.reader.meaning.proposals import Confidence, Proposal, ProposalKind
from inspections.reader.meaning.standing import Report
from inspections.reader.structure.blocks import Block, BlockKind
from inspections.reader.structure.wording import is_count

LONGEST_TITLE = 350
FEWEST_STATEMENTS = 3
"""Headings that say something, for one that only names a topic to be no observation."""
PROSE = (BlockKind.PARAGRAPH, BlockKind.ITEM)
ENDS = (".", "!", "?", ":", ";", "”", '"', ")", "]")
"""How the text of a report ends, and the lines of its title do not."""


def findings(report: Report) -> list[Proposal]:
    """The findings of a report in their order, observations among them."""
    used: set[int] = set()
    set_apart = [
        proposal
        for block in report.blocks
        if block.kind.is_body and block.number not in used
        for proposal in (_of_table(report, block) if block.kind == BlockKind.TABLE else _set_apart(report, block, used))
    ]
    observed = [each for block in report.blocks for each in _observed(report, block, used)]
    topics = [proposal for proposal in observed if is_topic(proposal.values["title"])]
    statements = [proposal for proposal in observed if proposal not in topics]
    if len(statements) >= max(FEWEST_STATEMENTS, 2 * len(topics)):
        observed = statements
    return sorted([*set_apart, *observed], key=lambda proposal: proposal.blocks)


def _set_apart(report: Report, block: Block, used: set[int]) -> Iterator[Proposal]:
    """The finding that a label begins, whose title may stand above or below it; or those of the list that it heads."""
    label = report.phrasebook.kind_label(block.text)
    if not label or (block.kind != BlockKind.HEADING and len(block.text) > LONGEST_TITLE and not label.number):
        return
    below, title, is_heading = report.below(block), label.rest, block.kind == BlockKind.HEADING
    counts = is_heading and any(count_of(other.marker) for other in below)
    if not title and (label.is_plural or (counts and label.word not in report.phrasebook.concerns)):
        yield from _of_list(report, block, label, used)
        return
    above = report.blocks[block.number - 1] if block.number and not is_heading else None
    is_titled = above and report.roles.get(above.number) == "topic" and is_statement(above.text)
    if not title and above and is_titled:
        used.add(above.number)
        blocks = [above, block, *(other for other in report.below(above) if other is not block)]
        yield _finding(report, label, above.text, blocks, why="The kind of finding stands below its title.")
        return
    if not title:
        title, below = _title_below(report, block, used)
    elif block.kind == BlockKind.PARAGRAPH:
        title = _first_sentence(title)
    if title:
        is_marked = is_heading or block.box is not None
        why = "Its heading names the kind of finding." if is_marked else "A paragraph begins with the kind of finding."
        yield _finding(report, label, title, [block, *below], why=why, is_certain=is_marked)


def _first_sentence(text: str) -> str:
    return next((sentence for _, sentence in sentences_of(text)), text)


def _title_below(report: Report, block: Block, used: set[int]) -> tuple[str, list[Block]]:
    """The title of a finding whose label stands alone: the next heading, or the first sentence of what follows."""
    after = report.next_block(block)
    if after is None or (after.box != block.box and block.box is not None):
        return "", []
    role = report.roles.get(after.number)
    if role == "topic":
        used.add(after.number)
        return after.text, [after, *report.below(after)]
    if role or after.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
        return "", []
    return _first_sentence(after.text), report.below(block)


def _of_list(report: Report, block: Block, label: Label, used: set[int]) -> Iterator[Proposal]:
    """The findings below "Areas for improvement": its items or paragraphs, or the headings within it. Those that begin
    with the kind themselves are read by that.
    """
    if below := report.below(block):
        if any(report.phrasebook.kind_label(other.text) for other in below):
            return
        yield from _of_items(report, label, below)
        return
    heading = report.next_block(block)
    level = heading.level if heading else 0
    while heading and report.roles.get(heading.number) == "topic" and heading.level == level:
        used.add(heading.number)
        within = report.below(heading)
        if within and within[0].kind == BlockKind.ITEM:
            yield from _of_items(report, label, within)
        else:
            why = "It stands under a heading that names the kind of finding."
            yield _finding(report, label, heading.text, [heading, *within], why=why, is_certain=level > block.level)
        goes_on = level > block.level or (within and within[0].kind == BlockKind.ITEM)
        heading = report.next_block((within or [heading])[-1]) if goes_on else None


def _of_items(report: Report, label: Label, below: list[Block]) -> Iterator[Proposal]:
    """The outermost items of a list, each a finding with what is within it; without a list, its paragraphs."""
    outermost = min((item.level for item in below if item.kind == BlockKind.ITEM), default=0)
    items = [item for item in below if item.kind == BlockKind.ITEM and item.level == outermost]
    for item in items:
        why = "It is an item of a list whose heading names the kind of finding."
        yield _finding(report, label, item.text, report.parts_of(item), why=why)
    paragraphs = [
        other
        for other in below
        if other.kind == BlockKind.PARAGRAPH and not items and not report.phrasebook.recommendation_label(other.text)
    ]
    for paragraph in [each for each in paragraphs if is_count(each.marker)] or paragraphs:
        why = "It is a paragraph under a heading that names the kind of finding."
        yield _finding(report, label, _first_sentence(paragraph.text), [paragraph], why=why, is_certain=False)


def _of_table(report: Report, block: Block) -> Iterator[Proposal]:
    """The findings of a table: its rows begin with a label, or the heading of a column is one."""
    head = [report.phrasebook.kind_label(cell) for cell in block.rows[0]] if block.rows else []
    of_column = next(((at, label) for at, label in enumerate(head) if label and not label.rest), None)
    for row in block.rows:
        label = report.phrasebook.kind_label(row[0]) if row else None
        if label and (label.rest or (len(row) > 1 and row is not block.rows[0])):
            yield _finding(report, label, label.rest or row[1], [block], why="A row of a table begins with the kind.")
        elif of_column and row is not block.rows[0] and len(row) > of_column[0] and row[of_column[0]]:
            why = "It stands in a column whose heading names the kind of finding."
            yield _finding(report, of_column[1], row[of_column[0]], [block], why=why)


def _finding(
    report: Report, label: Label, title: str, blocks: list[Block], *, why: str, is_certain: bool = True
) -> Proposal:
    standing = report.standings[blocks[0].number]
    place = report.place_of(standing)
    named = report.phrasebook.body_at_start(title)
    confidence = Confidence.CERTAIN if is_certain else Confidence.LIKELY
    if not place.get("organisation") and not place.get("region"):
        if named:
            place = named.place
        confidence, why = confidence.weaker, f"{why} No heading above names its body."
    elif named and standing.body and not standing.body.is_region and named != standing.body:
        confidence, why = Confidence.UNSURE, f"{why} Its title names {named.name}, the headings above another body."
    values = {"finding_kind": label.word, "title": title, "section": standing.section, **place}
    return _proposal(values | {"section_words": standing.section_words}, blocks, confidence, why)


def _observed(report: Report, block: Block, used: set[int]) -> Iterator[Proposal]:
    """What stands under a heading of its own in the part of a body."""
    standing = report.standings[block.number]
    is_topic = report.roles.get(block.number) == "topic" and block.number not in used
    below = report.below(block) if is_topic else []
    has_prose = any(other.kind in PROSE and (other.text.endswith(ENDS) or other.lead) for other in below)
    of_grades = any(report.phrasebook.grade(cell) for other in below for row in other.rows for cell in row)
    if not has_prose or of_grades or standing.is_background or standing.is_recommending or not standing.body_name:
        return
    says = is_statement(block.text)
    confidence = Confidence.CERTAIN if says and standing.section else Confidence.LIKELY
    why = "A heading that says something, in the part of a body." if says else "A heading in the part of a body."
    values = {"finding_kind": report.phrasebook.observation, "title": block.text, "section": standing.section}
    values |= {"section_words": standing.section_words, **report.place_of(standing)}
    yield _proposal(values, [block, *below], confidence, why)


def _proposal(values: dict[str, str], blocks: list[Block], confidence: Confidence, why: str) -> Proposal:
    passage = "\n".join(block.text for block in blocks)
    numbers = tuple(block.number for block in blocks)
    return Proposal(ProposalKind.FINDING, values, confidence, why, passage, numbers, blocks[0].page, blocks[0].line)

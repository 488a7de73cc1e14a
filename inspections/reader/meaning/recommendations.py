"""Recommendations: those with a label or number, those listed below "Recommendations" or after "By … the force
should:", those of tables, and those that a sentence makes ("We recommend that …").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from inspections.reader.meaning.addressees import Addressee, addressee_of
from inspections.reader.meaning.days import Due, due_in
from inspections.reader.meaning.numbers import either, sentences_of
from inspections.reader.meaning.occasions import publication
from inspections.reader.meaning.phrasebook import Label
from inspections.reader.meaning.proposals import Confidence, Proposal, ProposalKind
from inspections.reader.meaning.standing import Report
from inspections.reader.structure.blocks import Block, BlockKind
from soc_tracker.core.text.days import Precision

MODAL = re.compile(r"\b(?:should|must|shall|needs? to|ought to|is to|are to|(?:is|are) required to|has to|have to)\b")
MAKERS = (
    *(
        "inquiry",
        "inquest",
        "panel",
        "review",
        "committee",
        "commission",
        "tribunal",
        "report",
        "board",
        "chair",
        "audit",
    ),
    *("auditor", "inspectorate", "team", "investigation", "ombudsman", "branch"),
)
"""Who recommends, in reports that speak of themselves so."""
RECOMMENDS = re.compile(
    rf"\b(?:(?:I|we|(?:the|this) (?:{either(MAKERS)})|[A-Z]{{3,8}}|it is)"
    r"(?: (?:therefore|also|further|strongly|additionally|accordingly|consequently|hereby|make|makes))*"
    r" (?:recommend(?:s|ed)?|(?:the following )(?:\w+ )?recommendations?)"
    r"|(?:my|our) recommendation is|recommendation is that)\b",
    re.IGNORECASE,
)
PAST = re.compile(r"\b(?:recommended)\b", re.IGNORECASE)
SUFFIX = re.compile(r"\(?\[?\bRecommendations? (?P<number>[A-Z]?\d{1,3}(?:\.\d+)*[a-z]?)\)?\]?\.?$", re.IGNORECASE)
NUMBER_HEAD = re.compile(
    r"^(?:no|number|ref|reference|id|#|rec(?:ommendation)?\.? (?:no|number|ref)|item)\.?$", re.IGNORECASE
)
TEXT_HEAD = re.compile(r"\b(?:recommendations?|actions? required|what must|what should)\b", re.IGNORECASE)
OWNER_HEAD = re.compile(
    r"\b(?:responsib\w+|owners?|addressed|addressees?|lead|for action by|who|organisation|body|to whom|directed)\b",
    re.IGNORECASE,
)
DUE_HEAD = re.compile(
    r"\b(?:due|by when|when|timescales?|deadlines?|target|date|timeframe|completion)\b", re.IGNORECASE
)
IMPERATIVE = re.compile(r"^[A-Z]?[a-z]+(?:\s|,)")
SHORTEST = 2
"""Words of a recommendation."""


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


def recommendations(report: Report) -> list[Proposal]:
    """The recommendations of a report; ``part_of`` is the number of the block that heads their cause of concern."""
    from inspections.reader.meaning.duplicates import merged  # rapidfuzz is loaded where it is needed

    reader = _Reader(report)
    reader.read()
    return [proposal_of(report, draft, number) for number, draft in enumerate(merged(reader.drafts), 1)]


class _Reader:
    """Goes through a report once, and takes each block as part of one recommendation at most."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.drafts: list[Draft] = []
        self.taken: set[int] = set()
        day = publication(report)
        self.published = day[0].on if day else None
        self.precision = day[0].precision.value if day else Precision.DAY.value
        self.concern: int | None = None
        self.columns: dict[str, int] = {}

    def read(self) -> None:
        for block in self.report.blocks:
            if not block.kind.is_body or block.kind == BlockKind.FOOTNOTE:
                continue
            self._follow_concern(block)
            if block.number in self.taken:
                continue
            if block.kind == BlockKind.TABLE:
                self.drafts += self._of_table(block)
            elif label := self._label(block):
                self.drafts += self._labelled(block, label)
            elif block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.HEADING):
                self.drafts += self._unlabelled(block)

    def _follow_concern(self, block: Block) -> None:
        """The cause of concern that a recommendation belongs to: the last one of the same body, until a new finding."""
        role = self.report.roles.get(block.number)
        label = self.report.phrasebook.kind_label(block.text) if role == "label" or block.box is not None else None
        if label:
            self.concern = block.number if label.word in self.report.phrasebook.concerns else None
        elif role in ("body", "section", "topic") and self.concern is not None and not self._is_title(block):
            self.concern = None

    def _is_title(self, block: Block) -> bool:
        """Whether a heading is the title of the concern above it."""
        after = self.report.next_block(self.report.blocks[self.concern]) if self.concern is not None else None
        return after is block

    def _label(self, block: Block) -> Label | None:
        label = self.report.phrasebook.recommendation_label(block.text)
        is_list_head = block.kind == BlockKind.HEADING and self.report.phrasebook.heads_recommendations(block.text)
        return None if is_list_head else label

    def _labelled(self, block: Block, label: Label) -> Iterator[Draft]:
        """ "Recommendation 3 (to the Home Office): …", its text in the same block or in those that follow."""
        rest = re.sub(r"^[:.–—-]\s*", "", label.rest)
        bracket = re.match(r"[(\[](?P<to>[^)\]]{2,120})[)\]]\s*[:.–—-]?\s*", rest)
        to = (
            re.sub(r"^(?:to|for|addressed to|directed to)\b:? ?", "", bracket["to"], flags=re.IGNORECASE)
            if bracket
            else ""
        )
        text = rest[bracket.end() :] if bracket else rest
        following = [other for other in self._until_next(block) if other.number not in self.taken]
        is_whole = bool(MODAL.search(text) or RECOMMENDS.search(text)) and block.kind != BlockKind.HEADING
        if is_whole and not text.endswith(":"):
            following = []
        if not is_whole and following:
            following = self._as_far_as_it_goes(following)
        elif is_whole and text.endswith(":"):
            following = self.report.items_after(block) or [other for other in following if other.kind == BlockKind.ITEM]
            following = [part for item in following for part in self.report.parts_of(item)]
        words = "\n".join([text if is_whole or not following else "", *(other.text for other in following)]).strip()
        title = text if following and not is_whole else ""
        if len((words or text).split()) < SHORTEST or PAST.match(words):
            return
        self.taken.update({block.number, *(other.number for other in following)})
        context = f"{title} {words}".strip()
        yield self._draft(
            words or text, (block, *following), "It has a label of its own.", label=label.number, to=to, context=context
        )

    def _until_next(self, block: Block) -> list[Block]:
        """The blocks that may belong to a label: up to the next heading or label, or the end of its box."""
        blocks = []
        for other in self.report.below(block):
            if other.kind == BlockKind.TABLE or self._label(other) or self.report.phrasebook.kind_label(other.text):
                break
            blocks.append(other)
        return blocks[:40]

    def _as_far_as_it_goes(self, following: list[Block]) -> list[Block]:
        """Of what follows a label alone: the first block that asks for something, with its list."""
        for at, block in enumerate(following[:4]):
            if MODAL.search(block.text) or RECOMMENDS.search(block.text) or block.text.endswith(":"):
                end = at + 1
                while end < len(following) and following[end].kind == BlockKind.ITEM:
                    end += 1
                return following[at:end]
        return following[:1]

    def _unlabelled(self, block: Block) -> Iterator[Draft]:
        """What asks for something where recommendations are listed, or says that it recommends."""
        standing = self.report.standings[block.number]
        if block.kind == BlockKind.HEADING:
            return
        is_of_concern = self.concern is not None
        is_lead = block.text.endswith(":") and bool(self.report.items_after(block))
        if is_lead and self._asks(block.text, is_listed=standing.is_recommending or is_of_concern):
            yield from self._of_lead(block)
        elif standing.is_recommending and not is_lead:
            yield from self._listed(block)
        elif RECOMMENDS.search(block.text) and not standing.is_background:
            yield from self._in_sentences(block)

    def _asks(self, text: str, *, is_listed: bool) -> bool:
        last = [sentence for _, sentence in sentences_of(text)][-1]
        if RECOMMENDS.search(last) and not PAST.search(last):
            return True
        return is_listed and bool(MODAL.search(last))

    def _of_lead(self, block: Block) -> Iterator[Draft]:
        """Each item after "By 1 May the force should:"."""
        lead = [sentence for _, sentence in sentences_of(block.text)][-1]
        self.taken.add(block.number)
        for item in self.report.items_after(block):
            parts = self.report.parts_of(item)
            self.taken.update(part.number for part in parts)
            words = "\n".join(part.text for part in parts)
            why = f"It is an item of the list after “{lead[:100]}”"
            marker = item.marker.strip("().") if item.marker[:1].isdigit() else ""
            yield self._draft(words, (block, *parts), why, label=marker, context=f"{lead} {words}")

    def _listed(self, block: Block) -> Iterator[Draft]:
        """A paragraph or item below a heading of recommendations, which asks for something."""
        lead = self.report.blocks[block.lead] if block.lead is not None else None
        is_part = lead is not None and lead.kind == BlockKind.ITEM
        if is_part or len(block.text.split()) < SHORTEST:
            return
        asks = bool(MODAL.search(block.text) or RECOMMENDS.search(block.text))
        is_labelled = any(draft.label for draft in self.drafts if draft.why == "It has a label of its own.")
        is_item = block.kind == BlockKind.ITEM or bool(block.marker)
        if is_labelled and not (is_item and asks):
            return
        parts = self.report.parts_of(block) if block.kind == BlockKind.ITEM else [block]
        if asks or is_item:
            self.taken.update(part.number for part in parts)
            words = "\n".join(part.text for part in parts)
            why = "It stands below a heading of recommendations and asks for something."
            if not asks:
                why = "It is an item below a heading of recommendations, but has no “should”."
            marker = block.marker.strip("().") if block.marker[:1].isdigit() else ""
            context = f"{lead.text} {words}" if lead and lead.kind == BlockKind.PARAGRAPH else words
            yield self._draft(words, tuple(parts), why, label=marker, context=context, is_certain=asks)

    def _in_sentences(self, block: Block) -> Iterator[Draft]:
        """Each sentence that says that it recommends something, as of now."""
        for _, sentence in sentences_of(block.text):
            match = RECOMMENDS.search(sentence)
            if not match or (PAST.search(match[0]) and not match[0].casefold().startswith("it is")):
                continue
            if len(sentence[match.end() :].split()) < SHORTEST:
                continue
            number = SUFFIX.search(sentence)
            why = f"A sentence says “{match[0]}”."
            label = number["number"] if number else ""
            yield self._draft(sentence, (block,), why, label=label, is_certain=bool(label))

    def _of_table(self, block: Block) -> Iterator[Draft]:
        """The rows of a table with a column of recommendations, also where the table goes on without its headings."""
        head = self._columns(block.rows[0]) if block.rows else {}
        labelled = [row for row in block.rows if row and self.report.phrasebook.recommendation_label(row[0])]
        if head:
            self.columns = {**head, "width": len(block.rows[0])}
        rows = block.rows[1:] if head else block.rows
        is_more = bool(self.columns) and self.columns["width"] == len(block.rows[0]) if block.rows else False
        if not (head or labelled or (is_more and self.report.standings[block.number].is_recommending)):
            return
        columns = self.columns if head or is_more else {"text": min(1, len(block.rows[0]) - 1), "number": 0}
        for row in rows:
            cell = {name: row[at] for name, at in columns.items() if name != "width" and at < len(row)}
            label = self.report.phrasebook.recommendation_label(cell.get("number", "") or cell.get("text", ""))
            text = cell.get("text", "")
            if label and label.rest and text == cell.get("number", text):
                text = label.rest
            number = label.number if label else cell.get("number", "").strip(" .")
            if len(text.split()) < SHORTEST:
                continue
            due = f"by {cell['due']}" if cell.get("due") else ""
            yield self._draft(
                text, (block,), "It is a row of a table.", label=number, to=cell.get("owner", ""), context=text, due=due
            )

    def _columns(self, head: tuple[str, ...]) -> dict[str, int]:
        """Which column holds what; {} where none holds recommendations."""
        columns: dict[str, int] = {}
        for name, pattern in (("number", NUMBER_HEAD), ("owner", OWNER_HEAD), ("due", DUE_HEAD), ("text", TEXT_HEAD)):
            for at, cell in enumerate(head):
                if pattern.search(cell.strip()) and at not in columns.values() and len(cell) < 60:
                    columns.setdefault(name, at)
        return columns if "text" in columns and len(head) > 1 else {}

    def _draft(
        self,
        text: str,
        blocks: tuple[Block, ...],
        why: str,
        *,
        label: str = "",
        to: str = "",
        context: str = "",
        due: str = "",
        is_certain: bool = True,
    ) -> Draft:
        standing = self.report.standings[blocks[0].number]
        when = due_in(due or context or text, published=self.published, precision=self.precision)
        if due and when is None:
            when = due_in(due.removeprefix("by "), published=self.published, precision=self.precision)
        heading = self.report.blocks[standing.topic].text if standing.topic is not None else ""
        addressee = addressee_of(
            to, context or text, heading if standing.is_recommending else "", self.report, standing
        )
        confidence = Confidence.CERTAIN if is_certain else Confidence.LIKELY
        return Draft(text, blocks, confidence, why, label, when, addressee, self.concern)


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

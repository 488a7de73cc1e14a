"""Recommendations: those with a label or number, those listed below "Recommendations" or after "By … the force
should:", those of tables, and those that a sentence makes ("We recommend that …").
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from inspections.reader.meaning.addressees import Addressee, addressee_of, reads_as_name
from inspections.reader.meaning.asking import (
    DUE_LINE,
    MODAL,
    SHORTEST,
    TO_LINE,
    asks,
    count_of,
    last_sentence,
    place_of,
    recommends,
)
from inspections.reader.meaning.days import Due, due_in
from inspections.reader.meaning.numbers import sentences_of
from inspections.reader.meaning.occasions import publication
from inspections.reader.meaning.phrasebook import Label
from inspections.reader.meaning.proposals import Confidence, Proposal, ProposalKind
from inspections.reader.meaning.standing import Report
from inspections.reader.meaning.tables import Tables
from inspections.reader.structure.blocks import Block, BlockKind
from soc_tracker.core.text.days import Precision

LABELLED = "It has a label of its own."
SUFFIX = re.compile(r"\(?\[?\bRecommendations? (?P<number>[A-Z]?\d{1,3}(?:\.\d+)*[a-z]?)\)?\]?\.?$", re.IGNORECASE)
BRACKET = re.compile(
    r"[(\[](?P<says>(?:to|for|addressed to|directed to)\b:? ?)?(?P<to>[^)\]]{2,120})[)\]]\s*[:.–—-]?\s*", re.IGNORECASE
)
BOTH = re.compile(r"\b(?:conclusions?|findings|observations|reasons)\b", re.IGNORECASE)
"""Of a heading: below it stands more than recommendations."""
ABOUT = re.compile(r"\b(?:my|our|these|those|the|following|all) recommendations\b", re.IGNORECASE)
"""Of a paragraph that tells of recommendations."""
FEWEST_COUNTED = 4
"""Recommendations that bear numbers, for those without one to be told of rather than made."""


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


def recommendations(report: Report) -> list[Proposal]:
    """The recommendations of a report; ``part_of`` is the number of the block that heads their cause of concern."""
    from inspections.reader.meaning.duplicates import merged  # rapidfuzz is loaded where it is needed

    reader = _Reader(report)
    reader.read()
    counted = sum(bool(draft.label) for draft in reader.drafts) >= FEWEST_COUNTED
    drafts = [draft for draft in merged(reader.drafts) if draft.label or not (draft.is_told and counted)]
    places: Counter[int | None] = Counter()
    proposals = []
    for draft in drafts:
        places[draft.concern] += 1
        number = int(draft.label) if draft.label.isdigit() else places[draft.concern]
        proposals.append(proposal_of(report, draft, number))
    return proposals


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
        self.saying: dict[int, bool] = {}
        self.tables = Tables(report.phrasebook)

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
        text = re.sub(r"^[:.–—-]\s*", "", label.rest)
        bracket = BRACKET.match(text)
        text = text[bracket.end() :] if bracket else text
        following = self._until_next(block)
        if asks(text):
            following = self._list_after(block, following) if text.endswith(":") else []
            words = text
        else:
            following = self._as_far_as_it_goes(following)
            words = "" if following else text
        words = "\n".join(filter(None, [words, *(other.text for other in following)]))
        if len(words.split()) < SHORTEST:
            return
        said, following = self._lines_said(block, following)
        self.taken.update({block.number, *(other.number for other in following)})
        yield self._draft(
            words,
            (block, *following),
            LABELLED,
            label=label.number,
            to=(bracket["to"] if bracket and (bracket["says"] or reads_as_name(bracket["to"])) else "") or said["to"],
            due=said["due"],
            context=words if asks(words) else f"{text} {words}",
        )

    def _lines_said(self, block: Block, following: list[Block]) -> tuple[dict[str, str], list[Block]]:
        """What lines of their own below a label say of it ("Addressed to: …", "By when: …"), and all its blocks."""
        said = {"to": "", "due": ""}
        blocks = list(following)
        for other in self._until_next(block):
            for name, pattern in (("to", TO_LINE), ("due", DUE_LINE)):
                if match := pattern.fullmatch(other.text.strip()):
                    said[name] = said[name] or match["rest"]
                    blocks += [] if other in blocks else [other]
        return said, blocks

    def _until_next(self, block: Block) -> list[Block]:
        """The blocks that may belong to a label: up to the next heading or label, or the end of its box."""
        blocks = []
        for other in self.report.below(block):
            is_next = self._label(other) or self.report.phrasebook.kind_label(other.text)
            if other.kind == BlockKind.TABLE or is_next or other.number in self.taken:
                break
            blocks.append(other)
        return [other for other in blocks[:40] if other.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)]

    def _as_far_as_it_goes(self, following: list[Block]) -> list[Block]:
        """Of what follows a label alone: the first block that asks for something, with its list and what goes on."""
        first = next((at for at, block in enumerate(following[:4]) if asks(block.text)), 0)
        end = first + 1
        while end < len(following) and self._goes_on(following[end - 1], following[end]):
            end += 1
        return following[first:end]

    def _goes_on(self, before: Block, block: Block) -> bool:
        """Whether a recommendation goes on: with an item, within a sentence, after a colon, or asking for more."""
        is_inside = block.text[:1].islower() or before.text.rstrip().endswith((":", ";", ","))
        return block.kind == BlockKind.ITEM or is_inside or bool(MODAL.search(block.text[:150]))

    def _list_after(self, lead: Block, following: list[Block]) -> list[Block]:
        """The items after a lead, with what is within them: those of a list, or paragraphs that count."""
        if items := self.report.items_after(lead):
            return [part for item in items for part in self.report.parts_of(item)]
        place = place_of(following[0].marker) if following else None
        if place is None:
            return following[:1]
        counted = following[:1]
        for block in following[1:]:
            place += bool(block.marker)
            if place_of(block.marker) != place and (block.marker or not block.text[:1].islower()):
                break
            counted.append(block)
        return counted

    def _unlabelled(self, block: Block) -> Iterator[Draft]:
        """What asks for something where recommendations are listed, or says that it recommends."""
        standing = self.report.standings[block.number]
        if block.kind == BlockKind.HEADING:
            return
        last = last_sentence(block.text)
        if last.endswith(":") and self._is_counted_as_others(block):
            parts = [block, *(part for item in self.report.items_after(block) for part in self.report.parts_of(item))]
            self.taken.update(part.number for part in parts)
            words, why = (
                "\n".join(part.text for part in parts),
                "It has a number, as those beside it that ask for something.",
            )
            yield self._draft(words, tuple(parts), why, label=count_of(block.marker))
            return
        is_listed = standing.is_recommending or self.concern is not None
        is_lead = last.endswith(":") and bool(recommends(last) or (is_listed and MODAL.search(last)))
        if is_lead and (items := self._list_after(block, self._until_next(block))):
            yield from self._of_lead(block, last, items)
        elif standing.is_recommending and not last.endswith(":"):
            yield from self._listed(block)
        elif not standing.is_background and recommends(block.text):
            yield from self._in_sentences(block)

    def _is_counted_as_others(self, block: Block) -> bool:
        """Whether a paragraph with a list is one in a row of recommendations, each of which has a number."""
        if not count_of(block.marker) or not self.report.standings[block.number].is_recommending:
            return False
        others = (
            other.kind == block.kind
            and other.level == block.level
            and bool(count_of(other.marker))
            and self.report.standings[other.number].is_recommending
            and not other.text.endswith(":")
            and asks(other.text)
            for other in self.report.blocks
        )
        return sum(others) >= FEWEST_COUNTED

    def _of_lead(self, block: Block, lead: str, items: list[Block]) -> Iterator[Draft]:
        """Each item after "By 1 May the force should:", with what is within it."""
        self.taken.update({block.number, *(item.number for item in items)})
        outermost = min(item.level for item in items)
        groups: list[list[Block]] = []
        for item in items:
            if not groups or (item.level == outermost and (item.marker or item.kind == BlockKind.PARAGRAPH)):
                groups.append([item])
            else:
                groups[-1].append(item)
        for parts in groups:
            words = "\n".join(part.text for part in parts)
            why = f"It is an item of the list after “{lead[:100]}”"
            label = count_of(parts[0].marker)
            context = words if MODAL.search(parts[0].text) and recommends(lead) else f"{lead} {words}"
            yield self._draft(words, (block, *parts), why, label=label, context=context)

    def _listed(self, block: Block) -> Iterator[Draft]:
        """A paragraph or item below a heading of recommendations, which asks for something."""
        lead = self.report.blocks[block.lead] if block.lead is not None else None
        is_part = lead is not None and lead.kind == BlockKind.ITEM
        if is_part or len(block.text.split()) < SHORTEST:
            return
        has_modal, is_item = asks(block.text), block.kind == BlockKind.ITEM or bool(count_of(block.marker))
        headings = [*self.report.blocks[block.number].path][-2:]
        only_recommends = not any(BOTH.search(heading) for heading in headings)
        is_labelled = any(draft.is_labelled for draft in self.drafts)
        only_tells = self._says_so(block) or (not is_item and ABOUT.search(block.text))
        if only_tells and not recommends(block.text):
            return
        if not (recommends(block.text) or (only_recommends and (has_modal or is_item))):
            return
        if is_labelled and not (is_item and has_modal):
            return
        parts = self.report.parts_of(block) if block.kind == BlockKind.ITEM else [block]
        self.taken.update(part.number for part in parts)
        words = "\n".join(part.text for part in parts)
        why = "It stands below a heading of recommendations and asks for something."
        if not has_modal:
            why = "It is an item below a heading of recommendations, but has no “should”."
        context = (
            f"{lead.text} {words}" if lead and lead.kind == BlockKind.PARAGRAPH and lead.text.endswith(":") else words
        )
        suffix = SUFFIX.search(words)
        label = suffix["number"] if suffix else count_of(block.marker)
        yield self._draft(
            words, tuple(parts), why, label=label, context=context, is_certain=has_modal, is_told=not is_item
        )

    def _says_so(self, block: Block) -> bool:
        """Whether the recommendations below one heading are those paragraphs that say "I recommend"."""
        first = block.number
        while first and self.report.standings[first - 1].is_recommending:
            first -= 1
        if first not in self.saying:
            blocks = itertools.takewhile(
                lambda other: self.report.standings[other.number].is_recommending, self.report.blocks[first:]
            )
            texts = [other.text for other in blocks if other.kind == BlockKind.PARAGRAPH]
            self.saying[first] = any(recommends(text) and not text.endswith(":") for text in texts)
        return self.saying[first]

    def _in_sentences(self, block: Block) -> Iterator[Draft]:
        """Each sentence that says that it recommends something, as of now."""
        for _, sentence in sentences_of(block.text):
            match = recommends(sentence)
            if not match or len(sentence[match.end() :].split()) < SHORTEST:
                continue
            number = SUFFIX.search(sentence)
            why = f"A sentence says “{match[0]}”."
            label = number["number"] if number else ""
            yield self._draft(sentence, (block,), why, label=label, is_certain=bool(label), is_told=True)

    def _of_table(self, block: Block) -> Iterator[Draft]:
        is_listed = self.report.standings[block.number].is_recommending
        for row in self.tables.rows(block, is_listed=is_listed):
            yield self._draft(
                row.text, (block,), "It is a row of a table.", label=row.number, to=row.owner, due=row.due
            )

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
        is_told: bool = False,
    ) -> Draft:
        standing = self.report.standings[blocks[0].number]
        terms = (f"by {due}", due) if due else (context or text,)
        dues = (due_in(term, published=self.published, precision=self.precision) for term in terms)
        when = next((found for found in dues if found), None)
        heading = self.report.blocks[standing.topic].text if standing.topic is not None else ""
        heading = heading if standing.is_recommending else ""
        addressee = addressee_of(to, context or text, heading, self.report, standing)
        confidence = Confidence.CERTAIN if is_certain else Confidence.LIKELY
        return Draft(text, blocks, confidence, why, label, when, addressee, self.concern, is_told=is_told)


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

"""Recommendations: those with a label or number, those listed below "Recommendations" or after "By … the force
should:", those of tables, and those that a sentence makes ("We recommend that …").
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator

from inspections.reader.meaning.addressees import addressee_of, subject
from inspections.reader.meaning.asking import (
    AGREED,
    BOTH,
    LEADS,
    MODAL,
    RETROSPECT,
    SHORTEST,
    TELLS,
    TERM_FIRST,
    announces,
    asks,
    count_of,
    recommends,
)
from inspections.reader.meaning.days import due_in
from inspections.reader.meaning.drafts import LABELLED, Draft, merged, proposal_of
from inspections.reader.meaning.extent import (
    as_far_as_it_goes,
    is_whole,
    label_of,
    lines_beside,
    list_after,
    stands_over,
    until_next,
)
from inspections.reader.meaning.names import apart, is_somebody, reads_as_name
from inspections.reader.meaning.numbers import sentences_of
from inspections.reader.meaning.occasions import publication
from inspections.reader.meaning.phrasebook import Label
from inspections.reader.meaning.proposals import Confidence, Proposal
from inspections.reader.meaning.standing import Report
from inspections.reader.meaning.tables import Tables
from inspections.reader.structure.blocks import Block, BlockKind
from soc_tracker.core.text.days import Precision

SUFFIX = re.compile(r"\(?\[?\bRecommendations? (?P<number>[A-Z]?\d{1,3}(?:\.\d+)*[a-z]?)\)?\]?\.?$", re.IGNORECASE)
BRACKET = re.compile(
    r"[(\[](?P<says>(?:to|for|addressed to|directed to)\b:? ?)?(?P<to>[^)\]]{2,120})[)\]]\s*[:.–—-]?\s*", re.IGNORECASE
)
BEHIND = re.compile(
    r"(?:(?<=[.;?]) \(| \((?=(?:to|for|addressed to|directed to)\b))"
    r"(?P<says>(?:to|for|addressed to|directed to)\b:? ?)?(?P<to>[^()]{2,120})\)\.?$",
    re.IGNORECASE,
)
"""To whom a recommendation speaks, in brackets behind its sentence."""
PARAGRAPH_COUNT = re.compile(r"\d{1,3}(?:\.\d{1,3})+[a-h]?\.?")
TO = re.compile(r"^(?:to|for) ", re.IGNORECASE)
CONCLUSIONS = re.compile(r"\bconclusions?\b", re.IGNORECASE)
DEMAND = re.compile(r"\b(?:should|must|shall|ought to)\b")
"""What conclusions have less often than "needs to"."""
ABOUT = re.compile(r"\b(?:my|our|these|those|the|following|all) recommendations\b", re.IGNORECASE)
"""Of a paragraph that tells of recommendations."""
INTENT = re.compile(r"The (?:intent|purpose|aim|objective) of (?:this|the) (?:safety )?recommendation\b")
FEWEST_COUNTED = 4
"""Recommendations that bear numbers, for those without one to be told of rather than made."""


def recommendations(report: Report) -> list[Proposal]:
    """The recommendations of a report; ``part_of`` is the number of the block that heads their cause of concern."""
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
        self.count = ""
        """The number of a recommendation whose intent was told before its text."""
        self.saying: dict[int, bool] = {}
        self.tables = Tables(report.phrasebook)

    def read(self) -> None:
        for block in self.report.blocks:
            if not block.kind.is_body or block.kind == BlockKind.FOOTNOTE:
                continue
            # The cause of concern that recommendations belong to: the last of the same body, until a new finding.
            role, kind = self.report.roles.get(block.number), self.report.phrasebook.kind_label(block.text)
            is_prose = block.kind == BlockKind.PARAGRAPH and kind is not None and bool(kind.rest)
            if kind and (role == "label" or block.box is not None or is_prose):
                self.concern = block.number if kind.word in self.report.phrasebook.concerns else None
            elif role in ("body", "section", "topic") and self.concern is not None:
                is_title = self.report.next_block(self.report.blocks[self.concern]) is block
                self.concern = self.concern if is_title else None
            if block.number in self.taken or self.report.standings[block.number].is_earlier:
                continue
            if block.kind == BlockKind.TABLE:
                is_listed = self.report.standings[block.number].is_recommending
                for row in self.tables.rows(block, is_listed=is_listed):
                    why, number = "It is a row of a table.", row.number
                    self.drafts.append(self._draft(row.text, (block,), why, label=number, to=row.owner, due=row.due))
            elif label := label_of(self.report, block):
                self.drafts += self._labelled(block, label)
            elif block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.HEADING):
                self.drafts += self._unlabelled(block)

    def _labelled(self, block: Block, label: Label) -> Iterator[Draft]:
        """ "Recommendation 3 (to the Home Office): …", its text in the same block or in those that follow."""
        text = re.sub(r"^[:.–—-]\s*", "", label.rest)
        bracket = BRACKET.match(text)
        to, text = apart(text[bracket.end() :] if bracket else text)
        after = until_next(self.report, block, self.taken)
        if any(self.report.phrasebook.is_outcome(other.text) for other in after[:2]):
            return
        if to or is_whole(text):
            following = list_after(self.report, block, after) if text.endswith(":") else []
        else:
            following = as_far_as_it_goes(after)
        if following and not (to or is_whole(text)):
            to, text = TO.sub("", text) if is_somebody(TO.sub("", text)) else "", ""
        if bracket and (bracket["says"] or reads_as_name(bracket["to"])):
            to = bracket["to"]
        words = "\n".join(filter(None, [text, *(other.text for other in following)]))
        if len(words.split()) < SHORTEST:
            return
        beside, lines = lines_beside(after)
        following += [other for other in lines if other not in following]
        self.taken.update({block.number, *(other.number for other in following)})
        context = words if asks(words) else f"{label.rest} {words}".strip()
        to, due = to or beside["to"], beside["due"]
        yield self._draft(words, (block, *following), LABELLED, label=label.number, to=to, due=due, context=context)

    def _unlabelled(self, block: Block) -> Iterator[Draft]:
        """What asks for something where recommendations are listed, or by a term after others of a cause of concern, or
        says that it recommends.
        """
        standing = self.report.standings[block.number]
        if block.kind == BlockKind.HEADING:
            return
        _, last = sentences_of(block.text)[-1] if block.text.strip() else (0, "")
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
        is_asking = MODAL.search(last) or AGREED.search(last)
        leads = last.endswith(":") or LEADS.search(last)
        is_lead = leads and bool(recommends(last) or (is_listed and is_asking))
        goes_on = self.concern is not None and bool(self.drafts) and self.drafts[-1].concern == self.concern
        if is_lead and (items := list_after(self.report, block, until_next(self.report, block, self.taken))):
            yield from self._of_lead(block, last, items)
        elif standing.is_recommending and not last.endswith(":"):
            yield from self._listed(block)
        elif goes_on and TERM_FIRST.match(block.text) and asks(block.text):
            why = "It asks for something by a term, after other recommendations of the same cause of concern."
            yield self._draft(block.text, (block,), why)
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
        is_part = lead is not None and lead.kind == BlockKind.ITEM and not stands_over(self.report, lead)
        if is_part or stands_over(self.report, block) or len(block.text.split()) < SHORTEST:
            return
        has_modal = asks(block.text)
        is_item = block.kind == BlockKind.ITEM or bool(count_of(block.marker)) or self._counts_in_chapter(block)
        says, is_demand = recommends(block.text), is_item and has_modal and self._is_demand(block)
        only_tells = not is_demand and (self._says_so(block) or (not is_item and ABOUT.search(block.text)))
        only_tells = bool(only_tells or INTENT.match(block.text))
        is_told = announces(block.text) or (not says and (only_tells or TELLS.search(block.text)))
        is_labelled = any(draft.why == LABELLED for draft in self.drafts)
        self.count = count_of(block.marker) if INTENT.match(block.text) else self.count
        if is_told or (is_labelled and not (is_item and has_modal)):
            return
        only_recommends = not any(BOTH.search(heading) for heading in self._headings(block))
        if not (says or is_demand or (only_recommends and (has_modal or is_item))):
            return
        parts = self.report.parts_of(block) if block.kind == BlockKind.ITEM else [block]
        self.taken.update(part.number for part in parts)
        to, first = apart(parts[0].text)
        words = "\n".join([first, *(part.text for part in parts[1:])])
        why = "It stands below a heading of recommendations and asks for something."
        is_certain = has_modal and bool(says or only_recommends)
        if not (says or only_recommends):
            why = "It asks somebody for something, in a list of conclusions and recommendations."
        elif not has_modal:
            why = "It is an item below a heading of recommendations, but has no “should”."
        context = (
            f"{lead.text} {words}" if lead and lead.kind == BlockKind.PARAGRAPH and lead.text.endswith(":") else words
        )
        suffix = SUFFIX.search(words)
        label = suffix["number"] if suffix else count_of(block.marker) or self.count
        self.count = ""
        yield self._draft(
            words, tuple(parts), why, label=label, to=to, context=context, is_certain=is_certain, is_told=not is_item
        )

    def _is_demand(self, block: Block) -> bool:
        """Whether an item says that something should be done: among conclusions whoever should, elsewhere somebody."""
        if any(CONCLUSIONS.search(heading) for heading in self._headings(block)):
            return bool(DEMAND.search(RETROSPECT.sub(" ", block.text)))
        return is_somebody(subject(block.text))

    def _headings(self, block: Block) -> list[str]:
        """The heading of the list that a block is in, the two above it in its file, and that which it stands below."""
        standing = self.report.standings[block.number]
        own = [self.report.blocks[standing.topic].text] if standing.topic is not None else []
        return [standing.list_name, *block.path[-2:], *own]

    def _list_of(self, block: Block) -> list[Block]:
        """The blocks of the list of recommendations that a block stands in."""
        first = block.number
        while first and self.report.standings[first - 1].is_recommending:
            first -= 1
        return list(
            itertools.takewhile(
                lambda other: self.report.standings[other.number].is_recommending, self.report.blocks[first:]
            )
        )

    def _says_so(self, block: Block) -> bool:
        """Whether the recommendations below one heading are those paragraphs that say "I recommend"."""
        blocks = self._list_of(block)
        if (first := blocks[0].number) not in self.saying:
            texts = [other.text for other in blocks if other.kind == BlockKind.PARAGRAPH]
            self.saying[first] = any(recommends(text) and not text.endswith(":") for text in texts)
        return self.saying[first]

    def _counts_in_chapter(self, block: Block) -> bool:
        """Whether a paragraph such as 2.14 is a recommendation by its first sentence, where none has a label, nor says
        that it is one.
        """
        is_counted = block.kind == BlockKind.PARAGRAPH and PARAGRAPH_COUNT.fullmatch(block.marker)
        if not is_counted or self._says_so(block):
            return False
        first = next((sentence for _, sentence in sentences_of(block.text)), "")
        return asks(first) and not any(label_of(self.report, other) for other in self._list_of(block))

    def _in_sentences(self, block: Block) -> Iterator[Draft]:
        """Each sentence that says that it recommends something, as of now."""
        for _, sentence in sentences_of(block.text):
            match = recommends(sentence)
            if not match or announces(sentence) or len(sentence[match.end() :].split()) < SHORTEST:
                continue
            number = SUFFIX.search(sentence)
            why = f"A sentence says “{match[0]}”."
            label = number["number"] if number else ""
            yield self._draft(sentence, (block,), why, label=label, is_certain=bool(label), is_told=True)

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
        if (behind := BEHIND.search(text)) and not to and (behind["says"] or reads_as_name(behind["to"])):
            text, to = text[: behind.start()].rstrip(), behind["to"]
        terms = (f"by {due}", due, f"within {due}") if due else (context or text,)
        dues = (due_in(term, published=self.published, precision=self.precision) for term in terms)
        when = next(filter(None, dues), None)
        headings = self._headings(blocks[0])[::-1] if standing.is_recommending else []
        addressee = addressee_of(to, context or text, headings, self.report, standing)
        confidence = Confidence.CERTAIN if is_certain else Confidence.LIKELY
        return Draft(text, blocks, confidence, why, label, when, addressee, self.concern, is_told=is_told)

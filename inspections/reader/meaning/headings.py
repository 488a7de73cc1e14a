"""What each heading of a report is: the name of a body, a section, a label, a date, a title, or a topic of its own.

Before that, what was taken for a heading and is none becomes a paragraph, and bare numbers and letters markers.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from inspections.reader.meaning.asking import DUE_LINE, LEADS, TO_LINE, place_of
from inspections.reader.meaning.days import MONTH, days_in
from inspections.reader.meaning.numbers import sentences_of
from inspections.reader.meaning.phrasebook import Phrasebook
from inspections.reader.structure.blocks import Block, BlockKind
from soc_tracker.core.text.normal import normalise

VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|does|do|did|can|could|should|must|needs?|will|would|may|isn['’]t|aren['’]t|doesn['’]t"
    r"|don['’]t|hasn['’]t|haven['’]t|remains?|continues?|works?|uses?|makes?|lacks?|understands?|[a-z]{3,}(?:es|ed|s))\b"
)
FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|does|do|did|can|must|should|will|needs?)\b|n['’]t\b", re.IGNORECASE
)
GERUND = re.compile(r"[A-Z][a-z]+ing [a-z]")
JOINED_TOPIC = re.compile(r"[\w’'-]+ (?:and|of|for|in|with|to|on) [\w’'-]+", re.IGNORECASE)
SHORT_TOPIC = 2
LONGEST_TOPIC = 3
"""Words of a heading that is no statement, whatever they are."""
QUESTION = re.compile(r"^(?:how|what|does|do|is|are|to what extent)\b.*\?$", re.IGNORECASE)
BARE_NUMBER = re.compile(rf"(\d{{1,3}}) (?=[A-Z])(?!(?i:{MONTH}))")
BARE_LETTER = re.compile(r"([a-z]) (?=[a-z])")
LIST_LINES = ("recommendations", "our recommendations")
"""What stands over recommendations in letters like those of the text."""
FEWEST_NUMBERED = 2
FIRST_PAGE = 12
"""Blocks among which the title of a report stands."""
SHORTEST_PROSE = 80
FEWEST_SPACES = 4
"""Of a paragraph that looks like a heading."""
LONGEST_NAME = 80
FEWEST_PARTS = 2
"""Bodies in whose parts a heading comes back, for it to be a section."""


def is_topic(heading: str) -> bool:
    """Whether a heading only names what is spoken of: "Leadership", "Rural crime", "Use of force"."""
    words = heading.split()
    names = len(words) <= SHORT_TOPIC or bool(JOINED_TOPIC.fullmatch(heading))
    return names and not FINITE.search(heading)


def is_statement(heading: str) -> bool:
    """Whether a heading says something, as a sentence does; "Responding to incidents" only names what it is about."""
    says = len(heading.split()) > LONGEST_TOPIC and bool(VERB.search(heading))
    return says and (bool(FINITE.search(heading)) or not GERUND.match(heading))


def as_prose(block: Block, phrasebook: Phrasebook) -> Block:
    """A heading of several sentences, one such as "By when: May 2026" or one that leads to a list ("The force should:")
    is a paragraph, unless a label begins it.
    """
    if block.kind != BlockKind.HEADING or phrasebook.kind_label(block.text):
        return block
    is_line = TO_LINE.fullmatch(block.text) or DUE_LINE.fullmatch(block.text) or LEADS.search(block.text)
    sentences = [text for _, text in sentences_of(block.text)]
    is_long = len(sentences) > 1 and block.text.count(" ") > FEWEST_SPACES and not sentences[0].endswith("?")
    is_prose = is_line or (is_long and not phrasebook.recommendation_label(block.text))
    return replace(block, kind=BlockKind.PARAGRAPH) if is_prose else block


def with_list_headings(blocks: Sequence[Block], phrasebook: Phrasebook) -> list[Block]:
    """The blocks, with a paragraph that is only "Recommendations" as a heading below the one above it."""
    result: list[Block] = []
    level = 0
    for block in blocks:
        is_plain = block.kind == BlockKind.PARAGRAPH and not block.marker and block.box is None
        if is_plain and normalise(block.text) in LIST_LINES and phrasebook.heads_recommendations(block.text):
            result.append(replace(block, kind=BlockKind.HEADING, level=level + 1))
            continue
        level = block.level if block.kind == BlockKind.HEADING else level
        result.append(block)
    return result


def with_markers(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, the paragraphs among them with the bare number or letter that they begin with as their marker.

    Bare markers count: a number comes after a smaller one, or many of them stand in a report; a letter after the one
    before it, or an "a" after a colon.
    """
    numbered = [match for block in blocks if (match := BARE_NUMBER.match(block.text)) and not block.marker]
    result: list[Block] = []
    last = text = last_letter = ""
    for block in blocks:
        letter, number = BARE_LETTER.match(block.text), BARE_NUMBER.match(block.text)
        is_first = letter and letter[1] == "a" and text.endswith(":")
        before = last if last.isalpha() else last_letter if text.endswith(":") else ""
        is_next = is_first or (letter and before and place_of(letter[1]) == (place_of(before) or 0) + 1)
        bare = letter if is_next else number if len(numbered) >= FEWEST_NUMBERED else None
        if bare and block.kind == BlockKind.PARAGRAPH and not block.marker:
            result.append(replace(block, marker=bare[1], text=block.text[bare.end() :]))
        else:
            result.append(block)
        if block.kind.is_body:
            last, text = result[-1].marker, block.text
            last_letter = last if last.isalpha() else last_letter
    return result


def with_boxes(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with a box that holds headings alone, or ends in a colon before a list, as one with the next."""
    result: list[Block] = []
    same: dict[int | None, int | None] = {None: None}
    box: int | None = None
    goes_on = is_headed = False
    for block in blocks:
        is_text = block.kind.is_body and block.kind not in (BlockKind.FOOTNOTE, BlockKind.LABEL)
        if is_text or block.box is not None:
            is_next = block.box not in same
            if is_next:
                leads = goes_on and box is not None and (is_headed or block.kind == BlockKind.ITEM)
                same[block.box] = box if leads else block.box
            is_headed = block.kind == BlockKind.HEADING and (is_headed or is_next)
            goes_on, box = is_headed or block.text.endswith(":"), same[block.box]
        result.append(replace(block, box=same.get(block.box)))
    return result


def title_of(blocks: Sequence[Block], phrasebook: Phrasebook, title: str = "") -> str:
    """The headings that a report opens with, up to its contents, its first paragraph or the part of a body."""
    opening: list[str] = []
    for block in blocks[:FIRST_PAGE]:
        ends = block.kind in (BlockKind.PARAGRAPH, BlockKind.CONTENTS, BlockKind.LABEL, BlockKind.ITEM)
        tests = (phrasebook.heads_recommendations, phrasebook.kind_label, phrasebook.section, phrasebook.is_division)
        if ends or any(begins(block.text) for begins in tests) or (opening and phrasebook.body_of_heading(block.text)):
            break
        is_name = not (QUESTION.match(block.text) or phrasebook.is_background(block.text))
        if block.kind == BlockKind.HEADING and is_name and normalise(block.text) != "skip to content":
            opening.append(block.text)
        if phrasebook.body_of_heading(block.text):
            break
    others = [heading for heading in dict.fromkeys(opening[:4]) if heading not in title]
    return ". ".join([*([title] if title else []), *others])


def is_day(heading: str) -> bool:
    """Whether a heading is a date and little else: "Last updated 22/03/2018"."""
    days = days_in(heading)
    return bool(days) and len(heading) - (days[0].end - days[0].start) <= 25 and days[0].on is not None


def roles_of(blocks: Sequence[Block], phrasebook: Phrasebook, title: str, programme: str) -> dict[int, str]:
    """What each heading is, by its number: body, section, question, label, recommendations, background, title, day or
    topic.
    """
    headings = [block for block in blocks if block.kind == BlockKind.HEADING]
    parts: dict[str, set[str]] = defaultdict(set)
    part = ""
    for heading in headings:
        if body := phrasebook.body_of_heading(heading.text):
            part = body.slug
        elif part:
            parts[normalise(heading.text)].add(part)
    repeated = {words for words, bodies in parts.items() if len(bodies) >= FEWEST_PARTS}
    tables = [block.rows for block in blocks if any(phrasebook.grade(cell) for row in block.rows for cell in row)]
    cells = {cell for rows in tables for row in rows for cell in row if not phrasebook.grade(cell)}
    graded = {normalise(cell) for cell in cells} - {""}
    sorter = _Sorter(blocks, phrasebook, title, programme, repeated, graded)
    return {heading.number: sorter.role(heading) for heading in headings}


@dataclass(frozen=True)
class _Sorter:
    """Says what a heading is: the first of its questions that it answers with yes.

    ``repeated`` are headings that come back in the parts of several bodies, ``graded`` what tables give grades to.
    """

    blocks: Sequence[Block]
    phrasebook: Phrasebook
    title: str
    programme: str
    repeated: set[str]
    graded: set[str]

    def role(self, heading: Block) -> str:
        below = next((block for block in self.blocks[heading.number + 1 :] if block.kind.is_body), None)
        alone = below.text if below and below.kind == BlockKind.LABEL else ""  # a grade alone below a question
        # A title is of the report as a whole: one of the first, with nothing or little of its own below it.
        is_bare = below is None or below.kind != BlockKind.PARAGRAPH or len(below.text) < SHORTEST_PROSE
        may_be_title = heading.number < FIRST_PAGE and is_bare
        tests: tuple[tuple[str, Callable[[str], Any]], ...] = (
            ("day", is_day),
            ("grade", self.phrasebook.grade),
            ("earlier", self.phrasebook.is_earlier),
            ("body", lambda text: self._is_body(text, below)),
            ("label", self.phrasebook.kind_label),
            ("recommendations", self.phrasebook.heads_recommendations),
            ("recommendations", self.phrasebook.recommendation_label),
            ("section", self.phrasebook.section),
            ("division", self.phrasebook.is_division),
            ("section", lambda text: normalise(text) in self.repeated),
            ("background", self.phrasebook.is_background),
            ("question", QUESTION.match),
            ("question", lambda text: self.phrasebook.grade(alone)),
            ("question", lambda text: normalise(text) in self.graded),
            ("title", lambda text: may_be_title and text in self.title),
            ("section", lambda text: self._is_over_others(heading, below)),
        )
        return next((role for role, test in tests if test(heading.text)), "topic")

    def _is_over_others(self, heading: Block, below: Block | None) -> bool:
        """Whether it names a part: it has nothing of its own, since a deeper heading follows at once, or it only names
        what deeper headings within it say something of, none of which is a label.
        """
        is_followed = below is not None and below.kind == BlockKind.HEADING
        if below and is_followed and below.level > heading.level and below.box == heading.box:
            return True
        within = next((block for block in self.blocks[heading.number + 1 :] if block.kind == BlockKind.HEADING), None)
        if not within or within.level <= heading.level or within.box != heading.box or is_statement(heading.text):
            return False
        is_label = self.phrasebook.kind_label(within.text) or self.phrasebook.recommendation_label(within.text)
        return not is_label and not self.phrasebook.heads_recommendations(within.text)

    def _is_body(self, text: str, below: Block | None) -> bool:
        """Whether it names a body, or is a name with a grade of its own below it, and no question that is asked: most
        of its words are capitalised.
        """
        if self.phrasebook.body_of_heading(text):
            return True
        is_graded = below is not None and below.kind != BlockKind.HEADING and self.phrasebook.grade(below.text)
        questions = (
            QUESTION.match(text),
            self.phrasebook.section(text),
            self.phrasebook.question(text, self.programme),
        )
        words = re.findall(r"[A-Za-z][\w'’]*", text)
        is_name = len(words) > 1 and sum(word[0].isupper() for word in words) * 3 >= len(words) * 2
        return bool(is_graded) and not any(questions) and len(text) < LONGEST_NAME and is_name

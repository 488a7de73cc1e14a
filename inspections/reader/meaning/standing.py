"""Where each block of a report stands: in the part of which body, in which section, below which heading of its own.

The levels of headings say it where a file has them; where it has none, names and repetition do: a heading that names a
body begins its part, and one that comes back in the parts of several bodies is a section.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from forces.models import normalise
from inspections.reader.meaning.asking import place_of
from inspections.reader.meaning.days import days_in
from inspections.reader.meaning.numbers import sentences_of
from inspections.reader.meaning.phrasebook import Body, Label, Phrasebook
from inspections.reader.structure.blocks import Block, BlockKind

QUESTION = re.compile(r"^(?:how|what|does|do|is|are|to what extent)\b.*\?$", re.IGNORECASE)
TO_SOMEBODY = re.compile(r"^(?:recommendations? )?(?:to|for) (?:the |all |every )?[A-Z]", re.IGNORECASE)
BARE_NUMBER = re.compile(r"(\d{1,3}) (?=[A-Z])")
BARE_LETTER = re.compile(r"([a-z]) (?=[a-z])")
FEWEST_NUMBERED = 2
FIRST_PAGE = 12
"""Blocks among which the title of a report stands."""
SHORTEST_PROSE = 80
FEWEST_SPACES = 4
"""Of a paragraph that looks like a heading."""
FEWEST_NAMINGS = 8
"""Of the one body that a report is about, where its title names none."""
FEWEST_PARTS = 2
"""Bodies in whose parts a heading comes back, for it to be a section."""


@dataclass(frozen=True)
class Standing:
    """Where a block stands. ``body`` is on record; ``body_name`` is as printed, also of one that is not. ``topic`` is
    the number of the lowest heading above, which is no body and no section; ``label`` the kind of finding that a
    heading above begins, and ``recommending`` the level of one that stands over recommendations. ``is_background``: it
    tells of the report itself.
    """

    body: Body | None = None
    body_name: str = ""
    section: str = ""
    section_words: str = ""
    topic: int | None = None
    label: Label | None = None
    label_level: int = 0
    recommending: int | None = None
    is_background: bool = False

    @property
    def is_recommending(self) -> bool:
        return self.recommending is not None


@dataclass(frozen=True)
class Report:
    """A report with the phrasebook it is read by, and where each of its blocks stands."""

    blocks: Sequence[Block]
    phrasebook: Phrasebook
    standings: Sequence[Standing] = ()
    title: str = ""
    about: Body | None = None
    programme: str = ""
    roles: dict[int, str] = field(default_factory=dict)
    """Of each heading: body, section, question, label, recommendations, background, title, day
    or topic."""

    def below(self, block: Block) -> list[Block]:
        """What stands below a heading or after another block, up to the next heading or the end of its box."""
        blocks = []
        for other in self.blocks[block.number + 1 :]:
            if not other.kind.is_body or other.kind == BlockKind.FOOTNOTE:
                continue
            if other.kind == BlockKind.HEADING or (block.box is not None and other.box != block.box):
                break
            blocks.append(other)
        return blocks

    def next_block(self, block: Block) -> Block | None:
        return next((other for other in self.blocks[block.number + 1 :] if other.kind.is_body), None)

    def items_after(self, lead: Block) -> list[Block]:
        """The items, outermost alone, of the list that a block introduces; its paragraphs between them aside."""
        items = [item for item in self.blocks[lead.number + 1 :][:200] if item.lead == lead.number]
        outermost = min((item.level for item in items), default=0)
        return [item for item in items if item.level == outermost]

    def parts_of(self, item: Block) -> list[Block]:
        """An item and the items within it."""
        parts = [item]
        for block in self.blocks[item.number + 1 :]:
            if block.kind.is_body and not (block.kind == BlockKind.ITEM and block.level > item.level):
                break
            parts += [block] if block.kind.is_body else []
        return parts

    def place_of(self, standing: Standing) -> dict[str, str]:
        """The body of a standing, as the values of a proposal."""
        body = standing.body
        key = "region" if body and body.is_region else "organisation"
        return {"body": standing.body_name, **({key: body.slug} if body else {})}


def stand(blocks: Sequence[Block], phrasebook: Phrasebook, title: str = "") -> Report:
    """The report with the standing of each block."""
    blocks = with_markers([_as_prose(block, phrasebook) for block in blocks])
    title = title_of(blocks, phrasebook, title)
    report = Report(blocks, phrasebook, title=title, programme=phrasebook.programme(title))
    roles = _roles(report)
    about = _about(blocks, phrasebook, title, roles)
    standings = _walk(replace(report, about=about, roles=roles))
    return replace(report, about=about, roles=roles, standings=standings)


def _as_prose(block: Block, phrasebook: Phrasebook) -> Block:
    """A block that was taken for a heading but has several sentences is a paragraph, unless a label begins it."""
    if block.kind != BlockKind.HEADING or phrasebook.kind_label(block.text):
        return block
    is_prose = len(sentences_of(block.text)) > 1 and not phrasebook.recommendation_label(block.text)
    return replace(block, kind=BlockKind.PARAGRAPH) if is_prose and block.text.count(" ") > FEWEST_SPACES else block


def with_markers(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, the paragraphs among them with the bare number or letter that they begin with as their marker.

    Bare markers count: a number comes after a smaller one, or many of them stand in a report; a letter after the one
    before it, or an "a" after a colon.
    """
    numbered = [match for block in blocks if (match := BARE_NUMBER.match(block.text)) and not block.marker]
    result: list[Block] = []
    last = text = ""
    for block in blocks:
        letter, number = BARE_LETTER.match(block.text), BARE_NUMBER.match(block.text)
        is_first = letter and letter[1] == "a" and text.endswith(":")
        is_next = is_first or (letter and last.isalpha() and place_of(letter[1]) == (place_of(last) or 0) + 1)
        bare = letter if is_next else number if len(numbered) >= FEWEST_NUMBERED else None
        if bare and block.kind == BlockKind.PARAGRAPH and not block.marker:
            result.append(replace(block, marker=bare[1], text=block.text[bare.end() :]))
        else:
            result.append(block)
        if block.kind.is_body:
            last, text = result[-1].marker, block.text
    return result


def title_of(blocks: Sequence[Block], phrasebook: Phrasebook, title: str = "") -> str:
    """The headings that a report opens with, up to its contents, its first paragraph or the part of a body."""
    opening: list[str] = []
    for block in blocks[:FIRST_PAGE]:
        ends = block.kind in (BlockKind.PARAGRAPH, BlockKind.CONTENTS, BlockKind.LABEL, BlockKind.ITEM)
        begins = phrasebook.heads_recommendations(block.text) or phrasebook.kind_label(block.text)
        if ends or begins or (opening and phrasebook.body_of_heading(block.text)):
            break
        is_name = not (QUESTION.match(block.text) or phrasebook.is_background(block.text))
        if block.kind == BlockKind.HEADING and is_name and normalise(block.text) != "skip to content":
            opening.append(block.text)
        if phrasebook.body_of_heading(block.text):
            break
    return ". ".join(dict.fromkeys([*([title] if title else []), *opening[:4]]))


def is_day(heading: str) -> bool:
    """Whether a heading is a date and little else: "Last updated 22/03/2018"."""
    days = days_in(heading)
    return bool(days) and len(heading) - (days[0].end - days[0].start) <= 25 and days[0].on is not None


def _roles(report: Report) -> dict[int, str]:
    """What each heading is."""
    headings = [block for block in report.blocks if block.kind == BlockKind.HEADING]
    repeated = _repeated(headings, report.phrasebook)
    return {heading.number: _role(heading, report, repeated) for heading in headings}


def _role(heading: Block, report: Report, repeated: set[str]) -> str:
    phrasebook, text = report.phrasebook, heading.text
    tests: tuple[tuple[str, Callable[[str], Any]], ...] = (
        ("day", is_day),
        ("body", lambda text: _is_body(heading, report)),
        ("label", phrasebook.kind_label),
        ("recommendations", phrasebook.heads_recommendations),
        ("recommendations", phrasebook.recommendation_label),
        ("section", phrasebook.section),
        ("section", lambda text: normalise(text) in repeated),
        ("background", phrasebook.is_background),
        ("question", QUESTION.match),
        ("question", lambda text: _is_graded(heading, report)),
        ("title", lambda text: _is_title(heading, report)),
    )
    return next((role for role, test in tests if test(text)), "topic")


def _is_graded(heading: Block, report: Report) -> bool:
    """Whether a grade stands alone below it."""
    after = report.next_block(heading)
    return after is not None and after.kind == BlockKind.LABEL and report.phrasebook.grade(after.text) is not None


def _is_title(heading: Block, report: Report) -> bool:
    """Whether a heading is of the report as a whole: one of the first, with nothing or little of its own below it."""
    after = report.next_block(heading)
    is_bare = after is None or after.kind != BlockKind.PARAGRAPH or len(after.text) < SHORTEST_PROSE
    return heading.number < FIRST_PAGE and is_bare and heading.text in report.title


def _repeated(headings: list[Block], phrasebook: Phrasebook) -> set[str]:
    """Headings that come back in the parts of several bodies."""
    parts: dict[str, set[str]] = defaultdict(set)
    part = ""
    for heading in headings:
        if body := phrasebook.body_of_heading(heading.text):
            part = body.slug
        elif part:
            parts[normalise(heading.text)].add(part)
    return {words for words, bodies in parts.items() if len(bodies) >= FEWEST_PARTS}


def _is_body(heading: Block, report: Report) -> bool:
    """Whether a heading names a body, or is a name with a grade of its own below it."""
    if report.phrasebook.body_of_heading(heading.text):
        return True
    after = next((block for block in report.blocks[heading.number + 1 :] if block.kind.is_body), None)
    is_graded = after is not None and after.kind != BlockKind.HEADING and report.phrasebook.grade(after.text)
    is_name = (
        not QUESTION.match(heading.text) and not report.phrasebook.section(heading.text) and len(heading.text) < 80
    )
    is_known_question = report.phrasebook.question(heading.text, report.programme)
    return bool(is_graded and is_name and not is_known_question and _reads_as_name(heading.text))


def _reads_as_name(text: str) -> bool:
    """Whether most words of a text are capitalised, as those of a name are."""
    words = re.findall(r"[A-Za-z][\w'’]*", text)
    capitals = [word for word in words if word[0].isupper()]
    return len(words) > 1 and len(capitals) * 3 >= len(words) * 2


def _about(blocks: Sequence[Block], phrasebook: Phrasebook, title: str, roles: dict[int, str]) -> Body | None:
    """The one body or region that the whole report is about: by its title, else the one it names most."""
    named = phrasebook.bodies_in(title)
    if named:
        return next((body for body in named if body.is_region), named[0]) if len(set(named)) > 1 else named[0]
    if any(role == "body" for role in roles.values()):
        return None
    counts = Counter(body for block in blocks[:400] for body in phrasebook.bodies_in(block.text))
    if not counts:
        return None
    body, times = counts.most_common(1)[0]
    return body if times >= FEWEST_NAMINGS and times * 3 > counts.total() * 2 else None


def _walk(report: Report) -> list[Standing]:
    """The standing of each block: what the headings above it say, each as far as the next that ends it."""
    start = Standing(report.about, report.about.name if report.about else "")
    levels = {role: [] for role in ("body", "section")}  # type: dict[str, list[int]]
    for block in report.blocks:
        if role := report.roles.get(block.number):
            levels.setdefault(role, []).append(block.level)
    body_level = min(levels["body"], default=0)
    has_levels = body_level < max((level for each in levels.values() for level in each), default=0)
    here, background_level, standings = start, None, []  # type: Standing, int | None, list[Standing]
    for block in report.blocks:
        role = report.roles.get(block.number)
        if role:
            ends = background_level is not None and (block.level <= background_level or role in ("body", "label"))
            if ends:
                here, background_level = replace(here, is_background=False), None
            if role == "background" and background_level is None:
                background_level = block.level
            here = _after(here, block, role, report, start, is_over_bodies=has_levels and block.level <= body_level)
        standings.append(replace(here, is_background=background_level is not None))
    return standings


def _is_within(here: Standing, heading: Block, role: str, report: Report) -> bool:
    """Whether recommendations go on below a heading: it is deeper, follows at once, or says to whom they are."""
    if role not in ("topic", "recommendations", "body", "section"):
        return False
    before = next((block for block in reversed(report.blocks[: heading.number]) if block.kind.is_body), None)
    follows = before is not None and before.number == here.topic and role == "topic"
    is_deeper = here.recommending is not None and heading.level > here.recommending
    return is_deeper or follows or bool(TO_SOMEBODY.match(heading.text))


def _after(
    here: Standing, heading: Block, role: str, report: Report, start: Standing, *, is_over_bodies: bool
) -> Standing:
    """The standing below a heading."""
    phrasebook = report.phrasebook
    is_part_of_label = here.label and here.label_level < heading.level and role == "topic"
    goes_on = here.recommending is not None and _is_within(here, heading, role, report)
    below = replace(
        here,
        topic=heading.number,
        label=here.label if is_part_of_label else None,
        recommending=here.recommending if goes_on else None,
    )
    if role == "body":
        body = phrasebook.body_of_heading(heading.text)
        opening = phrasebook.region_section if body and body.is_region else phrasebook.opening_section
        part = Standing(body, body.name if body else heading.text, opening, topic=heading.number)
        return replace(part, recommending=here.recommending) if goes_on else part
    if is_over_bodies and role in ("topic", "section", "background", "recommendations"):
        below = replace(below, body=start.body, body_name=start.body_name, section="", section_words="")
    if role == "section":
        slug = phrasebook.section(heading.text) or ""
        if slug and slug == phrasebook.region_section:
            below = replace(below, body=start.body, body_name=start.body_name)
        return replace(below, section=slug, section_words=heading.text, topic=None)
    if role == "question":
        return replace(below, section=phrasebook.section(heading.text) or "", section_words=heading.text, topic=None)
    if role == "label":
        return replace(below, label=phrasebook.kind_label(heading.text), label_level=heading.level)
    if role == "recommendations":
        level = heading.level if phrasebook.heads_recommendations(heading.text) and not goes_on else below.recommending
        return replace(below, label=here.label, recommending=level)
    return here if role in ("day", "title") else below

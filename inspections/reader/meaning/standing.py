"""Where each block of a report stands: in the part of which body, in which section, below which heading of its own.

The levels of headings say it where a file has them; where it has none, names and repetition do: a heading that names a
body begins its part, and one that comes back in the parts of several bodies is a section.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from statistics import median_low

from inspections.reader.meaning.asking import BOTH, asks, count_of, counts_in
from inspections.reader.meaning.headings import (
    as_prose,
    roles_of,
    title_of,
    with_boxes,
    with_list_headings,
    with_markers,
)
from inspections.reader.meaning.names import is_somebody
from inspections.reader.meaning.phrasebook import Body, Label, Phrasebook
from inspections.reader.structure.blocks import Block, BlockKind
from soc_tracker.core.text.normal import normalise

TO_SOMEBODY = re.compile(r"^(?:recommendations? )?(?:to|for) (?:the |all |every )?[A-Z]", re.IGNORECASE)
FEWEST_NAMINGS = 8
"""Of the one body that a report is about, where its title names none."""


@dataclass(frozen=True)
class Standing:
    """Where a block stands. ``body`` is on record; ``body_name`` is as printed, also of one that is not. ``topic`` is
    the number of the lowest heading above, which is no body and no section; ``label`` the kind of finding that a
    heading above begins, and ``recommending`` the level of one that stands over recommendations, ``list_name`` its
    words. ``is_background``: it tells of the report itself.
    """

    body: Body | None = None
    body_name: str = ""
    section: str = ""
    section_words: str = ""
    section_level: int = 0
    topic: int | None = None
    label: Label | None = None
    label_level: int = 0
    recommending: int | None = None
    list_name: str = ""
    is_background: bool = False
    is_earlier: bool = False
    """It tells of recommendations that were made before."""

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
    """What each heading is: see ``roles_of``."""

    def below(self, block: Block) -> list[Block]:
        """What stands below a heading or after another block, up to the next heading or the end of its box."""
        blocks = []
        for other in self.blocks[block.number + 1 :]:
            is_page = other.kind == BlockKind.LABEL and not any(map(str.isalpha, other.text))
            if not other.kind.is_body or other.kind == BlockKind.FOOTNOTE or is_page:
                continue
            if other.kind == BlockKind.HEADING or (block.box is not None and other.box != block.box):
                break
            blocks.append(other)
        return blocks

    def next_block(self, block: Block) -> Block | None:
        """The block that follows, furniture left out."""
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
        return {**(standing.body.place if standing.body else {}), "body": standing.body_name}


def stand(blocks: Sequence[Block], phrasebook: Phrasebook, title: str = "") -> Report:
    """The report with the standing of each block."""
    phrasebook = phrasebook.narrowed(normalise(" ".join(block.text for block in blocks)))
    prose = with_list_headings([as_prose(block, phrasebook) for block in blocks], phrasebook)
    blocks = with_boxes(with_markers(prose))
    title = title_of(blocks, phrasebook, title)
    programme = phrasebook.programme(title)
    roles = roles_of(blocks, phrasebook, title, programme)
    about = _about(blocks, phrasebook, title, roles)
    report = Report(blocks, phrasebook, title=title, about=about, programme=programme, roles=roles)
    return replace(report, standings=_Walk(report).standings())


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


class _Walk:
    """Goes through a report; each heading changes what stands below it."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.start = Standing(report.about, report.about.name if report.about else "")
        self.here = self.start
        self.background: int | None = None
        self.earlier: int | None = None
        self.count: tuple[int, ...] = ()
        """The number of the last item of the list of recommendations that goes on: (8, 2) of "8.2."."""
        levels: dict[str, list[int]] = {}
        for block in report.blocks:
            if role := report.roles.get(block.number):
                levels.setdefault(role, []).append(block.level)
        self.body_level = min(levels.get("body", [0]))
        parts = [level for role in ("body", "section") for level in levels.get(role, [])]
        self.bodies_are_above = self.body_level < max(parts, default=0)
        sections = levels.get("section", []) + levels.get("question", [])
        topics = levels.get("topic", []) or levels.get("label", [])
        self.sections_are_above = bool(sections and topics) and median_low(sections) < median_low(topics)

    def standings(self) -> list[Standing]:
        """The standing of each block: what the headings above it say, each as far as the next that ends it."""
        standings = []
        for block in self.report.blocks:
            if role := self.report.roles.get(block.number):
                if self.background is not None and (block.level <= self.background or role in ("body", "label")):
                    self.background = None
                if self.earlier is not None and block.level <= self.earlier:
                    self.earlier = None
                if role == "earlier" and self.earlier is None:
                    self.earlier = block.level
                goes_on = self.here.is_recommending and self._is_within_list(block, role)
                if role == "background" and self.background is None and not goes_on:
                    self.background = block.level
                self.here = self._below(block, role, goes_on=goes_on)
            self.count = (counts_in(block.marker) or self.count) if self.here.is_recommending else ()
            is_background, is_earlier = self.background is not None, self.earlier is not None
            standings.append(replace(self.here, is_background=is_background, is_earlier=is_earlier))
        return standings

    def _below(self, heading: Block, role: str, *, goes_on: bool) -> Standing:
        """The standing below a heading; ``goes_on``: it is one of a list of recommendations."""
        here, phrasebook = self.here, self.report.phrasebook
        recommending, list_name = (here.recommending, here.list_name) if goes_on else (None, "")
        match role:
            case "day" | "title" | "grade":
                return here
            case "body":
                body = phrasebook.body_of_heading(heading.text)
                opening = phrasebook.region_section if body and body.is_region else phrasebook.opening_section
                name = body.name if body else heading.text
                within = Standing(body, name, opening, recommending=recommending, list_name=list_name)
                return replace(within, topic=heading.number)
        is_part_of_label = here.label and here.label_level < heading.level and role == "topic"
        label = here.label if is_part_of_label or role == "recommendations" else None
        below = replace(self._part(heading, role), topic=heading.number, label=label)
        below = replace(below, recommending=recommending, list_name=list_name)
        match role:
            case "section" | "question":
                slug = phrasebook.section(heading.text) or ""
                if slug and slug == phrasebook.region_section:
                    below = replace(below, body=self.start.body, body_name=self.start.body_name)
                words, level = heading.text, heading.level
                return replace(below, section=slug, section_words=words, section_level=level, topic=None)
            case "division":
                return replace(below, topic=None)
            case "label":
                return replace(below, label=phrasebook.kind_label(heading.text), label_level=heading.level)
            case "recommendations" if phrasebook.heads_recommendations(heading.text) and not goes_on:
                return replace(below, recommending=heading.level, list_name=heading.text)
        return below

    def _part(self, heading: Block, role: str) -> Standing:
        """Body and section of what stands below a heading, without those that it ends by its level."""
        here = self.here
        if self.bodies_are_above and heading.level <= self.body_level and role not in ("label", "question"):
            here = replace(here, body=self.start.body, body_name=self.start.body_name, section="", section_words="")
        ends_section = self.sections_are_above and here.section_words and heading.level <= here.section_level
        return replace(here, section="", section_words="") if ends_section else here

    def _is_within_list(self, heading: Block, role: str) -> bool:
        """Whether recommendations go on below a heading: it is deeper, follows at once, says to whom they are, as the
        name of somebody over an item does, or the numbers of their list go on.
        """
        if self._counts_on(heading):
            return True
        if role not in ("topic", "recommendations", "body", "section", "division", "question"):
            return False
        before = next((block for block in reversed(self.report.blocks[: heading.number]) if block.kind.is_body), None)
        follows = before is not None and before.number == self.here.topic and role == "topic"
        is_deeper = self.here.recommending is not None and heading.level > self.here.recommending
        below = self.report.next_block(heading)
        is_item = below is not None and (below.kind == BlockKind.ITEM or bool(count_of(below.marker)))
        is_to_somebody = TO_SOMEBODY.match(heading.text) or (role == "topic" and is_item and is_somebody(heading.text))
        return is_deeper or follows or bool(is_to_somebody)

    def _counts_on(self, heading: Block) -> bool:
        """Whether the first number below a heading comes after the last one above it, and asks for something or is of
        a list of conclusions and recommendations.
        """
        below, before = self.report.next_block(heading), self.report.blocks[heading.number - 1]
        count = counts_in(below.marker) if below else ()
        is_next = count == (*self.count[:-1], self.count[-1] + 1) if self.count else count[-1:] == (1,)
        is_above = self.here.recommending is not None and heading.level < self.here.recommending
        if not is_next or below is None or is_above:
            return False
        is_begun = bool(self.count) or before.number == self.here.topic
        return is_begun and bool(BOTH.search(self.here.list_name) or (len(count) == 1 and asks(below.text)))

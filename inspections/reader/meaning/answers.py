"""Which passages of a response to a report answer which of the things that must change, and what they seem to say.

A passage answers what it names: by number, by words that stand so in the report, or by most of the words that tell it
from others. What no passage answers has no match: of it, the response seems to be silent.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from inspections.reader.meaning.days import Due, due_in
from inspections.reader.meaning.numbers import sentences_of
from inspections.reader.meaning.phrasebook import telling
from inspections.reader.meaning.proposals import Confidence
from inspections.reader.structure.blocks import Block, BlockKind
from soc_tracker.core.text.runs import words_of

SHORTEST_QUOTE = 5
"""Words in a row, from which on a passage quotes the report."""
ALIKE, MOST = 85, 0.6
"""Percent of the letters of a heading, and part of the telling words, from which on they are of one thing."""
FEWEST_TELLING = 3
NAMES = r"(?P<finding>areas? for improvement|AFIs?|causes? of concern)|recommendations?|recs?\b\.?"
NUMBERED = re.compile(
    rf"\b(?:{NAMES})\s*(?:number|no\.?)?\s*(?P<numbers>\d{{1,2}}(?:\s*(?:,|&|and|to|-|–)\s*\d{{1,2}})*)(?!\d|%)",
    re.IGNORECASE,
)
HEADS = re.compile(NAMES, re.IGNORECASE)
REJECTED = re.compile(
    r"\b(?:do(?:es)?n[’']t|(?:do(?:es)?|did|can)\s?not|not|unable to) (?:accept|agree)|\breject(?:s|ed)?\b",
    re.IGNORECASE,
)
PARTLY = re.compile(r"\b(?:partly|partially|in part)\b", re.IGNORECASE)
ACCEPTED = re.compile(r"\b(?:accept(?:s|ed)?|agree(?:s|d)?)\b", re.IGNORECASE)
NO_ACTION = re.compile(
    r"\bno (?:further |new )?(?:action|work|change)\b"
    r"|\b(?:do(?:es)? not|don[’']t|will not|won[’']t) (?:intend|propose|plan|be)\b",
    re.IGNORECASE,
)
SAYS = re.compile(
    r"\b(?:we|I|force|constabulary|police|commissioner|chief)\b.{0,60}\b(?:will|have|has|are|is|am|plan)\b"
    r"|\b(?:will|has been|have been|is being|are being)\b",
    re.IGNORECASE,
)
FAREWELL = re.compile(
    r"(?:yours (?:sincerely|faithfully)|kind regards|i would like to thank|in conclusion|finally)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that must change. ``number`` is that of the recommendation, or its place among the findings of the
    force that must be put right; ``texts`` are its words: our own, and those of the report where it was read here.
    """

    key: int
    is_recommendation: bool
    number: int | None
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A passage that answers a point: the numbers of its blocks, its text, and why.

    Of one that ``is_shared`` with other points, only what it says of all of them is taken.
    """

    key: int
    blocks: tuple[int, ...]
    text: str
    confidence: Confidence
    why: str
    is_shared: bool = False

    @property
    def acceptance(self) -> str:
        """accepted, partly or rejected; "" where it does not say, or says both of several points."""
        rejects = bool(REJECTED.search(self.text))
        accepts = bool(ACCEPTED.search(REJECTED.sub("", self.text)))
        if self.is_shared and rejects and accepts:
            return ""
        if rejects:
            return "rejected"
        return ("partly" if PARTLY.search(self.text) else "accepted") if accepts else ""

    @property
    def kind(self) -> str:
        return "no_action" if NO_ACTION.search(self.text) or self.acceptance == "rejected" else "action"

    @property
    def due(self) -> Due | None:
        """By when, where the passage gives one day or term for this point alone."""
        due = due_in(self.text)
        is_only = due and due_in(self.text[due.end :]) is None
        return due if is_only and not self.is_shared else None


def match_answers(blocks: Sequence[Block], points: Sequence[Point]) -> list[Match]:
    """Each passage with each point that it answers, in the order of the response."""
    matches: list[Match] = []
    over: list[Match] = []  # what the heading or name names that stands over the next blocks
    for block in (part for each in blocks if each.kind.is_body for part in parts_of(each)):
        own = list(_matches(block, points))
        says_more = any(signs.search(block.text) for signs in (ACCEPTED, REJECTED, NO_ACTION, SAYS))
        if block.kind == BlockKind.HEADING or (own and not says_more):
            over = own
        elif own:
            matches += own
            over = over if {match.key for match in own} <= {match.key for match in over} else []
        elif over and not FAREWELL.match(block.text):
            matches += [replace(match, blocks=(block.number,), text=block.text) for match in over]
    joined: list[Match] = []
    last_of: dict[int, Match] = {}
    for match in matches:  # passages of one point that stand one after the other are one
        last = last_of.get(match.key)
        if last and match.blocks[0] - last.blocks[-1] <= 1 and last.why == match.why:
            whole = replace(last, blocks=(*last.blocks, *match.blocks), text=f"{last.text}\n{match.text}")
            joined[joined.index(last)] = last_of[match.key] = whole
        else:
            last_of[match.key] = match
            joined.append(match)
    return joined


def parts_of(block: Block) -> Iterator[Block]:
    """The block, or each row of a table as one, whose marker is its number where the first column counts."""
    if block.kind != BlockKind.TABLE:
        yield block
        return
    head, *rows = block.rows
    path = (*block.path, " ".join(head))
    for row in rows:
        marker = row[0] if re.fullmatch(r"\d{1,2}\.?", row[0].strip()) else ""
        text = ". ".join(cell for cell in row if cell)
        yield replace(block, kind=BlockKind.ITEM, text=text, marker=marker, path=path, rows=())


def _matches(block: Block, points: Sequence[Point]) -> Iterator[Match]:
    """The points that a block names: by number, else by quoting them, else by their telling words. Where it names
    several, only the sentences that name one of them by its number alone are about that one.
    """
    numbered = dict(_by_number(block, points))
    reasons = {point.key: numbered.get(point.key) or _by_words(block, point) for point in points}
    is_shared = sum(each is not None for each in reasons.values()) > 1
    numbers = [
        (sentence, [numbers_of(match["numbers"]) for match in NUMBERED.finditer(sentence)])
        for _, sentence in sentences_of(block.text)
    ]
    for point in points:
        if reason := reasons[point.key]:
            alone = [sentence for sentence, named in numbers if named == [[point.number]]]
            own = " ".join(alone) if is_shared and point.key in numbered else ""
            yield Match(point.key, (block.number,), own or block.text, *reason, is_shared and not own)


def _by_number(block: Block, points: Sequence[Point]) -> Iterator[tuple[int, tuple[Confidence, str]]]:
    named = [
        (bool(match["finding"]), number, f"It names “{match[0]}”")
        for match in NUMBERED.finditer(block.text)
        for number in numbers_of(match["numbers"])
    ]
    confidence = Confidence.CERTAIN
    over = next((heading for heading in reversed(block.path) if HEADS.search(heading)), "")
    head, count = HEADS.search(over), re.fullmatch(r"\(?(\d{1,2})[.)]?", block.marker)
    if head and count and not named:
        named = [(bool(head["finding"]), int(count[1]), f"It is number {count[1]} of a list under “{over}”")]
        confidence = Confidence.LIKELY
    for is_finding, number, why in named:
        alike = [point for point in points if point.number == number and point.is_recommendation != is_finding]
        for point in alike:
            if len(alike) > 1:
                yield point.key, (Confidence.UNSURE, f"{why}; {len(alike)} have that number.")
            else:
                yield point.key, (confidence, f"{why}.")


def numbers_of(text: str) -> list[int]:
    """[1, 3] of "1 and 3", [1, 2, 3] of "1 to 3"."""
    numbers: list[int] = []
    for joint, digits in re.findall(r"(to|-|–)?\s*(\d+)", text):
        first = numbers[-1] + 1 if joint and numbers else int(digits)
        numbers += range(first, int(digits) + 1)
    return numbers


def _by_words(block: Block, point: Point) -> tuple[Confidence, str] | None:
    from rapidfuzz import fuzz  # here, since few processes read responses

    for text in point.texts:
        if quote := quoted(block.text, text):
            return Confidence.CERTAIN, f"It has the words “{quote}”."
        if block.kind == BlockKind.HEADING and fuzz.ratio(block.text.casefold(), text.casefold()) >= ALIKE:
            return Confidence.CERTAIN, "It stands under a heading like it."
    for text in point.texts:
        words = stems(text)
        shared = words & stems(block.text)
        if len(shared) >= max(FEWEST_TELLING, len(words) * MOST):
            return Confidence.LIKELY, f"It has {len(shared)} of the {len(words)} words that tell it from others."
    return None


def stems(text: str) -> set[str]:
    return {word[:5].removesuffix("s") for word in telling(text)}


def quoted(text: str, source: str) -> str:
    """The longest run of words that both have; "" where it is too short to be a quotation."""
    words, known = words_of(text), " ".join(words_of(source))
    best = ""
    for start in range(len(words) - SHORTEST_QUOTE + 1):
        end = start + SHORTEST_QUOTE
        while end <= len(words) and f" {' '.join(words[start:end])} " in f" {known} ":
            end += 1
        run = " ".join(words[start : end - 1])
        best = max(best, run if end - 1 - start >= SHORTEST_QUOTE else "", key=len)
    return best

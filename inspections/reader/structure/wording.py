"""What the words of a line show: whether it opens an item, whether it goes on in the next, whether it is a heading."""

import re
from collections.abc import Iterable

BULLET = r"[-–—•●○▪■◦‣⁃·*]|o(?=\s)"
COUNT = r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|\d{1,3}(?:\.\d{1,3})+[a-h]?\.?"
CLOSE_COUNT = r"\d{1,3}(?:\.\d{1,3})+\.(?=[A-Z])"
"""That of a paragraph of a chapter, without a space before its text: "4.36.We saw"."""
MARKER = re.compile(
    rf"(?:(?:{BULLET})\s+)?(?P<count>(?:{COUNT})(?=\s+\S)|{CLOSE_COUNT})\s*|(?P<bullet>{BULLET})\s+(?=\S)"
)
BULLET_OR_COUNT = re.compile(rf"{BULLET}|{COUNT}")
HEADING_COUNT = re.compile(r"((?:\d{1,3}(?:\.\d{1,3})*|[A-Z](?:\.\d{1,3})+)\.?)\s+(?=[\"'“‘(]?[A-Z])")
BARE_LETTER = re.compile(r"[a-z] [a-z]")
MARKED_UP = re.compile(r"</?(?:u|b|i|em|strong|mark)>|[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]", re.IGNORECASE)
"""Marks of the glossary, and signs that nobody sees."""
LAST_HYPHEN = re.compile(r"(?<=\w)[\u00ad\u2010](?=\s*$)")
SENTENCE_END = re.compile(r"[.!?…:;][\"'”’)\]]*$")
SPAN = re.compile(r"\d[-–]$")
PREFIXES = {
    *("anti", "co", "cross", "ex", "full", "high", "long", "low", "multi", "non", "part", "self", "semi", "well"),
    *("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
}
"""What keeps its hyphen before another word."""
CANNOT_END = re.compile(
    r"\b(?:a|an|the|its|their|our|of|to|in|on|at|by|for|with|from|into|and|or|that|which|how|as|should|must|is|are)$"
)
"""A sentence or heading never ends with such a word."""
DIVIDED = re.compile(r"(\w+)-$")
WORD = re.compile(r"\w+(?:-\w+)*")
LONGEST_HEADING = 300
FOOTNOTE = re.compile(r"[¹²³⁴-⁹]|\[\d{1,3}\]\s")
NUMBER_ALONE = re.compile(r"\(?\d{1,3}[.)]?")


def plain(text: str) -> str:
    """Without marks of the glossary and without odd spaces; a hyphen that divides a word at its end is a plain one."""
    return " ".join(LAST_HYPHEN.sub("-", MARKED_UP.sub("", text)).replace("\u00ad", "").split())


def marker_of(text: str) -> tuple[str, str]:
    """The marker that a line begins with, and what follows it; "" for a line without one."""
    match = MARKER.match(text)
    return (match["count"] or match["bullet"], text[match.end() :]) if match else ("", text)


def count_of_heading(text: str) -> tuple[str, str]:
    """What counts a heading, with a full stop or without ("2. Plans", "2 Plans"), and the rest of it."""
    match = HEADING_COUNT.match(text)
    return (match[1], text[match.end() :]) if match else ("", text)


def is_next_letter(first: str, second: str) -> bool:
    """Whether two texts begin with bare letters that follow each other: "c write off …", "d simplify …"."""
    before, after = BARE_LETTER.match(first), BARE_LETTER.match(second)
    return bool(before and after) and ord(second[0]) == ord(first[0]) + 1


def is_count(marker: str) -> bool:
    """Whether it counts ("3.", "(b)"), where a bullet does not."""
    return any(character.isalnum() for character in marker) and marker != "o"


def is_open(text: str) -> bool:
    """Whether a text ends in the middle of its sentence, or is none."""
    return not SENTENCE_END.search(text)


def goes_on(text: str) -> bool:
    """Whether a line begins within a sentence."""
    return text[:1].islower()


def is_heading(text: str) -> bool:
    """Whether a line that stands alone reads as a heading: a title, a question or a statement without a full stop."""
    ends_as_one = (is_open(text) and not text.endswith(",")) or text.endswith("?")
    return ends_as_one and len(text) <= LONGEST_HEADING and bool(re.match(r"[\"'“‘(]?[A-Z0-9]", text))


def folded(text: str) -> str:
    """A heading as it is compared with the contents: without its count, its capitals and its signs."""
    return " ".join(WORD.findall(marker_of(plain(text))[1].casefold().replace("-", "")))


class Joiner:
    """Joins the lines of one text. Whether a hyphen at the end of a line belongs to its word, the other words say."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.words: set[str] = set()
        is_divided = False
        for text in texts:
            words = [word.casefold() for word in WORD.findall(text)]
            goes_over = text.endswith("-")
            self.words.update(words[is_divided : len(words) - goes_over])
            is_divided = goes_over

    def join(self, first: str, second: str) -> str:
        divided, rest = DIVIDED.search(first), WORD.match(second)
        if not divided or not rest:
            return f"{first}{second}" if SPAN.search(first) and second[:1].isdigit() else f"{first} {second}"
        head, tail = divided[1].casefold(), rest[0].casefold()
        if head + tail in self.words:
            return first[:-1] + second
        is_compound = head in PREFIXES or (head in self.words and tail in self.words and len(tail) > len("way"))
        keeps_hyphen = f"{head}-{tail}" in self.words or is_compound or not goes_on(second)
        return (first if keeps_hyphen else first[:-1]) + second

"""How sentences ask for something: "should", "we recommend that"; and what shows that they only tell of it."""

import re

from inspections.reader.meaning.numbers import either, sentences_of

MODAL = re.compile(r"\b(?:should|must|shall|needs? to|ought to|(?:is|are) required to|has to|have to)\b")
MAKERS = (
    *("inquiry", "inquest", "panel", "committee", "commission", "tribunal", "chair", "ombudsman", "investigation"),
    *("review team", "inspectorate", "audit team"),
)
"""Who recommends, in reports that speak of themselves so."""
ADVERBS = "therefore|also|further|strongly|additionally|accordingly|consequently|hereby|now|make|makes|made"
RECOMMENDS = re.compile(
    rf"(?<!\bas )(?<!\bwhich )(?<!\bthat )"
    rf"\b(?:(?:I|we|the (?:{either(MAKERS)})|this (?:{either([*MAKERS, 'report', 'review', 'audit'])}))"
    rf"(?:,? (?:{ADVERBS}),?)* (?:recommends?|the following (?:\w+ )?recommendations?)"
    rf"|it is (?:(?:{ADVERBS}) )*recommended|(?:my|our) recommendation is|recommendation is that"
    r"|we (?:also |therefore )?(?:call on|urge|call upon))\b",
    re.IGNORECASE,
)
SHORT_NAME = re.compile(r"^[A-Z]{3,8} (?:therefore )?(?:recommends|makes the following)\b")
"""The initials of who writes, at the start of a recommendation; elsewhere they may be those of anybody."""
COUNT = re.compile(r"[\[(]?(?:(?P<number>\d{1,3})|(?P<letter>[a-z]))[\])]?[.)]?")
"""The marker of an item that counts; not that of a paragraph, such as 2.14."""
TO_LINE = re.compile(
    r"(?:addressed to|directed to|for action by|action by|to|for|responsib\w+(?: body| organisation)?|owner|lead)"
    r"\s*[:–]\s*(?P<rest>.{2,160})",
    re.IGNORECASE,
)
DUE_LINE = re.compile(
    r"(?:due|due date|by when|when|timescale|deadline|target date|timeframe|to be done)\s*[:–]\s*(?P<rest>.{2,80})",
    re.IGNORECASE,
)
"""Lines of their own beside a recommendation, which say to whom it speaks and by when."""
SHORTEST = 2
"""Words of a recommendation."""


def asks(text: str) -> bool:
    """Whether a text says what should be done, or that it recommends something."""
    return bool(MODAL.search(text) or recommends(text))


def recommends(text: str) -> re.Match[str] | None:
    """Where a text says that it recommends something."""
    return RECOMMENDS.search(text) or SHORT_NAME.search(text)


def last_sentence(text: str) -> str:
    return [sentence for _, sentence in sentences_of(text)][-1] if text.strip() else ""


def count_of(marker: str) -> str:
    """The number of an item; "" of a bullet, of a letter, of a paragraph of a chapter."""
    match = COUNT.fullmatch(marker.strip())
    return match["number"] or "" if match else ""


def place_of(marker: str) -> int | None:
    """The place of an item in its list, by its number or letter; None where it does not count."""
    match = COUNT.fullmatch(marker.strip())
    if not match:
        return None
    return int(match["number"]) if match["number"] else ord(match["letter"]) - ord("a") + 1

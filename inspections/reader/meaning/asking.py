"""How sentences ask for something: "should", "we recommend that"; and what shows that they only tell of it."""

import re

from inspections.reader.meaning.numbers import either

MODAL = re.compile(r"\b(?:should|must|shall|needs? to|ought to|(?:is|are) required to|has to|have to)\b")
RETROSPECT = re.compile(
    r"\b(?:should|must|ought to|needed to)(?: not| never| also| all| both)? have(?: also| always| never| been)*"
    r" (?:\w+(?:ed|en|wn)|been|gone|done|had|made|met|put|kept|sent|sought|told|found|left|led|held|read|set|acted)\b"
)
"""What should have been done, and was not."""
TERM_FIRST = re.compile(r"^(?:by|before|within|no later than|from)\b", re.IGNORECASE)
LEADS = re.compile(
    r"\b(?:should|must|(?:has|have) agreed to)(?: have)?(?: also| now| each| all| both| jointly| together)*:?$",
    re.IGNORECASE,
)
"""The end of a line that leads to a list of what somebody should do."""
AGREED = re.compile(r"\b(?:has|have|will) (?:also )?agreed? to\b")
TELLS = re.compile(
    r"\b(?:we|I|it|they|who|which|inspectors|report|review|inspection|inspectorate) (?:have |has |had )?"
    r"(?:previously |already |also )?(?:recommended|made (?:an? |the |this |\w+ )?recommendations?)\b"
    r"|\b(?:accept|reject|implement|complet|discharg|clos|address)ed (?:\w+ ){0,4}?recommendations?\b"
    r"|\brecommendations? (?:\d+ )?(?:has|have|had|was|were) (?:been |now |not |also |fully |partly |largely )*"
    r"(?:accept|reject|implement|complet|discharg|clos|address|me|carri|ma)(?:ed|t|de)\b",
    re.IGNORECASE,
)
"""That a recommendation was made before, and what became of it."""
MAKERS = (
    *("inquiry", "inquest", "panel", "committee", "commission", "tribunal", "chair", "ombudsman", "investigation"),
    *("review team", "inspectorate", "audit team"),
)
"""Who recommends, in reports that speak of themselves so."""
ADVERBS = "therefore|also|further|strongly|additionally|accordingly|consequently|hereby|now|make|makes|made"
AGAINST = r"(?! (?:what|whether|nothing|no|neither|against)\b)"
RECOMMENDS = re.compile(
    rf"(?<!\bas )(?<!\bwhich )(?<!\bthat )"
    rf"\b(?:(?:I|we|the (?:{either(MAKERS)})|this (?:{either([*MAKERS, 'report', 'review', 'audit'])}))"
    rf"(?:,? (?:{ADVERBS}),?)* (?:recommends?{AGAINST}|the following (?:\w+ )?recommendations?)"
    rf"|it is (?:(?:{ADVERBS}) )*recommended|(?:my|our) recommendation is|recommendation is that"
    rf"|(?:is|are) (?:(?:{ADVERBS}) )*recommended to"
    r"|(?:we|I) (?:also |therefore )?(?:call on|urge|call upon|invite|propose that|advise that))\b",
    re.IGNORECASE,
)
SHORT_NAME = re.compile(r"^[A-Z]{3,8} (?:therefore )?(?:recommends|makes the following)\b")
"""The initials of who writes, at the start of a recommendation; elsewhere they may be those of anybody."""
COUNT = re.compile(r"[\[(]?(?:(?P<number>\d{1,3})|(?P<letter>[a-z]))[\])]?[.)]?")
"""The marker of an item that counts; not that of a paragraph, such as 2.14."""
BOTH = re.compile(r"\b(?:conclusions?|findings|observations|reasons)\b", re.IGNORECASE)
"""Of a heading: below it stands more than recommendations."""
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
FEWEST_OF_ONE = 12
"""Words after "we make the following recommendation" among which is the recommendation itself."""


def asks(text: str) -> bool:
    """Whether a text says what should be done, or that it recommends something; not what should have been done."""
    ahead = text if TERM_FIRST.match(text) else RETROSPECT.sub(" ", text)
    return bool(MODAL.search(ahead) or recommends(text))


def announces(text: str) -> bool:
    """Whether a text only says that recommendations follow."""
    match = recommends(text)
    return bool(match and "following" in match[0].casefold() and len(text[match.end() :].split()) < FEWEST_OF_ONE)


def recommends(text: str) -> re.Match[str] | None:
    """Where a text says that it recommends something."""
    return RECOMMENDS.search(text) or SHORT_NAME.search(text)


def count_of(marker: str) -> str:
    """The number of an item; "" of a bullet, of a letter, of a paragraph of a chapter."""
    match = COUNT.fullmatch(marker.strip())
    return match["number"] or "" if match else ""


def counts_in(marker: str) -> tuple[int, ...]:
    """The numbers of a marker: (8, 2) of "8.2."; () of a letter or bullet."""
    return tuple(map(int, re.findall(r"\d+", marker))) if re.fullmatch(r"[(\[]?[\d.]+[)\]]?\.?", marker) else ()


def place_of(marker: str) -> int | None:
    """The place of an item in its list, by its number or letter; None where it does not count."""
    match = COUNT.fullmatch(marker.strip())
    if not match:
        return None
    return int(match["number"]) if match["number"] else ord(match["letter"]) - ord("a") + 1

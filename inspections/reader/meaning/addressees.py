"""To whom a recommendation speaks: by its label, by its sentence, by the heading above it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from inspections.reader.meaning.asking import AGREED, asks, recommends
from inspections.reader.meaning.names import NAME, is_somebody
from inspections.reader.meaning.numbers import sentences_of
from inspections.reader.meaning.standing import Report, Standing

OWN = re.compile(
    r"^(?:the |this |its )?"
    r"(?:force|constabulary|service|unit|rocu|organisation|trust|prison|body|chief constable|it|they)$",
    re.IGNORECASE,
)
TERM = r"(?:\d{4}|days?|weeks?|months?|years?)"
LEADING = re.compile(
    r"^(?:(?:by|before|no later than|within|from|in|following|after|as|with|during|once|until|where|if|when|to|for)\b"
    r"[^,]{0,160}?,\s*"
    rf"|(?:by|before|within|no later than) (?:the end of )?(?:\d{{1,2}} )?[\w ]{{0,40}}?{TERM}"
    r"(?: (?:of|from|after) (?:the )?(?:date of )?(?:publication|this report|the report)[^,]{0,40}?)?"
    r",? (?=(?:the|all|every|each|chief|[A-Z])\b|[A-Z])"
    r"|(?:immediately|therefore|accordingly|also|finally|first|firstly|secondly|in particular|specifically),?\s+)",
    re.IGNORECASE,
)
"""What stands before the subject: a term, a condition."""
OBLIGED = re.compile(
    r",?\s+\b(?:should|must|shall|needs? to|ought to|(?:is|are) required to|ha(?:s|ve) (?:agreed )?to)\b"
)
TO = re.compile(r"^(?:recommendations? )?(?:to|for|addressed to|directed to|directed at) (?P<to>.+)$", re.IGNORECASE)
ELSEWHERE = re.compile(r"\b(?:that|which|who|there|this|these|will|is|are|was|were|has|have|by)\b")
"""Words that a subject does not have."""
THAT = re.compile(r"^That (?:the )?(?=[A-Z])")
"""The beginning of a recommendation that is a clause: "That the Board review …"."""
TO_WHOM = re.compile(r" to (?P<to>(?:the |all |every |each )?[A-Za-z][^,;:]{2,80}?) that\b")
"""After "I recommend"."""
CALLING = re.compile(r"\b(?:call (?:up)?on|urge|invite)$", re.IGNORECASE)
CALLED = re.compile(r" (?P<to>[\w ’'&,-]{2,80}?) to\b")
"""After "we call on"."""
PRONOUN = re.compile(r"(?:it|they|he|she|this|these)", re.IGNORECASE)
PASSIVE = re.compile(r"\s*(?:\w+ )?be (?:\w+ly )?(?!able\b|prepared\b|open\b)\w+(?:ed|en|wn|ne|de|lt|nt|ept|ent|ad)\b")
"""After "should": of what is done, and not of who does it."""
DOER = re.compile(
    r"\b(?:force|constabular|council|trust|service|unit|department|board|panel|partnership|commissioner|constable|officer"
    r"|minister|agenc|authorit|inspectorate|college|provider|staff|leader|manager|prison|school|bank)"
    r"(?:s|y|ies)?$",
    re.IGNORECASE,
)
"""The end of the name of somebody who does something, be it in small letters."""
LONGEST, SHORTEST_NAME = 160, 3


@dataclass(frozen=True)
class Addressee:
    """``name`` as printed; ``slug`` of the body on record, "" for any other or several; ``slugs`` of all it names."""

    name: str = ""
    slug: str = ""
    slugs: tuple[str, ...] = ()


def addressee_of(to: str, text: str, headings: Iterable[str], report: Report, standing: Standing) -> Addressee:
    """Who must act: by a bracket or cell, by the subject of the sentence, by the nearest heading that names somebody,
    or by the part.
    """
    if name := clean(to) or subject(text):
        return named(name, report, standing)
    for heading in headings:
        if match := TO.match(heading):
            return named(clean(match["to"]), report, standing)
        is_list = report.phrasebook.heads_recommendations(heading)
        if report.phrasebook.body_of_heading(heading) or (is_somebody(heading) and not is_list):
            return named(heading, report, standing)
    if standing.body and not standing.body.is_region:
        return Addressee(standing.body.name, standing.body.slug)
    return Addressee()


def named(name: str, report: Report, standing: Standing) -> Addressee:
    """The body of the part for "the force"; a body on record by its name; any other as printed."""
    if OWN.match(name):
        if standing.body and not standing.body.is_region:
            return Addressee(standing.body.name, standing.body.slug)
        return Addressee(standing.body_name or name)
    bodies = list(dict.fromkeys(body for body in report.phrasebook.bodies_in(name) if not body.is_region))
    is_alone = len(bodies) == 1 and not re.search(r"\b(?:and|with)\b|,", name)
    return Addressee(name, bodies[0].slug if is_alone else "", tuple(body.slug for body in bodies))


def clean(name: str) -> str:
    return re.sub(r"^(?:to|for) ", "", name.strip(" .:;–-"), flags=re.IGNORECASE)[:LONGEST]


def subject(text: str) -> str:
    """Who should do it, of the first sentence that says so: what stands before "should", without "By 1 May,"; of what
    should be done, by whom.
    """
    sentences = [part for line in text.split("\n") for _, part in sentences_of(line)]
    asking = [sentence for sentence in sentences if asks(sentence) or AGREED.search(sentence)]
    if not asking:
        name, rest = _name_at_start(THAT.sub("", text))
        return name if THAT.match(text) or rest.startswith("to ") else ""
    return next(filter(None, map(_subject_of, asking)), "")


def _subject_of(sentence: str) -> str:
    """Who should do what one sentence asks for; of "If the Trust wishes to, it should" the Trust, and of what should
    "be given by the Home Office" the Home Office.
    """
    says_so = recommends(sentence)
    if says_so and (match := (CALLED if CALLING.search(says_so[0]) else TO_WHOM).match(sentence, says_so.end())):
        return clean(match["to"])
    rest = sentence
    if says_so:
        rest = re.sub(r"^(?: to)?(?: the following)?[:,]? ?(?:that )?", "", rest[says_so.end() :])
    condition = ""
    while (match := LEADING.match(rest)) and match.end() < len(rest):
        condition, rest = rest[: match.end()], rest[match.end() :]
    modal = OBLIGED.search(rest)
    if modal and PRONOUN.fullmatch(rest[: modal.start()]):
        return _name_at_start(re.sub(r"^(?:if|as|where|when|should|once|until) ", "", condition, flags=re.IGNORECASE))[
            0
        ]
    if modal and modal.start() <= LONGEST and not ELSEWHERE.search(rest[: modal.start()]):
        name = clean(re.sub(r"^(?:(?:we|I) (?:also )?|.*: )", "", rest[: modal.start()], flags=re.IGNORECASE))
        after = rest[modal.end() :]
        if is_somebody(name) or DOER.search(name) or not PASSIVE.match(after):
            return name
        doers = (_name_at_start(after[match.end() :])[0] for match in re.finditer(r"\bby (?:the )?", after))
        return next(filter(is_somebody, doers), "")
    name, _ = _name_at_start(rest)
    return name if says_so or (modal and is_somebody(name)) else ""


def _name_at_start(text: str) -> tuple[str, str]:
    """The name that a text begins with, "" where it begins with none, and what follows."""
    match = NAME.match(text)
    return (clean(match[0]), text[match.end() :].lstrip()) if match and len(match[0]) > SHORTEST_NAME else ("", text)

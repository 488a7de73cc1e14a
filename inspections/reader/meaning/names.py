"""Names of bodies and offices by how they look, where none on record is named."""

import re

from inspections.reader.meaning.asking import asks

JOINT = r"(?:,? (?:of|for|and|the|&|in|on|to) (?:the )?(?=[A-Z])| (?=[A-Z])|(?=,? and [A-Z]))"
NAME = re.compile(
    r"^(?:all|both) [A-Z]{2,} [a-z]{3,}s\b"
    r"|^(?:(?:the|all|every|each|both|any) )?(?:[Cc]hief (?:constables?|officers|executives?)|[Pp]olice forces"
    rf"|[Ff]orces|[Ll]ocal authorities|ministers|government|(?:[A-Z][\w’'&.-]*{JOINT}?)+)"
    r"|^(?:all|every|each|both) (?:[a-z-]+ ){1,6}?(?=(?:that|who|which|with|in)\b)"
    r"|^(?:all|both) (?:[a-z-]+ ){0,3}?[a-z-]{3,}s(?= [a-z])"
    r"|^(?:each|every) (?:[a-z-]+ ){0,2}?(?:force|service|prison|trust|council|unit|board)(?= [a-z])"
)
GROUP = re.compile(
    r"(?:the )?(?:all|every|each|both|chief (?:constables?|officers|executives?)|police and crime commissioners"
    r"|police forces|forces|local authorities|ministers|government)(?: [\w’'&-]+){0,8}",
    re.IGNORECASE,
)
"""Several bodies, or one by its office."""
AHEAD = re.compile(
    r"(?:(?P<says>to|for|addressed to|directed to) )?(?P<to>[^:.;]{2,140}?)\s*(?::|\s[–—-])\s+(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
"""Whom a recommendation speaks to, before its text: "To the Home Office: write the rules anew"."""
FIRST_CAPITAL = re.compile(r"(?:the |its |our )?[A-Z]")
LONGEST_NAME = 60


def reads_as_name(heading: str) -> bool:
    """Whether a heading is the name of somebody, by its capitals: two words at least, or initials."""
    capitals = re.findall(r"\b[A-Z][\w’']*", heading)
    is_short = 0 < len(heading) < LONGEST_NAME and not re.search(r"\d", heading)
    return (
        is_short and bool(NAME.fullmatch(heading)) and (len(capitals) > 1 or bool(re.fullmatch(r"[A-Z]{3,}", heading)))
    )


def is_somebody(words: str) -> bool:
    """Whether words alone are the name of a body or office, or of several."""
    return reads_as_name(words) or bool(GROUP.fullmatch(words) and not asks(words))


def apart(text: str) -> tuple[str, str]:
    """The name that stands before a recommendation, as in "To the Home Office: …", and its text without that."""
    match = AHEAD.fullmatch(text)
    if not match or asks(match["to"]):
        return "", text
    is_name = is_somebody(match["to"]) and not asks(match["rest"])
    if match["says"]:
        is_name = is_somebody(match["to"]) or bool(FIRST_CAPITAL.match(match["to"]))
    return (match["to"], match["rest"]) if is_name else ("", text)

"""What stands around a number and says what it is: a reference, a date, an age, a range, a change, a rank, a share."""

import re

from inspections.reader.meaning.numbers import ONES, ORDINALS, PARTS, either

NUMBERED = (
    *(
        "section",
        "sections",
        "article",
        "tier",
        "tiers",
        "class",
        "category",
        "appendix",
        "appendices",
        "annex",
        "para",
    ),
    *(
        "paragraph",
        "paragraphs",
        "figure",
        "figures",
        "table",
        "recommendation",
        "recommendations",
        "chapter",
        "chapters",
    ),
    *(
        "page",
        "pages",
        "phase",
        "question",
        "part",
        "level",
        "grade",
        "band",
        "version",
        "volume",
        "vol",
        "no",
        "number",
    ),
    *("act", "schedule", "regulation", "rule", "clause", "operation", "project", "stage", "step", "box", "case study"),
    *("zone", "form", "group", "gate", "line", "item", "objective", "principle", "standard", "action", "room", "covid"),
    *(
        "ref",
        "reference",
        "paper",
        "cm",
        "cp",
        "hc",
        "hl",
        "issue",
        "edition",
        "module",
        "wave",
        "finding",
        "aim",
        "term",
        "theme",
    ),
    *("priority", "outcome", "measure", "exhibit", "footnote", "note", "v", "per"),
)
"""What a number names, where it stands behind it: "section 22", "Tier 5"."""
REFERENCE = re.compile(rf"\b(?:{either(NUMBERED)})\.?\s?(?:\d+(?:\.\d+)?(?:,| and| to|–|-) ?)*$", re.IGNORECASE)
EVIDENCE = re.compile(r"\([A-Z]{1,5} (?:\d+, )*$|\bQQ? (?:\d+, )*(?:\d+[–-])?$")
"""Before the numbers of what witnesses wrote or said: "(BC 78, 134)", "Q 44"."""
NOT_COUNTED_AFTER = re.compile(
    r"^(?:[-–][a-z]+-(?:old|long)|st|nd|rd|th|(?::|\.)\d\d\b|\s?(?:am|pm|a\.m|p\.m|o’clock)\b|/\d"
    r"|[- ](?:hours?|minutes?|seconds?|times? (?:a|per|each|every))\b|°|\s?(?:degrees|km|miles|metres)\b)"
)
TIME_AFTER = re.compile(
    r"^[- ](?:further |more |additional )?(?:days?|weeks?|fortnights?|months?|quarters?|nights?|evenings?)\b",
    re.IGNORECASE,
)
ON_SO_MANY = re.compile(r"\bon(?: (?:over|about|some|nearly))?\s*$", re.IGNORECASE)
"""Before days that are counted: "on 31 days"."""
FINANCIAL_YEAR_AFTER = re.compile(r"^\s?[/–—-]\s?(?:\d{2}|(?:19|20)\d{2})\b(?![,\d])")
"""Behind the first part of a year such as 2026-27."""
PERSON_BEFORE = re.compile(
    r"\b[A-Z][\w’'-]+, (?:who (?:is|was) |now |then )?(?:aged )?$|\bwho (?:is|are|was|were) (?:\d+ and )?$"
)
AGE_ENDS = re.compile(r"^(?: and \d+)?(?:[,.]|$)")
"""Around the age of somebody of whom a report tells."""
TELEPHONE = re.compile(r"\b(?:ring|call|dial|telephone|text)(?: us on)? $", re.IGNORECASE)
YEAR_BEFORE = re.compile(r"\b(?:19|20)\d\d\s?[/–-]\s?$")
ALL_BUT = re.compile(r"\ball but\s*$", re.IGNORECASE)
"""Before the rest of a whole: of "all but 2 of 49 plans", both are counted."""
YEARS_AFTER = re.compile(r"^[- ](?:consecutive )?years?\b(?!-old)", re.IGNORECASE)
WINDOW_BEFORE = re.compile(
    r"\b(?:(?:in|over|during|within|throughout)(?: the)?(?: last| past| next| previous| following| first)?"
    r"|ago|after|every other)\s*$",
    re.IGNORECASE,
)
PERCENT_AFTER = re.compile(r"^(?:\s?%|[- ]per ?cent\b|[- ]percentage points?\b)", re.IGNORECASE)
RATE_AFTER = re.compile(r"^ (?:[a-z]+ ){0,4}?(per (?:1,000|100,000|10,000|1 million|million) [a-z]+)", re.IGNORECASE)
RANGE = re.compile(r"^\s?(?:to|and|–|—|-)\s?£?$")
BETWEEN = re.compile(r"\b(?:between|from|aged?|ages)\s*£?$", re.IGNORECASE)
AGE_BEFORE = re.compile(
    r"(?P<side>\b(?:under|over|below|above|less than|more than) )?(?:the )?\b(?:aged?|ages)(?: of)?"
    r"(?: (?P<late>under|over|below|above|up to))?(?: from| between)?\s*$",
    re.IGNORECASE,
)
OLDER_THAN = re.compile(
    r"\b(?:is|are|was|were|those|people|anyone|anybody|children|men|women|adults) (?P<side>over|under|above|below)\s*$",
    re.IGNORECASE,
)
"""Before an age of which nothing says that it is one: "61 percent are over 65"."""
AGE_AFTER = re.compile(r"^(?:[- ]years?[- ]olds?|[- ]years? of age)\b", re.IGNORECASE)
UNDER_EIGHTEENS = re.compile(r"\b(?P<side>under|over)[- ]?$", re.IGNORECASE)
SIDES = {
    "under": "below",
    "below": "below",
    "less than": "below",
    "up to": "up to",
    "over": "above",
    "above": "above",
    "more than": "above",
}
UP_OR_DOWN = re.compile(
    r"^[- ]?(?:\w+ )?(?P<noun>reduction|decrease|fall|drop|decline|cut|increase|rise|growth|uplift)\b"
    r"|^ (?P<side>more|fewer|less|higher|lower|up|down) (?:than|from|on)\b",
    re.IGNORECASE,
)
UP_OR_DOWN_BEFORE = re.compile(
    r"\b(?P<side>up|down)\s*$|\b(?P<verb>reduc\w+|decreas\w+|fallen|fell|dropp?ed|declined|increas\w+|rose|risen|grown|grew|up|down|rise|fall|drop|growth"
    r"|reduction|decrease|decline|uplift)(?: \w+){0,2}? (?:by|of)(?: \w+){0,2}?\s*$",
    re.IGNORECASE,
)
DOWN = ("fewer", "less", "lower", "reduc", "decreas", "fall", "fell", "drop", "declin", "cut", "down")
IRREGULAR = {
    *("people", "children", "staff", "women", "men", "personnel", "data", "offspring", "those"),
    *("them", "which", "whom", "us", "percent", "criteria", "media", "crew", "youth", "cash"),
}
NOT_PLURAL = re.compile(r"(?:ss|us|is|’s|'s|ous|ness|less)$")
NAME_AFTER = re.compile(
    r"^ (?:project|programme|program|operation|campaign|initiative|scheme|group|challenge|act|strategy|report"
    r"|inspection|review|agenda|vision|pledge)\b",
    re.IGNORECASE,
)
"""One thing that bears the number as its name."""
STOP = re.compile(
    r"[.;:()?!]|,|\b(?:and|or|but|in|on|at|by|to|for|from|of|with|that|who|which|were|was|are|is|had|has|have|into|as|than|since|when)\b",
    re.IGNORECASE,
)
OF_WHOLE = re.compile(r"^ (?:out )?of (?:the |its |our |their |these |all )?(?:\w+ )?$", re.IGNORECASE)
COUNTED = rf"(?:{either(list(ONES)[2:])}|\d[\d,]*)"
OF_GROUP = re.compile(
    rf"^ (?:out )?of (?:the|its|our|their|these|those|them|which|whom|all|every|{COUNTED})\b", re.IGNORECASE
)
OF_THOSE = re.compile(rf"\bof (?:the |these |those |its |our )?{COUNTED}(?P<whole> [^.;]{{1,60}}), $", re.IGNORECASE)
"""Before a part whose whole was named first: "of ten plans, seven"."""
OF_THOSE_BEFORE = re.compile(
    r"^Of (?:the|these|those|its|our|their)(?P<whole> [^.;,]{2,60}), (?:only |about |over |nearly )?$"
)
"""The same where the whole has no number: "Of the plans that we read, seven"."""
IN_SO_MANY = re.compile(r"^(?:In|For|Of) (?:only |about |over |nearly )?$")
"""The beginning of a sentence on some of those that were counted before: "In six, nobody had asked"."""
LIKE_ANOTHER = re.compile(
    rf"\b(?:(?:on|in|for|at) (?:\w+ )?{COUNTED} (?P<noun>[a-z]+s)\b[^.;,]{{0,30}} (?:on|in|for|at)"
    rf"|from (?:\w+ )?{COUNTED} (?P<other>[a-z]+s) to) (?:only |about |over |nearly )?$"
)
"""Before a second number without a noun: "from 14 posts to eight", "on 17 days and took place on four"."""
OF_FEW = re.compile(rf"^ of (?:the|its|their|our) {COUNTED}\b", re.IGNORECASE)
ONE_IN = re.compile(rf"\bone (?:\w+ ){{0,3}}in (?:every )?$|\b{COUNTED} in (?:every )?$", re.IGNORECASE)
PRONOUN = re.compile(
    r"^ (?:were|was|are|is|had|has|have|could|who|of (?:them|whom|which|these|those)|more|others?)\b",
    re.IGNORECASE,
)
ORDINAL = rf"(?:{either(ORDINALS)}|\d+(?:st|nd|rd|th))"
RANK = re.compile(
    rf"\b(?P<first>{ORDINAL})(?P<more>(?:,? (?:and )?{ORDINAL})*)"
    r"[- ](?:most|highest|lowest|largest|smallest|biggest|best|worst|fewest|busiest)\b",
    re.IGNORECASE,
)
NONE_OF = re.compile(r"\bnone of (?:the|these|those|its|their|our)\b(?P<noun>(?: [\w’'-]+){1,6})", re.IGNORECASE)
NOT_ANY = re.compile(
    r"\b(?:(?:had|has|have|did|was|were|do|does)n['’]t|not)(?: \w+){0,2}? (?P<any>any)\b(?P<noun>(?: [\w’'-]+){1,6})",
    re.IGNORECASE,
)
SHARE = re.compile(
    rf"\b(?:(?P<part>(?:(?:an?|one|two|three|four|five|seven)[ -])?(?:{either(PARTS)}))"
    r"(?= of\b| its| the| had| has| have| were| was| are)"
    r"|(?P<times>(?:double|twice|treble|triple|(?:three|four|five|ten) times)(?= (?:the|that|as|its)\b)))",
    re.IGNORECASE,
)

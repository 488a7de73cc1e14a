"""The vocabularies of inspections on whose words code decides: each is one line, with its label, rank and colour.

A ``tag`` is a colour of GOV.UK Frontend; the word always stands with it. Words that an administrator enters are rows:
see ``inspections.vocabularies``.
"""

from soc_tracker.core.text.vocabulary import Vocabulary, word


class Colour(Vocabulary):
    """A colour of GOV.UK Frontend's tags, and the one near it that ``charts`` draw: what is wrong is never green."""

    charts: str

    GREEN = word("green", "Green", charts="#28A197")
    TEAL = word("teal", "Teal", charts="#12436D")
    BLUE = word("blue", "Blue", charts="#A285D1")
    PURPLE = word("purple", "Purple", charts="#A285D1")
    MAGENTA = word("magenta", "Magenta", charts="#801650")
    RED = word("red", "Red", charts="#801650")
    ORANGE = word("orange", "Orange", charts="#F46A25")
    YELLOW = word("yellow", "Yellow", charts="#F46A25")
    GREY = word("grey", "Grey", charts="#3D3D3D")


class TakenIn(Vocabulary):
    """What of an inspection is held here. Only of one that is held whole does no finding mean that none was made."""

    is_whole: bool

    NOTHING = word("nothing", "Nothing yet", is_whole=False)
    GRADES = word("grades", "Grades only", is_whole=False)
    PART = word("part", "In part", is_whole=False)
    EVERYTHING = word("everything", "Everything", is_whole=True)


class QuestionTheme(Vocabulary):
    """What a question is about, so that gradings of serious and organised crime are found in any programme."""

    SOC = word("soc", "Serious and organised crime")
    OTHER = word("other", "Other")


class Tone(Vocabulary):
    """Whether a finding speaks for or against the body; context does neither, and does not count as a finding.

    Of findings of one kind, those with the smaller ``weight`` are read first. ``sign`` and ``noun`` stand for it in
    a table. What ``names_problem`` may come back, and may be followed until it is gone.
    """

    weight: int
    sign: str
    noun: str
    names_problem: bool

    SHORTCOMING = word("shortcoming", "Shortcoming", weight=1, sign="▼", noun="shortcoming", names_problem=True)
    MIXED = word("mixed", "Mixed", weight=2, sign="◆", noun="mixed finding", names_problem=True)
    STRENGTH = word("strength", "Strength", weight=3, sign="▲", noun="strength", names_problem=False)
    CONTEXT = word("context", "Context", weight=4, sign="", noun="context", names_problem=False)


class Acceptance(Vocabulary):
    """What the body answered to a requirement. Where it is not known here whether it answered, there is no word."""

    tag: str

    ACCEPTED = word("accepted", "Accepted", tag="green")
    PARTLY = word("partly", "Accepted in part", tag="yellow")
    REJECTED = word("rejected", "Rejected", tag="red")
    NO_RESPONSE = word("no_response", "No response", tag="orange")


class Implementation(Vocabulary):
    """How far a requirement was carried out, whatever its status; "" where nobody has judged it."""

    tag: str

    IMPLEMENTED = word("implemented", "Implemented", tag="green")
    PARTLY = word("partly", "Implemented in part", tag="yellow")
    NOT = word("not", "Not implemented", tag="red")
    SUPERSEDED = word("superseded", "Superseded", tag="grey")


class Setter(Vocabulary):
    """Who set a date by which something must be done."""

    INSPECTORATE = word("inspectorate", "The inspectorate")
    BODY = word("body", "The body itself")
    LOCAL_POLICING_BODY = word("local_policing_body", "The local policing body")
    LAW = word("law", "The law")


class EvidenceKind(Vocabulary):
    """What shows that something was done; ``field`` of a step says which, ``evidence`` what it shows."""

    field: str

    DOCUMENT = word("document", "A document", field="document")
    VISIT = word("visit", "A visit", field="evidence")
    FIGURE = word("figure", "A published figure", field="figure")
    LINK = word("link", "A link", field="link")
    UPLOAD = word("upload", "An uploaded file", field="upload")
    NOTE = word("note", "A note of what inspectors saw", field="evidence_note")


class DuePrecision(Vocabulary):
    """How much of a due date is known. Where it is a span of days, ``has_day`` is true, and the span is named so."""

    has_day: bool

    DAY = word("day", "Day", has_day=True)
    MONTH = word("month", "Month", has_day=True)
    YEAR = word("year", "Year", has_day=True)
    YEAR_NOT_STATED = word("year_not_stated", "Day and month, year not stated", has_day=False)
    NONE = word("none", "No date given", has_day=False)


DATED = tuple(precision for precision in DuePrecision if precision.has_day)


class Comparison(Vocabulary):
    """What a qualifier says of the number that was published, or of the one in its words."""

    SAME = word("same", "the number itself, as it was rounded")
    NEAR = word("near", "at most a step away from it")
    JUST_BELOW = word("just_below", "less than it, by at most a step")
    BELOW = word("below", "less than it")
    AT_MOST = word("at_most", "it or less")
    AT_LEAST = word("at_least", "it or more")
    ABOVE = word("above", "more than it")


class UnitKind(Vocabulary):
    """What the numbers of a unit are: how they are written, and what may be worked out from them."""

    COUNT = word("count", "A count of things")
    AMOUNT = word("amount", "An amount of something")
    PERCENT = word("percent", "A percent of a whole, from 0 to 100; it never turns into a count")
    MONEY = word("money", "Money, with millions in short")
    PLACE = word("place", "A place in an order: 1st, 2nd, 3rd")
    SHARE = word("share", "A part or a multiple, said in words")
    CHANGE = word("change", "A change in percent, up or down, whose base was not published")
    YEAR = word("year", "A year")
    DATE = word("date", "A day, a month or a year, kept as a date")


class SaidBy(Vocabulary):
    """Whose figure it is: the document may only pass it on."""

    INSPECTORATE = word("inspectorate", "The inspectorate")
    DATABASE = word("database", "The national database")
    BODY = word("body", "The body itself")
    PRESS = word("press", "The press")


class Stance(Vocabulary):
    """What a further document says of a fact, beside the one that it was taken from."""

    tag: str

    CONFIRMS = word("confirms", "Says the same", tag="green")
    ADDS = word("adds", "Adds to it", tag="blue")
    CONTRADICTS = word("contradicts", "Says otherwise", tag="orange")


class Licence(Vocabulary):
    OGL = word("ogl", "Open Government Licence v3.0")
    ALL_RIGHTS_RESERVED = word("all_rights_reserved", "All rights reserved; facts only")

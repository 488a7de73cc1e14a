"""The vocabularies of inspections: each word is one line, with its label, rank, colour and meaning.

A ``tag`` is a colour of GOV.UK Frontend; the word always stands with it.
"""

from soc_tracker.core.text.vocabulary import Vocabulary, word

NO_DATA = "No data"


class Grade(Vocabulary):
    """What an inspection says of a body on a question, from best to worst. No row at all means that there is no data.

    ``is_judgement`` tells those that judge the body; the others say why there is no judgement.
    """

    tag: str
    is_judgement: bool

    OUTSTANDING = word("outstanding", "Outstanding", tag="green", is_judgement=True)
    GOOD = word("good", "Good", tag="teal", is_judgement=True)
    ADEQUATE = word("adequate", "Adequate", tag="yellow", is_judgement=True)
    REQUIRES_IMPROVEMENT = word("requires_improvement", "Requires improvement", tag="orange", is_judgement=True)
    INADEQUATE = word("inadequate", "Inadequate", tag="red", is_judgement=True)
    UNGRADED = word("ungraded", "Ungraded", tag="grey", is_judgement=False)
    NOT_INSPECTED = word("not_inspected", "Not inspected", tag="grey", is_judgement=False)
    WITHHELD = word("withheld", "Withheld", tag="grey", is_judgement=False)


JUDGEMENTS = tuple(grade for grade in Grade if grade.is_judgement)
NO_JUDGEMENTS = tuple(grade for grade in Grade if not grade.is_judgement)


class GradeScale(Vocabulary):
    """The ``grades`` that a programme awards. Grades of different scales are not compared by arithmetic."""

    grades: tuple[Grade, ...]

    FOUR = word("four", "Four grades (to 2018/19)", grades=tuple(grade for grade in Grade if grade != Grade.ADEQUATE))
    FIVE = word("five", "Five grades (from 2021/22)", grades=tuple(Grade))
    NOT_STATED = word("not_stated", "Scale not stated", grades=NO_JUDGEMENTS)

    @property
    def in_words(self) -> str:
        """Its label and its judgements, from best to worst."""
        judgements = [grade.label.lower() for grade in self.grades if grade.is_judgement]
        return f"{self.label}: {', '.join(judgements)}." if judgements else f"{self.label}."


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


class FindingKind(Vocabulary):
    """The kinds of finding that a report sets apart, and what it says under its other headings.

    ``colour`` is that of charts, near that of the tag: what is wrong is never green. The smaller its ``weight``, the
    sooner a finding is read. ``must_change`` tells what a body has to put right, ``is_concern`` what always carries a
    recommendation, ``is_practice`` what others may learn from.
    """

    plural: str
    tag: str
    colour: str
    weight: int
    must_change: bool
    is_concern: bool
    is_practice: bool
    meaning: str

    ACCELERATED_CAUSE_OF_CONCERN = word(
        "accelerated_cause_of_concern",
        "Accelerated cause of concern",
        plural="accelerated causes of concern",
        tag="red",
        colour="#801650",
        weight=1,
        must_change=True,
        is_concern=True,
        is_practice=False,
        meaning="A serious or systemic failing that the chief was told of before the report.",
    )
    CAUSE_OF_CONCERN = word(
        "cause_of_concern",
        "Cause of concern",
        plural="causes of concern",
        tag="red",
        colour="#801650",
        weight=2,
        must_change=True,
        is_concern=True,
        is_practice=False,
        meaning="A serious or systemic failing, with at least one recommendation.",
    )
    AREA_FOR_IMPROVEMENT = word(
        "area_for_improvement",
        "Area for improvement",
        plural="areas for improvement",
        tag="orange",
        colour="#F46A25",
        weight=3,
        must_change=True,
        is_concern=False,
        is_practice=False,
        meaning="Something that falls short, but less than a cause of concern.",
    )
    INNOVATIVE_PRACTICE = word(
        "innovative_practice",
        "Innovative practice",
        plural="innovative practices",
        tag="green",
        colour="#28A197",
        weight=4,
        must_change=False,
        is_concern=False,
        is_practice=True,
        meaning="A new way of working that others may learn from.",
    )
    PROMISING_PRACTICE = word(
        "promising_practice",
        "Promising practice",
        plural="promising practices",
        tag="teal",
        colour="#12436D",
        weight=5,
        must_change=False,
        is_concern=False,
        is_practice=True,
        meaning="A way of working that shows early signs of success.",
    )
    OBSERVATION = word(
        "observation",
        "Other observation",
        plural="other observations",
        tag="blue",
        colour="#A285D1",
        weight=6,
        must_change=False,
        is_concern=False,
        is_practice=False,
        meaning="What the report says under its other headings.",
    )


CAUSES_OF_CONCERN = tuple(kind for kind in FindingKind if kind.is_concern)
MUST_CHANGE = tuple(kind for kind in FindingKind if kind.must_change)
PRACTICE = tuple(kind for kind in FindingKind if kind.is_practice)


class Tone(Vocabulary):
    """Whether a finding speaks for or against the body; context does neither, and does not count as a finding.

    Of findings of one kind, those with the smaller ``weight`` are read first. ``sign`` and ``noun`` stand for it in
    a table.
    """

    weight: int
    sign: str
    noun: str

    SHORTCOMING = word("shortcoming", "Shortcoming", weight=1, sign="▼", noun="shortcoming")
    MIXED = word("mixed", "Mixed", weight=2, sign="◆", noun="mixed finding")
    STRENGTH = word("strength", "Strength", weight=3, sign="▲", noun="strength")
    CONTEXT = word("context", "Context", weight=4, sign="", noun="context")


class Section(Vocabulary):
    """The part of a report in which a finding stands."""

    REGIONAL = word("regional", "Regional findings")
    OVERVIEW = word("overview", "Overview of the body")
    UNDERSTANDING = word("understanding", "Understanding SOC and setting priorities")
    RESOURCES = word("resources", "Resources and skills")
    TACKLING = word("tackling", "Tackling SOC and safeguarding people and communities")
    VULNERABILITY = word("vulnerability", "Protecting vulnerable people and supporting victims")
    SPECIALIST = word("specialist", "Specialist capabilities")
    NOT_STATED = word("not_stated", "Section not stated")


class FindingStatus(Vocabulary):
    """What is known of a finding since it was published."""

    tag: str

    OPEN = word("open", "Open", tag="orange")
    CLOSED = word("closed", "Closed", tag="green")
    NOT_STATED = word("not_stated", "No later information", tag="grey")
    NOTHING_TO_FOLLOW = word("nothing_to_follow", "Nothing to follow up", tag="grey")


class RecommendationStatus(Vocabulary):
    """Where a recommendation stands; it is followed in its log until it is closed."""

    tag: str

    OPEN = word("open", "Open", tag="orange")
    IN_PROGRESS = word("in_progress", "In progress", tag="yellow")
    CLOSED = word("closed", "Closed", tag="green")
    NOT_STATED = word("not_stated", "No later information", tag="grey")


class DuePrecision(Vocabulary):
    """How much of a due date is known. Where it is a span of days, ``has_day`` is true, and the span is named so."""

    has_day: bool

    DAY = word("day", "Day", has_day=True)
    MONTH = word("month", "Month", has_day=True)
    YEAR = word("year", "Year", has_day=True)
    YEAR_NOT_STATED = word("year_not_stated", "Day and month, year not stated", has_day=False)
    NONE = word("none", "No date given", has_day=False)


DATED = tuple(precision for precision in DuePrecision if precision.has_day)


class MonitoringStage(Vocabulary):
    """How closely the inspectorate watches a force."""

    SCAN = word("scan", "Scan (routine)")
    ENGAGE = word("engage", "Engage (enhanced)")


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

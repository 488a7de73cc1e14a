"""Words with a fixed set of values, each with its meaning, its rank and its colour."""

from django.db.models import TextChoices


class GradeScale(TextChoices):
    """The set of grades that a programme awards. Grades of different scales are not compared by arithmetic."""

    FOUR = "four", "Four grades (to 2018/19)"
    FIVE = "five", "Five grades (from 2021/22)"
    NOT_STATED = "not_stated", "Scale not stated"


class Grade(TextChoices):
    """What an inspection says of a body on a question. No row at all means that there is no data."""

    OUTSTANDING = "outstanding", "Outstanding"
    GOOD = "good", "Good"
    ADEQUATE = "adequate", "Adequate"
    REQUIRES_IMPROVEMENT = "requires_improvement", "Requires improvement"
    INADEQUATE = "inadequate", "Inadequate"
    UNGRADED = "ungraded", "Ungraded"
    NOT_INSPECTED = "not_inspected", "Not inspected"
    WITHHELD = "withheld", "Withheld"

    @property
    def is_judgement(self) -> bool:
        """Whether it judges the body; the others say why there is no judgement."""
        return self in JUDGEMENTS

    @property
    def tag(self) -> str:
        """The colour of its tag in GOV.UK Frontend; the word always stands with it."""
        return GRADE_TAGS[self]


JUDGEMENTS = (Grade.OUTSTANDING, Grade.GOOD, Grade.ADEQUATE, Grade.REQUIRES_IMPROVEMENT, Grade.INADEQUATE)
NO_JUDGEMENTS = (Grade.UNGRADED, Grade.NOT_INSPECTED, Grade.WITHHELD)
GRADES_OF_SCALE = {
    GradeScale.FOUR: tuple(grade for grade in Grade if grade != Grade.ADEQUATE),
    GradeScale.FIVE: tuple(Grade),
    GradeScale.NOT_STATED: NO_JUDGEMENTS,
}
GRADE_TAGS = {
    Grade.OUTSTANDING: "green",
    Grade.GOOD: "teal",
    Grade.ADEQUATE: "yellow",
    Grade.REQUIRES_IMPROVEMENT: "orange",
    Grade.INADEQUATE: "red",
    Grade.UNGRADED: "grey",
    Grade.NOT_INSPECTED: "grey",
    Grade.WITHHELD: "grey",
}
NO_DATA = "No data"


class QuestionTheme(TextChoices):
    """What a question is about, so that gradings of serious and organised crime are found in any programme."""

    SOC = "soc", "Serious and organised crime"
    OTHER = "other", "Other"


class FindingKind(TextChoices):
    """The kinds of finding that an inspection report sets apart, and what it says under its other headings."""

    AREA_FOR_IMPROVEMENT = "area_for_improvement", "Area for improvement"
    CAUSE_OF_CONCERN = "cause_of_concern", "Cause of concern"
    ACCELERATED_CAUSE_OF_CONCERN = "accelerated_cause_of_concern", "Accelerated cause of concern"
    INNOVATIVE_PRACTICE = "innovative_practice", "Innovative practice"
    PROMISING_PRACTICE = "promising_practice", "Promising practice"
    OBSERVATION = "observation", "Other observation"

    @property
    def tag(self) -> str:
        return FINDING_TAGS[self]


FINDING_TAGS = {
    FindingKind.AREA_FOR_IMPROVEMENT: "orange",
    FindingKind.CAUSE_OF_CONCERN: "red",
    FindingKind.ACCELERATED_CAUSE_OF_CONCERN: "red",
    FindingKind.INNOVATIVE_PRACTICE: "green",
    FindingKind.PROMISING_PRACTICE: "teal",
    FindingKind.OBSERVATION: "blue",
}
CAUSES_OF_CONCERN = (FindingKind.CAUSE_OF_CONCERN, FindingKind.ACCELERATED_CAUSE_OF_CONCERN)


class Tone(TextChoices):
    """Whether a finding speaks for or against the body."""

    STRENGTH = "strength", "Strength"
    SHORTCOMING = "shortcoming", "Shortcoming"
    MIXED = "mixed", "Mixed"
    CONTEXT = "context", "Context"


class Section(TextChoices):
    """The part of a report in which a finding stands."""

    REGIONAL = "regional", "Regional findings"
    OVERVIEW = "overview", "Overview of the body"
    UNDERSTANDING = "understanding", "Understanding SOC and setting priorities"
    RESOURCES = "resources", "Resources and skills"
    TACKLING = "tackling", "Tackling SOC and safeguarding people and communities"
    VULNERABILITY = "vulnerability", "Protecting vulnerable people and supporting victims"
    SPECIALIST = "specialist", "Specialist capabilities"
    NOT_STATED = "not_stated", "Section not stated"


class FindingStatus(TextChoices):
    """What is known of a finding since it was published."""

    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"
    NOT_STATED = "not_stated", "No later information"
    NOTHING_TO_FOLLOW = "nothing_to_follow", "Nothing to follow up"


class RecommendationStatus(TextChoices):
    """Where a recommendation stands; it is followed in its log until it is closed."""

    OPEN = "open", "Open"
    IN_PROGRESS = "in_progress", "In progress"
    CLOSED = "closed", "Closed"
    NOT_STATED = "not_stated", "No later information"


class DuePrecision(TextChoices):
    """How much of a due date is known."""

    DAY = "day", "Day"
    MONTH = "month", "Month"
    YEAR = "year", "Year"
    YEAR_NOT_STATED = "year_not_stated", "Day and month, year not stated"
    NONE = "none", "No date given"


DATED = (DuePrecision.DAY, DuePrecision.MONTH, DuePrecision.YEAR)


class MonitoringStage(TextChoices):
    """How closely the inspectorate watches a force."""

    SCAN = "scan", "Scan (routine)"
    ENGAGE = "engage", "Engage (enhanced)"


class Qualifier(TextChoices):
    """How exactly a figure was published."""

    EXACTLY = "exactly", "exactly"
    ABOUT = "about", "about"
    NEARLY = "nearly", "nearly"
    OVER = "over", "over"
    AT_LEAST = "at_least", "at least"
    UP_TO = "up_to", "as many as"
    MORE_THAN_A_THIRD = "more_than_a_third", "more than a third"
    MORE_THAN_DOUBLE = "more_than_double", "more than double"


WITHOUT_NUMBER = (Qualifier.MORE_THAN_A_THIRD, Qualifier.MORE_THAN_DOUBLE)


class Unit(TextChoices):
    """What a figure counts in. A percent never turns into a count."""

    COUNT = "count", "count"
    PERCENT = "percent", "percent"
    POUNDS = "pounds", "pounds"
    TONNES = "tonnes", "tonnes"
    RANK = "rank", "rank"
    SHARE = "share", "share"
    YEARS = "years", "years"


class SaidBy(TextChoices):
    """Whose figure it is: the document may only pass it on."""

    INSPECTORATE = "inspectorate", "The inspectorate"
    DATABASE = "database", "The national database"
    BODY = "body", "The body itself"
    PRESS = "press", "The press"


class DocumentKind(TextChoices):
    REPORT = "report", "Inspection report"
    WEB_PAGE = "web_page", "Inspectorate's web page"
    NEWS = "news", "News article"


class Licence(TextChoices):
    OGL = "ogl", "Open Government Licence v3.0"
    ALL_RIGHTS_RESERVED = "all_rights_reserved", "All rights reserved; facts only"


# Scales and states in words.


STATUS_TAGS = {
    RecommendationStatus.OPEN: "orange",
    RecommendationStatus.IN_PROGRESS: "yellow",
    RecommendationStatus.CLOSED: "green",
    RecommendationStatus.NOT_STATED: "grey",
    FindingStatus.NOTHING_TO_FOLLOW: "grey",
}


def scale_in_words(scale: str) -> str:
    """What the grades of a scale are, from best to worst."""
    grades = [str(grade.label).lower() for grade in GRADES_OF_SCALE[GradeScale(scale)] if grade.is_judgement]
    return f"{GradeScale(scale).label}: {', '.join(grades)}." if grades else f"{GradeScale(scale).label}."

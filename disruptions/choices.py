"""The vocabulary of threats and disruptions: each word is one line, with its label, plural, colour and meaning.

A ``tag`` is a colour of GOV.UK Frontend; the word always stands with it.
"""

from datetime import date

from django.db.models import IntegerChoices

from soc_tracker.core.text.vocabulary import Vocabulary, word


class FourP(Vocabulary):
    """What a disruption, an aim or an action is for."""

    meaning: str

    PURSUE = word("pursue", "Pursue", meaning="prosecute and disrupt people engaged in serious and organised crime")
    PREVENT = word("prevent", "Prevent", meaning="stop people from becoming involved in it")
    PROTECT = word("protect", "Protect", meaning="harden victims and places against it")
    PREPARE = word("prepare", "Prepare", meaning="reduce its impact where it happens")


class DataKind(Vocabulary):
    """Rows of the record, and rows made up to show how the site works; the two never add up together."""

    RECORDED = word("recorded", "Recorded")
    ILLUSTRATIVE = word("illustrative", "Illustrative")


class ThreatType(Vocabulary):
    """The types of SOC threat. A threat's type can change over time."""

    plural: str

    ORGANISED_CRIME_GROUP = word("ocg", "Organised crime group", plural="Organised crime groups")
    PRIORITY_INDIVIDUAL = word("pi", "Priority individual", plural="Priority individuals")
    VULNERABILITY = word("vul", "Vulnerability", plural="Vulnerabilities")


class Tier(IntegerChoices):
    """A threat's priority tier as given; tier 5 is not on the master list."""

    ONE = 1, "Tier 1"
    TWO = 2, "Tier 2"
    THREE = 3, "Tier 3"
    FOUR = 4, "Tier 4"
    FIVE = 5, "Tier 5"


class AssessmentType(Vocabulary):
    """What a threat's assessment is for; only tactical ones are on the master list."""

    TACTICAL = word("tactical", "Tactical")
    STRATEGIC = word("strategic", "Strategic")


class Moderation(Vocabulary):
    """Whether the regional unit has checked the assessment."""

    MODERATED = word("moderated", "Moderated")
    NOT_MODERATED = word("not_moderated", "Not moderated")


class Involvement(Vocabulary):
    """Whether a body did the disruption itself or for another; police forces never support."""

    LEAD = word("lead", "Lead")
    SUPPORT = word("support", "Support")


class Size(Vocabulary):
    """How far a disruption reaches, as assessed. Not yet assessed is no size: outside every published-style count."""

    tag: str
    is_assessed: bool

    MAJOR = word("major", "Major", tag="purple", is_assessed=True)
    MODERATE = word("moderate", "Moderate", tag="blue", is_assessed=True)
    MINOR = word("minor", "Minor", tag="teal", is_assessed=True)
    NOT_ASSESSED = word("not_assessed", "Not yet assessed", tag="grey", is_assessed=False)


ASSESSED = tuple(size for size in Size if size.is_assessed)


class ExtractContents(Vocabulary):
    """What the rows of an extract are."""

    THREATS = word("threats", "Threats")
    DISRUPTIONS = word("disruptions", "Disruptions")


EARLIEST = date(1990, 1, 1)
"""No activity, assessment or state of a threat is recorded of an earlier day: one is a slip of the keys."""
CLOSED_PHASE = "closed"
"""A threat whose phase has this word in it, whatever its case, is no longer on the master list."""

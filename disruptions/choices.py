"""The vocabulary of threats and disruptions, each word with its meaning."""

from django.db.models import IntegerChoices, TextChoices


class FourP(TextChoices):
    """What a disruption, an aim or an action is for."""

    PURSUE = "pursue", "Pursue"
    PREVENT = "prevent", "Prevent"
    PROTECT = "protect", "Protect"
    PREPARE = "prepare", "Prepare"

    @property
    def meaning(self) -> str:
        return MEANINGS[self]


MEANINGS = {
    FourP.PURSUE: "prosecute and disrupt people engaged in serious and organised crime",
    FourP.PREVENT: "stop people from becoming involved in it",
    FourP.PROTECT: "harden victims and places against it",
    FourP.PREPARE: "reduce its impact where it happens",
}


class DataKind(TextChoices):
    """Rows of the record, and rows made up to show how the site works; the two never add up together."""

    RECORDED = "recorded", "Recorded"
    ILLUSTRATIVE = "illustrative", "Illustrative"


class ThreatType(TextChoices):
    """The three types of SOC threat. A threat's type can change over time."""

    ORGANISED_CRIME_GROUP = "ocg", "Organised crime group"
    PRIORITY_INDIVIDUAL = "pi", "Priority individual"
    VULNERABILITY = "vul", "Vulnerability"


class Tier(IntegerChoices):
    """A threat's priority tier as given; tier 5 is not on the master list."""

    ONE = 1, "Tier 1"
    TWO = 2, "Tier 2"
    THREE = 3, "Tier 3"
    FOUR = 4, "Tier 4"
    FIVE = 5, "Tier 5"


class AssessmentType(TextChoices):
    """What a threat's assessment is for; only tactical ones are on the master list."""

    TACTICAL = "tactical", "Tactical"
    STRATEGIC = "strategic", "Strategic"


class Moderation(TextChoices):
    """Whether the regional unit has checked the assessment."""

    MODERATED = "moderated", "Moderated"
    NOT_MODERATED = "not_moderated", "Not moderated"


class Involvement(TextChoices):
    """Whether a body did the disruption itself or for another; police forces never support."""

    LEAD = "lead", "Lead"
    SUPPORT = "support", "Support"


class Size(TextChoices):
    """How far a disruption reaches, as assessed. Not yet assessed is no size: outside every published-style count."""

    MAJOR = "major", "Major"
    MODERATE = "moderate", "Moderate"
    MINOR = "minor", "Minor"
    NOT_ASSESSED = "not_assessed", "Not yet assessed"


ASSESSED = (Size.MAJOR, Size.MODERATE, Size.MINOR)


class ExtractContents(TextChoices):
    """What the rows of an extract are."""

    THREATS = "threats", "Threats"
    DISRUPTIONS = "disruptions", "Disruptions"


CLOSED_PHASE = "closed"
"""A threat whose phase has this word in it, whatever its case, is no longer on the master list."""

"""The vocabulary of 4P plans, each word with its meaning. The four Ps themselves are in ``disruptions.choices``."""

from typing import Self

from django.db.models import IntegerChoices, TextChoices


class Word(TextChoices):
    """A vocabulary whose words stand with all that belongs to them: value, colour of the tag, meaning, and label."""

    tag: str
    meaning: str

    def __new__(cls, value: str, tag: str = "", meaning: str = "") -> Self:
        word = str.__new__(cls, value)
        word._value_, word.tag, word.meaning = value, tag, meaning
        return word


class PlanStatus(Word):
    """Where a plan stands. Only an approved plan is active; a closed one says what came of it."""

    DRAFT = "draft", "grey", "Draft"
    ACTIVE = "active", "green", "Active"
    UNDER_REVIEW = "under_review", "yellow", "Under review"
    CLOSED = "closed", "blue", "Closed"


RUNNING = (PlanStatus.ACTIVE, PlanStatus.UNDER_REVIEW)
"""The stages in which somebody must act on a plan."""
OPEN = (PlanStatus.DRAFT, *RUNNING)


class PlanResult(TextChoices):
    """What came of a plan that is closed."""

    ACHIEVED = "achieved", "Aims achieved"
    PARTLY_ACHIEVED = "partly_achieved", "Aims partly achieved"
    NOT_ACHIEVED = "not_achieved", "Aims not achieved"
    SUPERSEDED = "superseded", "Replaced by another plan"


class ActionStatus(Word):
    """How far an action is. The outcome of one that is dropped says why; of one that is passed on, where it goes on."""

    TO_DO = "to_do", "grey", "Not started"
    UNDER_WAY = "under_way", "blue", "Under way"
    DONE = "done", "green", "Done"
    DROPPED = "dropped", "yellow", "Dropped"
    PASSED_ON = "passed_on", "purple", "Passed on"


ENDED = (ActionStatus.DONE, ActionStatus.DROPPED, ActionStatus.PASSED_ON)
"""Nothing more is due of it here."""


class ResultKind(TextChoices):
    """What an aim counts. Results of another kind are kept beside it, and never added to them."""

    DISRUPTIONS = "disruptions", "Disruptions"
    ORDERS = "orders", "Ancillary orders"
    SAFEGUARDED = "safeguarded", "People safeguarded"
    DIVERTED = "diverted", "People diverted"
    ASSETS = "assets", "Assets taken, in pounds"
    OTHER = "other", "Other results"


class Stage(Word):
    """Where an aim stands on a day."""

    REACHED = "reached", "green", "Reached"
    MISSED = "missed", "red", "Not reached in time"
    UNDER_WAY = "under_way", "blue", "Under way"
    NOTHING = "nothing", "grey", "Nothing counted yet"


class ReviewKind(TextChoices):
    """Whose look at a plan a review is."""

    OWNER = "owner", "Review by the owner"
    SECOND_PERSON = "second_person", "Quality assurance by a second person"


class SignatureState(Word):
    """How what a plan says now stands to what was signed. Only the first two are approved."""

    AS_SIGNED = "as_signed", "green", "As signed"
    CHANGED = "changed", "yellow", "Changed since signed"
    VOID = "void", "red", "To be signed again"
    UNSIGNED = "unsigned", "grey", "Not signed"


class QuestionKey(Word):
    """What inspectors ask of a plan. It is signed once it answers the required ones; the others prompt."""

    OWNER = "owner", "One clear owner"
    COVERED = "covered", "Every P covered or explained"
    ACTIONS = "actions", "Every action has an owner, a date and a verb"
    IN_DATE = "in_date", "No date has passed without a result"
    REVIEWED = "reviewed", "Reviewed in time"
    PARTNERS = "partners", "Partners consulted"
    EVIDENCE = "evidence", "Local profile or intelligence used"
    TAILORED = "tailored", "Tailored to its threat"

    @property
    def is_required(self) -> bool:
        return self in (QuestionKey.OWNER, QuestionKey.COVERED, QuestionKey.ACTIONS, QuestionKey.EVIDENCE)


class RequestStatus(TextChoices):
    """What became of asking somebody to sign."""

    WAITING = "waiting", "Waiting"
    SIGNED = "signed", "Signed"
    DECLINED = "declined", "Declined"
    DROPPED = "dropped", "No longer needed"


class What(Word):
    """What falls due. The value is part of the events' identity in calendars, so it stays as it is."""

    ACTION = "action", "Action due"
    AIM = "aim", "Aim due"
    REVIEW = "review", "Plan to be reviewed"
    ORDER_ENDS = "order-ends", "Order ends"
    RELEASE = "release", "Release from custody"
    AGREEMENT = "agreement", "Sharing agreement ends"


class Sector(TextChoices):
    """What kind of body a partner is."""

    STATUTORY = "statutory", "Statutory"
    THIRD = "third", "Third sector"
    BUSINESS = "business", "Business"


class OfferKind(TextChoices):
    """What a partner can do that the police cannot, or not alone."""

    DIVERSION = "diversion", "Diversion"
    INTERVENTION = "intervention", "Intervention"
    SAFEGUARDING = "safeguarding", "Safeguarding"
    ENFORCEMENT = "enforcement", "Enforcement powers"
    EDUCATION = "education", "Education and awareness"
    TREATMENT = "treatment", "Health and treatment"
    HOUSING = "housing", "Housing and tenancy powers"
    INTELLIGENCE = "intelligence", "Data and intelligence"
    PROTECTION = "protection", "Protective security advice"


class OrderKind(TextChoices):
    """Court orders that manage a subject beside or after a sentence."""

    SERIOUS_CRIME_PREVENTION = "scpo", "Serious crime prevention order"
    GANG_INJUNCTION = "gang_injunction", "Gang injunction"
    CLOSURE = "closure", "Closure order"
    CRIMINAL_BEHAVIOUR = "cbo", "Criminal behaviour order"
    SLAVERY_RISK = "slavery_risk", "Slavery and trafficking risk or prevention order"
    SEXUAL_HARM = "sexual_harm", "Sexual harm prevention order"
    TRAVEL_RESTRICTION = "travel", "Travel restriction order"
    FINANCIAL_REPORTING = "financial_reporting", "Financial reporting order"
    OTHER = "other", "Other order"


class Agreement(Word):
    """How a partner's agreement to share information stands on a day."""

    IN_FORCE = "in_force", "green", "In force"
    ENDED = "ended", "red", "Ended"
    NONE = "none", "grey", "None on record"


class OrderStanding(Word):
    """Where an order stands on a day."""

    IN_FORCE = "in_force", "green", "In force"
    ENDED = "ended", "grey", "Ended"
    TO_COME = "to_come", "blue", "Not in force yet"


class Setting(Word):
    """Where the subject of an order is: in the community an order must be managed; in custody its release planned."""

    CUSTODY = "custody", "purple", "In custody"
    COMMUNITY = "community", "teal", "In the community"


class TermKind(TextChoices):
    """What a term of an order restricts or asks for."""

    ASSOCIATION = "association", "Whom the subject may meet"
    PLACE = "place", "Places"
    COMMUNICATION = "communication", "Telephones and devices"
    FINANCE = "finance", "Money and assets"
    TRAVEL = "travel", "Travel"
    BUSINESS = "business", "Work and business"
    REPORTING = "reporting", "Reporting to the police"
    OTHER = "other", "Other"


class Phase(Word):
    """The phases of a Clear, Hold, Build site. They may overlap."""

    CLEAR = "clear", "", "pursue those who run the crime out of the place", "Clear"
    HOLD = "hold", "", "keep others from taking their place", "Hold"
    BUILD = "build", "", "work with residents and partners so that the place withstands it", "Build"


class PhaseState(Word):
    """Where a phase of a site stands on a day."""

    UNDER_WAY = "under_way", "under way"
    OVER = "over", "ended"
    TO_COME = "to_come", "to come"


class Lasting(IntegerChoices):
    """For how long the address of a calendar works, in days."""

    MONTH = 30, "30 days"
    QUARTER = 90, "90 days"
    YEAR = 365, "a year"


class Every(IntegerChoices):
    """How often somebody wants a reminder by e-mail, in days."""

    NEVER = 0, "Never"
    DAY = 1, "Every day"
    WEEK = 7, "Every week"
    MONTH = 28, "Every four weeks"

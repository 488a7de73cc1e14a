"""The vocabularies of 4P plans: each word is one line. The four Ps themselves are in ``disruptions.choices``."""

from django.db.models import IntegerChoices

from soc_tracker.core.text.vocabulary import Vocabulary, word


class PlanStatus(Vocabulary):
    """Where a plan stands. Only an approved plan is active; a closed one says what came of it."""

    tag: str

    DRAFT = word("draft", "Draft", tag="grey")
    ACTIVE = word("active", "Active", tag="green")
    UNDER_REVIEW = word("under_review", "Under review", tag="yellow")
    CLOSED = word("closed", "Closed", tag="blue")


RUNNING = (PlanStatus.ACTIVE, PlanStatus.UNDER_REVIEW)
"""The stages in which somebody must act on a plan."""
OPEN = (PlanStatus.DRAFT, *RUNNING)


class PlanResult(Vocabulary):
    """What came of a plan that is closed."""

    ACHIEVED = word("achieved", "Aims achieved")
    PARTLY_ACHIEVED = word("partly_achieved", "Aims partly achieved")
    NOT_ACHIEVED = word("not_achieved", "Aims not achieved")
    SUPERSEDED = word("superseded", "Replaced by another plan")


class ActionStatus(Vocabulary):
    """How far an action is. The outcome of one that is dropped says why; of one that is passed on, where it goes on."""

    tag: str

    TO_DO = word("to_do", "Not started", tag="grey")
    UNDER_WAY = word("under_way", "Under way", tag="blue")
    DONE = word("done", "Done", tag="green")
    DROPPED = word("dropped", "Dropped", tag="yellow")
    PASSED_ON = word("passed_on", "Passed on", tag="purple")


ENDED = (ActionStatus.DONE, ActionStatus.DROPPED, ActionStatus.PASSED_ON)
"""Nothing more is due of it here."""


class ResultKind(Vocabulary):
    """What an aim counts. Results of another kind are kept beside it, and never added to them."""

    DISRUPTIONS = word("disruptions", "Disruptions")
    ORDERS = word("orders", "Ancillary orders")
    SAFEGUARDED = word("safeguarded", "People safeguarded")
    DIVERTED = word("diverted", "People diverted")
    ASSETS = word("assets", "Assets taken, in pounds")
    OTHER = word("other", "Other results")


class Stage(Vocabulary):
    """Where an aim stands on a day."""

    tag: str

    REACHED = word("reached", "Reached", tag="green")
    MISSED = word("missed", "Not reached in time", tag="red")
    UNDER_WAY = word("under_way", "Under way", tag="blue")
    NOTHING = word("nothing", "Nothing counted yet", tag="grey")


class ReviewKind(Vocabulary):
    """Whose look at a plan a review is."""

    OWNER = word("owner", "Review by the owner")
    SECOND_PERSON = word("second_person", "Quality assurance by a second person")


class SignatureState(Vocabulary):
    """How what a plan says now stands to what was signed. Only the first two are approved."""

    tag: str

    AS_SIGNED = word("as_signed", "As signed", tag="green")
    CHANGED = word("changed", "Changed since signed", tag="yellow")
    VOID = word("void", "To be signed again", tag="red")
    UNSIGNED = word("unsigned", "Not signed", tag="grey")


class QuestionKey(Vocabulary):
    """What inspectors ask of a plan. It is signed once it answers the required ones; the others prompt."""

    is_required: bool

    OWNER = word("owner", "One clear owner", is_required=True)
    COVERED = word("covered", "Every P covered or explained", is_required=True)
    ACTIONS = word("actions", "Every action has an owner, a date and a verb", is_required=True)
    IN_DATE = word("in_date", "No date has passed without a result", is_required=False)
    REVIEWED = word("reviewed", "Reviewed in time", is_required=False)
    PARTNERS = word("partners", "Partners consulted", is_required=False)
    EVIDENCE = word("evidence", "Local profile or intelligence used", is_required=True)
    TAILORED = word("tailored", "Tailored to its threat", is_required=False)


class RequestStatus(Vocabulary):
    """What became of asking somebody to sign."""

    WAITING = word("waiting", "Waiting")
    SIGNED = word("signed", "Signed")
    DECLINED = word("declined", "Declined")
    DROPPED = word("dropped", "No longer needed")


class What(Vocabulary):
    """What falls due. The value is part of the events' identity in calendars, so it stays as it is."""

    ACTION = word("action", "Action due")
    AIM = word("aim", "Aim due")
    REVIEW = word("review", "Plan to be reviewed")
    ORDER_ENDS = word("order-ends", "Order ends")
    RELEASE = word("release", "Release from custody")
    AGREEMENT = word("agreement", "Sharing agreement ends")
    REQUIREMENT = word("requirement", "Must have changed")


class Sector(Vocabulary):
    """What kind of body a partner is."""

    STATUTORY = word("statutory", "Statutory")
    THIRD = word("third", "Third sector")
    BUSINESS = word("business", "Business")


class OfferKind(Vocabulary):
    """What a partner can do that the police cannot, or not alone."""

    DIVERSION = word("diversion", "Diversion")
    INTERVENTION = word("intervention", "Intervention")
    SAFEGUARDING = word("safeguarding", "Safeguarding")
    ENFORCEMENT = word("enforcement", "Enforcement powers")
    EDUCATION = word("education", "Education and awareness")
    TREATMENT = word("treatment", "Health and treatment")
    HOUSING = word("housing", "Housing and tenancy powers")
    INTELLIGENCE = word("intelligence", "Data and intelligence")
    PROTECTION = word("protection", "Protective security advice")


class OrderKind(Vocabulary):
    """Court orders that manage a subject beside or after a sentence."""

    SERIOUS_CRIME_PREVENTION = word("scpo", "Serious crime prevention order")
    GANG_INJUNCTION = word("gang_injunction", "Gang injunction")
    CLOSURE = word("closure", "Closure order")
    CRIMINAL_BEHAVIOUR = word("cbo", "Criminal behaviour order")
    SLAVERY_RISK = word("slavery_risk", "Slavery and trafficking risk or prevention order")
    SEXUAL_HARM = word("sexual_harm", "Sexual harm prevention order")
    TRAVEL_RESTRICTION = word("travel", "Travel restriction order")
    FINANCIAL_REPORTING = word("financial_reporting", "Financial reporting order")
    OTHER = word("other", "Other order")


class Agreement(Vocabulary):
    """How a partner's agreement to share information stands on a day."""

    tag: str

    IN_FORCE = word("in_force", "In force", tag="green")
    ENDED = word("ended", "Ended", tag="red")
    NONE = word("none", "None on record", tag="grey")


class OrderStanding(Vocabulary):
    """Where an order stands on a day."""

    tag: str

    IN_FORCE = word("in_force", "In force", tag="green")
    ENDED = word("ended", "Ended", tag="grey")
    TO_COME = word("to_come", "Not in force yet", tag="blue")


class Setting(Vocabulary):
    """Where the subject of an order is: in the community an order must be managed; in custody its release planned."""

    tag: str

    CUSTODY = word("custody", "In custody", tag="purple")
    COMMUNITY = word("community", "In the community", tag="teal")


class TermKind(Vocabulary):
    """What a term of an order restricts or asks for."""

    ASSOCIATION = word("association", "Whom the subject may meet")
    PLACE = word("place", "Places")
    COMMUNICATION = word("communication", "Telephones and devices")
    FINANCE = word("finance", "Money and assets")
    TRAVEL = word("travel", "Travel")
    BUSINESS = word("business", "Work and business")
    REPORTING = word("reporting", "Reporting to the police")
    OTHER = word("other", "Other")


class Phase(Vocabulary):
    """The phases of a Clear, Hold, Build site. They may overlap."""

    meaning: str

    CLEAR = word("clear", "Clear", meaning="pursue those who run the crime out of the place")
    HOLD = word("hold", "Hold", meaning="keep others from taking their place")
    BUILD = word("build", "Build", meaning="work with residents and partners so that the place withstands it")


class PhaseState(Vocabulary):
    """Where a phase of a site stands on a day."""

    UNDER_WAY = word("under_way", "under way")
    OVER = word("over", "ended")
    TO_COME = word("to_come", "to come")


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


NO_OWNER = "nobody yet"
"""What lists and files say of a plan without an owner."""

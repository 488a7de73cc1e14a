"""Where a response stands against its clock, and what it says of one thing that must change."""

from soc_tracker.core.text.vocabulary import Vocabulary, word


class Timeliness(Vocabulary):
    """``is_late``: it came, or will come, after its last day. No response held here is not yet no response given."""

    tag: str
    is_late: bool

    IN_TIME = word("in_time", "Published in time", tag="green", is_late=False)
    LATE = word("late", "Published late", tag="orange", is_late=True)
    UNCERTAIN = word("uncertain", "Published, timing not known", tag="grey", is_late=False)
    AWAITED = word("awaited", "Not due yet", tag="blue", is_late=False)
    OVERDUE = word("overdue", "Overdue: none held", tag="red", is_late=True)
    NO_CLOCK = word("no_clock", "No day known", tag="grey", is_late=False)


class AnswerKind(Vocabulary):
    """What a response says of one thing that must change. Where it says nothing of it, there is no answer."""

    tag: str

    ACTION = word("action", "Says what will be done", tag="green")
    NO_ACTION = word("no_action", "Says why nothing will be done", tag="yellow")

"""Where a response stands against its clock, and what it says of one thing that must change."""

from soc_tracker.core.text.vocabulary import Vocabulary, word


class Timeliness(Vocabulary):
    """No response held here is not yet no response given: where its last day has passed, nobody is called late."""

    tag: str

    IN_TIME = word("in_time", "Published in time", tag="green")
    LATE = word("late", "Published late", tag="orange")
    UNCERTAIN = word("uncertain", "Published, timing not known", tag="grey")
    AWAITED = word("awaited", "Not due yet", tag="blue")
    NONE_HELD = word("none_held", "Due, none held here", tag="yellow")
    NO_CLOCK = word("no_clock", "No day known", tag="grey")


class AnswerKind(Vocabulary):
    """What a response says of one thing that must change. Where it says nothing of it, there is no answer."""

    tag: str

    ACTION = word("action", "Says what will be done", tag="green")
    NO_ACTION = word("no_action", "Says why nothing will be done", tag="yellow")

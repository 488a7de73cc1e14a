"""What becomes of a proposal."""

from soc_tracker.core.text.vocabulary import Vocabulary, word


class Decision(Vocabulary):
    """What somebody has decided about a proposal. ``is_open``: nobody has yet."""

    tag: str
    is_open: bool

    WAITING = word("waiting", "Waiting", tag="yellow", is_open=True)
    ACCEPTED = word("accepted", "Accepted", tag="green", is_open=False)
    DROPPED = word("dropped", "Dropped", tag="grey", is_open=False)

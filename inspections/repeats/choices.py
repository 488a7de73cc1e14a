"""What a later inspection says of an earlier finding."""

from soc_tracker.core.text.vocabulary import Vocabulary, word


class RevisitOutcome(Vocabulary):
    """What has become of the problem. Where it ``stands``, the finding still asks for something."""

    tag: str
    stands: bool

    RESOLVED = word("resolved", "Resolved", tag="green", stands=False)
    PARTLY = word("partly", "Better, not said to be resolved", tag="yellow", stands=True)
    NOT_RESOLVED = word("not_resolved", "Not resolved", tag="red", stands=True)
    NOT_LOOKED_AT = word("not_looked_at", "Not looked at again", tag="grey", stands=True)

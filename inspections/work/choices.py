"""What a body may say of the facts about it."""

from soc_tracker.core.text.vocabulary import Vocabulary, word


class Verdict(Vocabulary):
    """``tag`` is the colour of its tag."""

    tag: str

    RIGHT = word("right", "Right", tag="green")
    WRONG = word("wrong", "Not all right", tag="orange")

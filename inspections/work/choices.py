"""What may change in a team, and what a body may say of the facts about it."""

from soc_tracker.core.text.vocabulary import Vocabulary, word


class TeamChange(Vocabulary):
    """What may change about the place of an account in a team."""

    JOIN = word("add", "Joins the team")
    LEAD = word("lead", "Leads it from now on")
    LEAVE = word("out", "Leaves it, and sees it no more")


class Verdict(Vocabulary):
    """``tag`` is the colour of its tag."""

    tag: str

    RIGHT = word("right", "Right", tag="green")
    WRONG = word("wrong", "Not all right", tag="orange")

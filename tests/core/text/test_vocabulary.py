"""A word is one line: its value, its label and what it carries."""

import pytest

from soc_tracker.core.text.vocabulary import Vocabulary, word


class Size(Vocabulary):
    tag: str

    MAJOR = word("major", "Major", tag="purple")
    MINOR = word("minor", "Minor", tag="grey")


def test_a_word_is_its_value_and_has_a_label_and_attributes() -> None:
    assert Size.MAJOR == "major"
    assert f"{Size('minor')}" == "minor"
    assert (Size.MAJOR.label, Size.MAJOR.tag) == ("Major", "purple")
    assert [*Size.words()] == Size.choices == [("major", "Major"), ("minor", "Minor")]


@pytest.mark.parametrize("attributes", [{}, {"tag": "red", "weight": 1}])
def test_a_word_needs_each_attribute_and_no_other(attributes: dict) -> None:
    with pytest.raises(TypeError, match="tag"):
        type(Size)("Other", (Vocabulary,), classdict(attributes))


def classdict(attributes: dict) -> dict:
    members = type(Size).__prepare__("Other", (Vocabulary,))
    members["__annotations__"] = {"tag": str}
    members["HUGE"] = word("huge", "Huge", **attributes)
    return members

"""Where the words of a query stand in the text as it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.text.excerpts import excerpt, marked, spans
from soc_tracker.core.text.normal import fold, words_of


@given(st.text(max_size=40), st.integers(0, 40), st.integers(1, 8))
def test_what_is_marked_is_the_word(text, at, length):
    for word in words_of(text[at : at + length]):
        for first, last in spans(text, [word]):
            assert word in fold(text[first:last]) or fold(text[first:last]) in word


@given(st.text(max_size=60), st.lists(st.text("abc 'é-", max_size=4), max_size=3))
def test_marking_leaves_the_text_as_it_is(text, words):
    assert "".join(piece for piece, _ in marked(text, [each for word in words for each in words_of(word)])) == text


@given(st.text("ab c-é’", max_size=30), st.text("ab c-é’", max_size=4))
def test_a_word_is_marked_just_where_it_occurs(text, query):
    for word in words_of(query):
        assert bool(spans(text, [word])) == (word in fold(text))


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Môn and Dŵr", ["mon", "dwr"], [("Môn", True), (" and ", False), ("Dŵr", True)]),
        ("cafe\u0301 noir", ["cafe"], [("cafe\u0301", True), (" noir", False)]),
        ("North–West region", ["north west"], [("North–West", True), (" region", False)]),
        ("aaa", ["a"], [("aaa", True)]),
        ("<b>plan</b>", ["plan"], [("<b>", False), ("plan", True), ("</b>", False)]),
        ("", ["a"], []),
    ],
)
def test_marked(text, words, expected):
    assert marked(text, words) == expected


def test_an_excerpt_holds_the_word_and_whole_words_around_it():
    text = "first " * 40 + "the plan of the force " + "last " * 40
    cut = excerpt(text, ["plan"])
    assert cut.startswith("…first")
    assert cut.endswith("last…")
    assert "the plan of" in cut
    assert len(cut) < 150


@given(st.text("ab ", max_size=300), st.text("ab", min_size=1, max_size=5))
def test_an_excerpt_of_a_text_that_holds_the_word_holds_it(text, word):
    if word in fold(text):
        assert word in fold(excerpt(text, [word]))

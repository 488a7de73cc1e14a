"""Folding: one form for every way to write a text, and where its words stand in the text as written."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.text.folding import excerpt, fold, marked, spans, words_of

VARIANTS = {
    "'": "‘’‚‛′ʼ´`",
    '"': "“”„‟«»",
    " ": "-‐‑‒–—−\u00a0\t\n",
    "a": "AáàâäãåÀÂ",
    "e": "EéèêëÊ",
    "w": "WŵŴ",
    "y": "YŷÿŶ",
    "s": "SŠſ",
}


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Dyfed-Powys", "dyfed powys"),
        ("Dŵr ac Ynys Môn", "dwr ac ynys mon"),
        ("the force’s “plan”", 'the force\'s "plan"'),
        ("Avon & Somerset", "avon and somerset"),
        ("Avon&Somerset", "avon and somerset"),
        ("2022–23", "2022 23"),
        ("anti\u00adsocial", "antisocial"),
        ("cafe\u0301", "cafe"),
        ("STRASSE straße", "strasse strasse"),
        ("ﬁnding", "finding"),
        ("  two\n lines ", "two lines"),
        ("Łódź Ørsted Æthel", "lodz orsted aethel"),
        ("50% of_it, £4,200", "50% of_it, £4,200"),
        ("–", ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


def test_every_character_folds_for_good():
    for number in range(sys.maxunicode + 1):
        folded = fold(chr(number))
        assert fold(folded) == folded, hex(number)
        assert fold(f"é {chr(number)}") == f"e {folded}".rstrip(), hex(number)  # in whichever company


@given(st.text())
def test_folding_a_folded_text_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.text())
def test_texts_fold_apart_as_they_fold_together(first, second):
    assert fold(f"{first} {second}") == " ".join(filter(None, [fold(first), fold(second)]))


def spelled(text: str) -> st.SearchStrategy[str]:
    """The text in any of the ways to write it."""
    return st.tuples(*(st.sampled_from(char + VARIANTS.get(char, "")) for char in text)).map("".join)


@given(st.text("aewys '\"x1", max_size=12).flatmap(lambda text: st.tuples(spelled(text), spelled(text))))
def test_all_ways_to_write_a_text_are_one(pair):
    one, other = pair
    assert fold(one) == fold(other)


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


def test_words_are_taken_once_and_what_shows_nothing_is_none():
    assert words_of("Plan plan PLÀN  – ’s") == ["plan", "'s"]
    assert words_of(" - \u00ad ") == []

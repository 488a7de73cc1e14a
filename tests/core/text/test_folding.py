"""Folding: one form for every way to write a text; and one for all spellings of a name."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.text.normal import fold, fold_all, normalise, words_of

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


def test_words_are_taken_once_and_what_shows_nothing_is_none():
    assert words_of("Plan plan PLÀN  – ’s") == ["plan", "'s"]
    assert words_of(" - \u00ad ") == []


TEXTS = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0")) | st.sampled_from(
    ["North-West & `Heron'", "  two  spaces ", "-x-", "", "Äpfel", "a\nb"]
)


@given(st.lists(TEXTS))
def test_many_are_folded_as_one(texts: list[str]) -> None:
    assert fold_all(texts) == [fold(text) for text in texts]


@given(name=st.text(max_size=40))
def test_normalising_twice_is_normalising_once(name):
    assert normalise(normalise(name)) == normalise(name)

"""References are one where only the keyboard tells them apart."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.text.normal import key_of, keys_of

SAME = [
    "PB-0401",
    "pb-0401",
    "PB-0401\u200b",
    "\ufeffPB-0401",
    "PB\u20110401",
    "PB\u20130401",
    "PB\u22120401",
    "PB-0401\u00a0",
    "PB\u00ad-0401",
    "PB - 0401",
    "PB – 0401",
    "\u202ePB-0401",
    "P\u2060B-0401",
    "ＰＢ－０４０１",
    "PB--0401",
    "PB-\ufe0e0401",
    " \tPB-0401\u2003",
    "PB-\U0001d7f60401"[:3] + "0401",
]
OTHER = ["PB0401", "PB-00401", "PB 0401", "PB-401", "PB/0401", "PB_0401", "PB-0401a", "P-B-0401", "Pb́-0401"]


@pytest.mark.parametrize("reference", SAME, ids=ascii)
def test_one_reference(reference) -> None:
    assert key_of(reference) == "pb-0401"


@pytest.mark.parametrize("reference", OTHER, ids=ascii)
def test_another_reference(reference) -> None:
    assert key_of(reference) != "pb-0401"


def test_accents_tell_references_apart_however_they_are_composed() -> None:
    assert key_of("É-1") == key_of(unicodedata.normalize("NFD", "É-1")) != key_of("E-1")


@given(st.text())
def test_the_key_of_a_key_is_itself(text) -> None:
    key = key_of(text)
    assert key_of(key) == key
    assert key == key.strip()
    assert "\u200b" not in key


@given(st.lists(st.one_of(st.sampled_from([*SAME, *OTHER]), st.text(st.characters(exclude_characters="\0")))))
def test_many_at_once(references) -> None:
    assert keys_of(references) == list(map(key_of, references))

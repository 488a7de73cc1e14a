"""Whether an action says what is done."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans4p.quality.queries import VERBS, begins_with_verb


@pytest.mark.parametrize(
    "text",
    [
        "Visit the flats",
        "visit the flats",
        "VISIT",
        "Co-ordinate the raids with the port",
        "  Seize the telephone",
        "1. Seize the telephone",
        "(1) Seize the telephone",
        "– Seize the telephone",
        "• Seize the telephone",
        "“Seize” the telephone",
        "Seize, then sell, the van",
    ],
)
def test_an_action_that_begins_with_a_verb(text):
    assert begins_with_verb(text)


@pytest.mark.parametrize(
    "text",
    ["", "12.", "Visits to the flats", "The flats are visited", "Visiting flats", "Housing", "Flats: visit", "A visit"],
)
def test_an_action_that_names_a_thing_instead(text):
    assert not begins_with_verb(text)


def test_a_word_that_only_begins_like_a_verb_is_none():
    assert not begins_with_verb("Asking price of the van")
    assert not begins_with_verb("Act-like talk")


@pytest.mark.parametrize("sign", ["!", "£", "?", "Ü "])
def test_other_signs_before_the_verb_are_no_numbering(sign):
    assert not begins_with_verb(f"{sign}Visit the flats")


@given(st.sampled_from(sorted(VERBS)), st.text())
def test_whatever_follows_the_verb(verb, rest):
    assert begins_with_verb(f"{verb.capitalize()} {rest}")


@given(st.text())
def test_any_text_has_an_answer(text):
    assert begins_with_verb(text) in (True, False)


def test_the_verbs_are_in_plain_form_and_small_letters():
    assert {verb for verb in VERBS if verb != verb.lower() or verb.endswith("ing")} == {"bring"}

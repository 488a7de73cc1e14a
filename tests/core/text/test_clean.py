"""Text as it is kept: nothing visible is lost, nothing unseen gets in."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from soc_tracker.core.text.normal import TextField, clean_code, clean_line, clean_text, is_plain

UNSEEN = (
    "\x00\x07\x1b\x7f\x9f\xad\u200b\u200c\u200d\u200e\u200f\u061c\u2060\u2028\ufeff\ufff9\ufffe\U000e0041\U0010ffff"
)
DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
LETTERS = "aé e\u0301Ŵçשלוםعربي\u0301हि\u094d日\u0627٣1-“”🏴👩🏿\ufe0f\u212b\n\r\t \u3164"
ODD = st.text(
    st.one_of(st.sampled_from(UNSEEN + DIRECTIONS + LETTERS), st.characters(exclude_categories=())), max_size=30
)
CLEANERS = [clean_text, clean_line, clean_code]


def visible(text: str) -> str:
    """What somebody sees of a text: without formatting, and whatever the spaces and the form of accents."""
    seen = "".join(one for one in text if unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp", "Zs"))
    for blank in "\u115f\u1160\u2800\u3164\uffa0":
        seen = seen.replace(blank, "")
    return unicodedata.normalize("NFD", seen)


@pytest.mark.parametrize("clean", CLEANERS)
@settings(max_examples=500)
@given(text=ODD)
def test_cleaning_twice_is_cleaning_once(clean, text):
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize("clean", CLEANERS)
@settings(max_examples=500)
@given(text=ODD)
def test_nothing_visible_is_lost_or_added(clean, text):
    assert visible(clean(text)) == visible(text)


@settings(max_examples=500)
@given(text=ODD)
def test_nothing_unseen_is_left(text):
    cleaned = clean_text(text)
    cleaned.encode()
    left = {one for one in cleaned if unicodedata.category(one) in ("Cc", "Cs")}
    assert left <= {"\n", "\t"}
    assert not set(cleaned) & set("\u200b\u2060\ufeff\xad\u202d\u202e")
    assert cleaned == cleaned.strip()
    assert unicodedata.is_normalized("NFC", cleaned)


@settings(max_examples=500)
@given(text=ODD)
def test_a_line_is_one_and_a_code_has_no_marks(text):
    assert not set(clean_line(text)) & set("\n\t\r")
    assert not set(clean_code(text)) & set(DIRECTIONS + "\u200c\u200d")


@settings(max_examples=500)
@given(text=ODD)
def test_marks_of_direction_are_balanced_on_every_line(text):
    for line in clean_text(text).split("\n"):
        depth = 0
        for one in line:
            depth += (one in "\u202a\u202b\u2066\u2067\u2068") - (one in "\u202c\u2069")
            assert depth >= 0
        assert depth == 0


@settings(max_examples=500)
@given(text=ODD)
def test_what_is_plain_has_nothing_to_clean(text):
    if is_plain(text):
        assert {clean(text) for clean in CLEANERS} == {text.strip()}


@pytest.mark.parametrize(
    "text",
    [
        "Ynys Môn",
        "Ŵyn Ŷ Llŷr",
        "Zoë O’Brien-Núñez",
        "محمد علي",
        "\u2067محمد\u2069 Ali",
        "\u202bמשה\u202c Cohen",
        "PC \u200fמשה\u200e 12",
        "می\u200cخواهم",
        "क\u094d\u200dष",
        "👩\u200d👧",
        "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f Cymru",
        "line one\n\nline\ttwo",
        "£5\xa0000",
    ],
)
def test_what_people_write_stays_as_it_is(text):
    assert clean_text(text) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("one\r\ntwo\rthree\u2028four\x0bfive", "one\ntwo\nthree\nfour\nfive"),
        ("DS \x00Kaur\x1b[31m", "DS Kaur[31m"),
        ("\ufeffReference", "Reference"),
        ("OCG\u200b-\u200d1\u200e", "OCG-1"),
        ("Ali\u202e gpj.exe", "Ali gpj.exe"),
        ("\u202eعلي\u202c", "علي"),
        ("\u2067علي", "علي"),
        ("علي\u2069\u202c", "علي"),
        ("\u2067abc\u2069", "abc"),
        ("\u200fעברית\u200f ", "עברית"),
        ("Mo\u0302n", "Môn"),
        ("half \ud83d", "half"),
        ("\u3164\u3164", ""),
        ("tag\U000e0041s", "tags"),
    ],
)
def test_what_nobody_sees_goes(text, kept):
    assert clean_text(text) == kept


def test_the_end_of_a_line_is_one_character_however_a_browser_sends_it():
    field = TextField(max_length=5)
    assert field.clean("ab\r\ncd ") == "ab\ncd"
    with pytest.raises(ValidationError, match="at most 5 characters"):
        field.clean("ab\r\ncde")

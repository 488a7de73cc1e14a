"""What says that there is nothing to say, what a formula that failed shows, and what stands behind names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.imports.cells import Fault, Field
from soc_tracker.core.imports.parsers import (
    Memo,
    is_failed,
    optional,
    parse_number,
    parse_text,
    stands_for_nothing,
    without_notes,
)

SIGNS = "- – — -- .. … ... * ** ? : / _ [c] [x] [z] [low] [C] (c) N/A n/a #N/A N.A. n.k. NK TBC T.B.C. TBA tbd 0 0.0 0%"
WORDS = "(blank) [blank] <blank> {empty} (null) NULL NaN <NA> None nil unknown 00/00/0000 withheld [redacted]"
PHRASES = ("Not known", "not stated", "NOT RECORDED", "Not  applicable", "To be confirmed", "no data", "Don’t know")


@pytest.mark.parametrize("text", [*SIGNS.split(), *WORDS.split(), *PHRASES, " - ", "ｎ／ａ"])
def test_says_nothing(text) -> None:
    assert stands_for_nothing(text)
    assert not is_failed(text)


@pytest.mark.parametrize("text", ["", "!!!", "Drugs supply", "no", "x", "A", "12", "TBC in May", "Nilsson", "[2022]"])
def test_says_something(text) -> None:
    assert not stands_for_nothing(text)


@pytest.mark.parametrize("text", ["#REF!", "#DIV/0!", "#VALUE!", "#name?", "#NUM!", "#NULL!", "#SPILL!", "Err:502"])
def test_shows_that_a_formula_failed(text) -> None:
    assert is_failed(text)
    assert not stands_for_nothing(text)


NAMES = {
    "West Midlands2": "West Midlands",
    "Kent Police [note 2]": "Kent Police",
    "Kent Police[note 12]": "Kent Police",
    "Gwent (r)": "Gwent",
    "Gwent¹": "Gwent",
    "Gwent ²,": "Gwent",
    "South Wales [note 1, note 2]": "South Wales",
    "Cumbria [u1]": "Cumbria",
    "Kent*": "Kent",
    "Kent †": "Kent",
    "Kent (see note 4)": "Kent",
    "Kent Police note 3": "Kent Police",
    "Kent [r] [2]": "Kent",
    "Kent (provisional)": "Kent",
    "Metropolitan Police 2 3": "Metropolitan Police",
    "London, City of": "London, City of",
    "Metropolitan Police (MPS)": "Metropolitan Police (MPS)",
    "E23000018": "E23000018",
}


@pytest.mark.parametrize(("name", "plain"), NAMES.items())
def test_marks_of_notes_are_taken_from_behind_a_name(name, plain) -> None:
    assert without_notes(name) == plain


@given(st.text(max_size=30))
def test_no_text_is_too_odd(text) -> None:
    assert isinstance(stands_for_nothing(text), bool)
    assert isinstance(is_failed(text), bool)
    assert len(without_notes(text)) <= len(text)
    assert without_notes(without_notes(text)) == without_notes(text)


def memo(parse, expected="a word") -> Memo:
    return Memo(Field("word", "word", (), parse, expected))


def test_a_column_that_may_be_empty_takes_a_mark_as_empty_and_says_so() -> None:
    words = memo(parse_text(40, required=False))
    assert words.column(["Fraud", "[c]", "", "N/A"]) == ["Fraud", "", "", ""]
    assert words.marks == {"[c]", "N/A"}
    assert not words.faulty


def test_a_column_that_must_say_something_refuses_it() -> None:
    (fault,) = memo(parse_text(40)).column(["TBC"])
    assert fault == Fault("word", "TBC", "a word; this stands for nothing")


def test_a_formula_that_failed_is_refused_wherever_it_stands() -> None:
    (fault,) = memo(parse_text(40, required=False)).column(["#REF!"])
    assert fault.expected == "a word; a formula of the spreadsheet has failed here"


def test_a_zero_is_a_number_where_numbers_stand() -> None:
    above = memo(optional(parse_number(1)))
    (zero, nothing) = above.column(["0", "-"])
    assert isinstance(zero, Fault)
    assert nothing is None
    assert memo(optional(parse_number(0))).column(["0"]) == [0]


def test_prose_says_what_it_says() -> None:
    assert memo(parse_text(None, is_prose=True)).column(["TBC", "#REF!"]) == ["TBC", "#REF!"]

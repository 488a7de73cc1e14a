"""Parsers take what people mean, and refuse the rest."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from django.db.models import IntegerChoices, TextChoices
from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.imports.days import parse_day
from soc_tracker.core.imports.parsers import one_of, optional, parse_choice, parse_number, parse_text, parse_yes_no


class Size(TextChoices):
    MAJOR = "major", "Major"
    NOT_YET = "not_assessed", "Not yet assessed"


class Tier(IntegerChoices):
    ONE = 1, "Tier 1"
    TWO = 2, "Tier 2"


def refused(parse, cell) -> bool:
    try:
        parse(cell)
    except ValueError:
        return True
    return False


@pytest.mark.parametrize("cell", ["major", "MAJOR", " Major ", "Big", "bi-g", "b i g"])
def test_a_choice_by_value_label_and_synonym(cell) -> None:
    assert parse_choice(Size, {"big": Size.MAJOR, "bi g": Size.MAJOR, "B_I_G": Size.MAJOR})(cell) is Size.MAJOR


@pytest.mark.parametrize("cell", ["not_assessed", "Not-Yet assessed", "NOT  ASSESSED", "not yet assessed"])
def test_spaces_hyphens_and_underscores_are_the_same(cell) -> None:
    assert parse_choice(Size)(cell) is Size.NOT_YET


@pytest.mark.parametrize("cell", ["", "majors", "Maj", "?", "-", 1, 2.5, date(2022, 1, 1), "#N/A"])
def test_no_choice_is_guessed(cell) -> None:
    assert refused(parse_choice(Size), cell)


def test_a_blank_may_mean_something_but_a_sign_does_not() -> None:
    parse = parse_choice(Size, {"": Size.NOT_YET})
    assert parse("") is Size.NOT_YET
    assert parse("  ") is Size.NOT_YET
    assert refused(parse, "-")
    assert refused(parse, "??")


@pytest.mark.parametrize("cell", [1, "1", "tier 1", "Tier-1"])
def test_a_choice_of_numbers(cell) -> None:
    assert parse_choice(Tier)(cell) is Tier.ONE
    assert refused(parse_choice(Tier), 3)


def test_what_a_choice_expects_in_words() -> None:
    assert one_of(Size) == "Major or Not yet assessed"
    assert one_of([Size.MAJOR]) == "Major"
    assert one_of([*Tier, Size.MAJOR]) == "Tier 1, Tier 2 or Major"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (" a b ", "a b"),
        ("\xa0a\n", "a"),
        (12, "12"),
        (4.5, "4.5"),
        (date(2022, 7, 3), "2022-07-03"),
        (datetime.fromisoformat("2022-07-03"), "2022-07-03"),
        (datetime.fromisoformat("2022-07-03 04:05:06"), "2022-07-03 04:05:06"),
        (time(4, 5), "04:05:00"),
    ],
)
def test_text(cell, text) -> None:
    assert parse_text(20)(cell) == text
    assert parse_text(None, required=False)(cell) == text


@pytest.mark.parametrize("cell", ["", "   ", "abcd", "\u200b", 1234])
def test_text_that_is_missing_too_long_or_not_to_be_stored(cell) -> None:
    assert refused(parse_text(3), cell)


def test_text_that_may_be_missing() -> None:
    assert parse_text(3, required=False)("  ") == ""
    assert refused(parse_text(3, required=False), "abcd")
    assert parse_text(None)("a" * 100_000) == "a" * 100_000


@given(st.lists(st.one_of(st.text(max_size=6), st.integers(), st.dates())), st.sampled_from([None, 3]), st.booleans())
def test_a_column_of_texts_is_what_its_cells_are(cells, longest, required) -> None:
    parse = parse_text(longest, required=required)
    whole = parse.column(cells)
    if whole is not None:
        assert whole == [parse(cell) for cell in cells]
    elif all(isinstance(cell, str) for cell in cells):
        assert any(refused(parse, cell) for cell in cells)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("4.50", "4.5"),
        (" -3 ", "-3"),
        ("+3", "3"),
        ("1,234,567.25", "1234567.25"),
        (7, "7"),
        (0.1 + 0.2, "0.3"),
        (1e20, "100000000000000000000"),
        ("0", "0"),
    ],
)
def test_numbers(cell, number) -> None:
    assert parse_number()(cell) == Decimal(number)


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "x",
        "1,23",
        "1.2.3",
        ".",
        "12,",
        "NaN",
        "inf",
        "١٢",
        "1_000",
        float("nan"),
        float("inf"),
        date(2022, 1, 1),
        "9" * 31,
    ],
)
def test_what_is_no_number(cell) -> None:
    assert refused(parse_number(), cell)


def test_limits_of_a_number() -> None:
    parse = parse_number(low=0, high=Decimal("10.5"), places=2)
    assert parse("0") == 0
    assert parse("10.50") == Decimal("10.5")
    assert parse("1.2300") == Decimal("1.23")
    assert [cell for cell in ("-0.01", "10.51", "1.234") if not refused(parse, cell)] == []
    assert parse_number(places=0)("100") == 100


@given(st.one_of(st.text(), st.floats(), st.integers(), st.datetimes()))
def test_a_number_or_a_refusal(cell) -> None:
    if not refused(parse_number(), cell):
        assert parse_number()(cell).is_finite()


def test_yes_and_no() -> None:
    assert [parse_yes_no(cell) for cell in ("Yes", " y", "TRUE", 1, "1")] == [True] * 5
    assert [parse_yes_no(cell) for cell in ("No", "N ", "false", 0, "0")] == [False] * 5
    assert [cell for cell in ("", "maybe", 2, 0.5) if not refused(parse_yes_no, cell)] == []


def test_a_column_that_may_be_left_empty() -> None:
    assert optional(parse_day)("  ") is None
    assert optional(parse_yes_no, blank=True)("") is True
    assert optional(parse_day)("2022-07-03") == date(2022, 7, 3)
    assert refused(optional(parse_day), "soon")

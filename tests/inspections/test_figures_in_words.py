"""Published figures in words: nothing is added to what was printed, nothing is lost."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.choices import Qualifier, Unit
from inspections.figures.models import PublishedFigure, figure_in_words, period_in_words


def figure(
    value: str | None, step: str | None, unit: Unit, qualifier: Qualifier = Qualifier.EXACTLY
) -> PublishedFigure:
    return PublishedFigure(
        value=None if value is None else Decimal(value),
        step=None if step is None else Decimal(step),
        unit=unit,
        qualifier=qualifier,
    )


@pytest.mark.parametrize(
    ("value", "step", "unit", "words"),
    [
        ("0", "1", Unit.COUNT, "0"),
        ("118", "1", Unit.COUNT, "118"),
        ("118.00", "1.00", Unit.COUNT, "118"),
        ("84", "1", Unit.PERCENT, "84 percent"),
        ("84.5", "0.1", Unit.PERCENT, "84.5 percent"),
        ("13700000", "100000", Unit.POUNDS, "£13.7 million"),
        ("2000000.00", "1000000.00", Unit.POUNDS, "£2 million"),
        ("16000000", "1000000", Unit.POUNDS, "£16 million"),
        ("1000000000", "1000000", Unit.POUNDS, "£1,000 million"),
        ("350000", "10000", Unit.POUNDS, "£350,000"),
        ("1234567", "1", Unit.POUNDS, "£1,234,567"),
        ("12.5", "0.01", Unit.POUNDS, "£12.50"),
        ("255", "1", Unit.TONNES, "255 tonnes"),
        ("1", "1", Unit.TONNES, "1 tonne"),
        ("2", "1", Unit.YEARS, "2 years"),
        ("1", "1", Unit.YEARS, "1 year"),
        ("1", "1", Unit.RANK, "1st"),
        ("2", "1", Unit.RANK, "2nd"),
        ("5", "1", Unit.RANK, "5th"),
        ("11", "1", Unit.RANK, "11th"),
        ("23", "1", Unit.RANK, "23rd"),
    ],
)
def test_an_exact_figure_says_value_and_unit(value: str, step: str, unit: Unit, words: str) -> None:
    assert figure_in_words(figure(value, step, unit)) == words


@pytest.mark.parametrize(
    ("value", "step", "unit", "qualifier", "words"),
    [
        ("3000", "1000", Unit.COUNT, Qualifier.OVER, "over 3,000"),
        ("600", "100", Unit.COUNT, Qualifier.NEARLY, "nearly 600"),
        ("600", "100", Unit.COUNT, Qualifier.UP_TO, "as many as 600"),
        ("2000000", "1000000", Unit.POUNDS, Qualifier.ABOUT, "about £2 million"),
        (None, None, Unit.SHARE, Qualifier.MORE_THAN_A_THIRD, "more than a third"),
        (None, None, Unit.SHARE, Qualifier.MORE_THAN_DOUBLE, "more than double"),
    ],
)
def test_the_qualifier_stands_before_it(
    value: str | None, step: str | None, unit: Unit, qualifier: Qualifier, words: str
) -> None:
    assert figure_in_words(figure(value, step, unit, qualifier)) == words


@given(units=st.integers(1, 10**8), exponent=st.integers(-2, 6))
def test_the_words_hold_the_printed_value_whatever_the_step(units: int, exponent: int) -> None:
    step = Decimal(10) ** exponent
    value = units * step
    words = figure_in_words(figure(str(value), str(step), Unit.POUNDS))
    number = Decimal(words.removeprefix("£").removesuffix(" million").replace(",", ""))
    assert number * (1_000_000 if words.endswith("million") else 1) == value


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "period not stated"),
        ({"as_at": date(2023, 1, 4)}, "as at 4 January 2023"),
        ({"period_words": "last year"}, "last year"),
        (
            {"period_from": date(2022, 1, 1), "period_to": date(2022, 12, 31), "as_at": date(2023, 7, 13)},
            "1 January 2022 to 31 December 2022, as at 13 July 2023",
        ),
        ({"period_from": date(2022, 1, 1), "period_words": "since January 2022"}, "since January 2022"),
    ],
)
def test_a_period_is_given_with_its_as_at_day(fields: dict, words: str) -> None:
    assert period_in_words(PublishedFigure(**fields)) == words

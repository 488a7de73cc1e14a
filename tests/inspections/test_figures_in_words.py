"""Published figures in words: nothing is added to what was printed, nothing is lost."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.figures.models import PublishedFigure, figure_in_words, period_in_words

pytestmark = pytest.mark.django_db


def figure(value: str | None, step: str | None, unit: str, qualifier: str = "exactly") -> PublishedFigure:
    return PublishedFigure(
        value=None if value is None else Decimal(value),
        step=None if step is None else Decimal(step),
        unit=unit,
        qualifier=qualifier,
    )


@pytest.mark.parametrize(
    ("value", "step", "unit", "words"),
    [
        ("0", "1", "count", "0"),
        ("118", "1", "count", "118"),
        ("118.00", "1.00", "count", "118"),
        ("84", "1", "percent", "84 percent"),
        ("84.5", "0.1", "percent", "84.5 percent"),
        ("13700000", "100000", "pounds", "£13.7 million"),
        ("2000000.00", "1000000.00", "pounds", "£2 million"),
        ("16000000", "1000000", "pounds", "£16 million"),
        ("1000000000", "1000000", "pounds", "£1,000 million"),
        ("350000", "10000", "pounds", "£350,000"),
        ("1234567", "1", "pounds", "£1,234,567"),
        ("12.5", "0.01", "pounds", "£12.50"),
        ("255", "1", "tonnes", "255 tonnes"),
        ("1", "1", "tonnes", "1 tonne"),
        ("2", "1", "years", "2 years"),
        ("1", "1", "years", "1 year"),
        ("1", "1", "rank", "1st"),
        ("2", "1", "rank", "2nd"),
        ("5", "1", "rank", "5th"),
        ("11", "1", "rank", "11th"),
        ("23", "1", "rank", "23rd"),
    ],
)
def test_an_exact_figure_says_value_and_unit(value: str, step: str, unit: str, words: str) -> None:
    assert figure_in_words(figure(value, step, unit)) == words


@pytest.mark.parametrize(
    ("value", "step", "unit", "qualifier", "words"),
    [
        ("3000", "1000", "count", "over", "over 3,000"),
        ("600", "100", "count", "nearly", "nearly 600"),
        ("600", "100", "count", "up_to", "as many as 600"),
        ("2000000", "1000000", "pounds", "about", "about £2 million"),
        (None, None, "share", "more_than_a_third", "more than a third"),
        (None, None, "share", "more_than_double", "more than double"),
    ],
)
def test_the_qualifier_stands_before_it(
    value: str | None, step: str | None, unit: str, qualifier: str, words: str
) -> None:
    assert figure_in_words(figure(value, step, unit, qualifier)) == words


@given(units=st.integers(1, 10**8), exponent=st.integers(-2, 6))
def test_the_words_hold_the_printed_value_whatever_the_step(units: int, exponent: int) -> None:
    step = Decimal(10) ** exponent
    value = units * step
    words = figure_in_words(figure(str(value), str(step), "pounds"))
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

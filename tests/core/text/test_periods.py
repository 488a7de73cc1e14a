"""Dates with the precision that is known, and periods whose ends are inclusive."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.text.days import (
    Period,
    Precision,
    first_day,
    in_words,
    month_after,
    months_between,
    months_of,
    span,
    to_words,
)

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
precisions = st.sampled_from(Precision)


@pytest.mark.parametrize(
    ("precision", "words", "first", "last"),
    [
        ("day", "29 February 2024", date(2024, 2, 29), date(2024, 2, 29)),
        ("month", "February 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("year", "2024", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_a_date_says_no_more_than_is_known(precision: str, words: str, first: date, last: date) -> None:
    day = date(2024, 2, 29)
    assert in_words(day, precision) == words
    assert span(day, precision) == Period(first, last)
    assert first_day(day, precision) == first


def test_an_unknown_precision_is_refused() -> None:
    for function in (in_words, span, first_day):
        with pytest.raises(ValueError, match="century"):
            function(date(2024, 2, 29), "century")


@given(days, precisions)
def test_a_date_lies_in_its_span_and_the_span_is_its_own(day: date, precision: Precision) -> None:
    whole = span(day, precision)
    assert day in whole
    assert span(whole.first, precision) == span(whole.last, precision) == whole
    assert whole.first - timedelta(1) not in whole
    assert whole.last + timedelta(1) not in whole


@given(days, days)
def test_both_ends_belong_to_a_period(one: date, other: date) -> None:
    period = Period(min(one, other), max(one, other))
    assert one in period
    assert other in period
    assert period.days == abs((other - one).days) + 1


def test_a_period_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        Period(date(2022, 1, 2), date(2022, 1, 1))


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2022, 1, 1), date(2022, 12, 31), "1 January 2022 to 31 December 2022"),
        (date(2022, 1, 1), date(2022, 1, 1), "1 January 2022"),
        (date(2022, 1, 1), None, "from 1 January 2022"),
        (None, date(2022, 12, 31), "until 31 December 2022"),
        (None, None, ""),
    ],
)
def test_periods_in_words(first: date | None, last: date | None, words: str) -> None:
    assert to_words(first, last) == words


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2022, 12, 31), 1, date(2023, 1, 1)),
        (date(2022, 1, 31), -1, date(2021, 12, 1)),
        (date(2022, 5, 17), 0, date(2022, 5, 1)),
        (date(2022, 5, 17), -29, date(2019, 12, 1)),
        (date(2022, 5, 17), 32, date(2025, 1, 1)),
    ],
)
def test_a_month_after(day, months, expected):
    assert month_after(day, months) == expected
    assert months_between(day, expected) == months


def test_the_months_that_a_period_touches():
    months = [date(2021, 12, 1), date(2022, 1, 1), date(2022, 2, 1)]
    assert months_of(date(2021, 12, 31), date(2022, 2, 1)) == months
    assert months_of(date(2022, 2, 1), date(2022, 2, 28)) == [date(2022, 2, 1)]

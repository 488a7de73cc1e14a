"""Which period a page counts when its reader names none, or only one end."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.dashboards.record.queries import period_of, usual_period


@pytest.mark.parametrize(
    ("day", "first", "last", "chosen"),
    [
        (date(2023, 1, 4), date(2022, 1, 1), date(2022, 12, 31), "calendar year"),
        (date(2023, 7, 13), date(2022, 1, 1), date(2022, 12, 31), "calendar year"),
        (date(2022, 12, 31), date(2022, 1, 1), date(2022, 12, 31), "calendar year"),
        (date(2022, 12, 30), date(2021, 12, 1), date(2022, 11, 30), "12 months"),
        (date(2023, 9, 29), date(2022, 1, 1), date(2022, 12, 31), "calendar year"),
        (date(2023, 9, 30), date(2022, 10, 1), date(2023, 9, 30), "12 months"),
        (date(2023, 10, 31), date(2022, 11, 1), date(2023, 10, 31), "12 months"),
        (date(2023, 11, 22), date(2022, 11, 1), date(2023, 10, 31), "12 months"),
    ],
)
def test_the_usual_period(day, first, last, chosen):
    period = usual_period(day)
    assert (period.first, period.last) == (first, last)
    assert chosen in period.chosen


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_the_usual_period_is_a_year_that_was_over(day):
    period = usual_period(day)
    assert period.days in (365, 366)
    assert period.last <= day
    assert (period.last + timedelta(days=1)).day == 1


def test_both_ends_named_are_taken_as_they_are():
    period = period_of(date(2022, 2, 3), date(2022, 2, 3), date(2023, 1, 4))
    assert (period.first, period.last, period.chosen) == (date(2022, 2, 3), date(2022, 2, 3), "")
    assert period.words == "3 February 2022"


def test_from_the_first_day_alone_until_the_day_itself():
    period = period_of(date(2022, 6, 1), None, date(2023, 1, 4))
    assert (period.first, period.last) == (date(2022, 6, 1), date(2023, 1, 4))
    assert period.chosen


def test_a_first_day_after_the_day_itself_is_a_period_of_one_day():
    period = period_of(date(2023, 6, 1), None, date(2023, 1, 4))
    assert (period.first, period.last) == (date(2023, 6, 1), date(2023, 6, 1))


@pytest.mark.parametrize(
    ("last", "first"), [(date(2022, 12, 31), date(2022, 1, 1)), (date(2022, 6, 15), date(2021, 6, 1))]
)
def test_to_the_last_day_alone_from_a_year_before(last, first):
    assert period_of(None, last, date(2023, 1, 4)).first == first

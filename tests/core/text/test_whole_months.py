"""Ranges of days: what lies in them, and how they are taken apart into whole months and what is left over."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.text.days import DAY, Days, last_of_month, whole_months

DAYS = st.dates(date(2021, 11, 1), date(2022, 3, 31))


def days_of(span: Days) -> set[date]:
    return {span.first + timedelta(n) for n in range((span.last - span.first).days + 1)}


@given(st.none() | DAYS, st.none() | DAYS, DAYS)
def test_both_ends_belong_to_a_range_and_an_open_one_has_none(first, last, day):
    assert (day in Days(first, last)) == (not (first and day < first) and not (last and last < day))


@given(DAYS, DAYS)
def test_the_parts_are_the_whole_once(first, last):
    months, ends = whole_months(Days(first, last))
    parts = [days_of(span) for span in ([] if months.is_empty else [months]) + ends]
    assert sum(map(len, parts)) == max(0, (last - first).days + 1)
    assert set().union(*parts) == days_of(Days(first, last))
    if not months.is_empty:
        assert (months.first.day, months.last + DAY) == (1, (months.last + DAY).replace(day=1))


@pytest.mark.parametrize(
    ("days", "months", "ends"),
    [
        (Days(None, None), Days(None, None), []),
        (Days(date(2022, 1, 1), None), Days(date(2022, 1, 1), None), []),
        (
            Days(date(2022, 1, 2), None),
            Days(date(2022, 2, 1), None),
            [Days(date(2022, 1, 2), date(2022, 1, 31))],
        ),
        (
            Days(None, date(2022, 3, 1)),
            Days(None, date(2022, 2, 28)),
            [Days(date(2022, 3, 1), date(2022, 3, 1))],
        ),
        (Days(date(2022, 1, 1), date(2022, 12, 31)), Days(date(2022, 1, 1), date(2022, 12, 31)), []),
    ],
)
def test_open_and_even_ranges(days, months, ends):
    assert whole_months(days) == (months, ends)


def test_a_leap_year_has_its_day():
    assert last_of_month(date(2024, 2, 3)) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("first", "last", "whole"),
    [
        (None, None, True),
        (date(2022, 1, 1), None, True),
        (date(2021, 1, 1), date(2022, 12, 31), True),
        (date(2022, 1, 2), None, False),
        (None, date(2022, 12, 30), False),
    ],
)
def test_whole_years(first, last, whole):
    assert Days(first, last).is_of_years is whole

"""Dates: what people, systems and spreadsheets write; nothing else, and never the wrong day."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.imports.days import parse_day
from soc_tracker.core.text.days import FIRST_DAY, LAST_DAY

DAY = date(2022, 7, 3)


@pytest.mark.parametrize(
    "cell",
    [
        "2022-07-03",
        " 2022-07-03 ",
        "03/07/2022",
        "3/7/2022",
        "3.7.2022",
        "03-07-2022",
        "3 Jul 2022",
        "3 July 2022",
        "03-JUL-2022",
        "3rd July 2022",
        "3 Jul. 2022",
        "3 July, 2022",
        "2022-07-03 00:00:00",
        "2022-07-03T09:30:15.123",
        "03/07/2022 23:59",
        "2022-07-03T22:59:59Z",
        "2022-07-02 23:30:00+00:00",
        "2022-07-02T23:30:00+0000",
        DAY,
        datetime.fromisoformat("2022-07-03 23:59"),
        44745,
        44745.75,
    ],
)
def test_a_day_is_understood(cell) -> None:
    assert parse_day(cell) == DAY


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "   ",
        "tomorrow",
        "2022-02-30",
        "31/06/2022",
        "10/13/2022",
        "07/2022",
        "3/7/22",
        "3-7/2022",
        "2022/07/03x",
        "3 Juli 2022",
        "0000-01-01",
        "2022-07-03 25 o'clock",
        "2022-07-03T99:00Z",
        "2022-07-03T10:00 00:00+99:99",
        "44745",
        "0001-01-01T00:00+05:00",
        "1899-12-31",
        "1/1/2101",
        date(2101, 1, 1),
        datetime(9999, 12, 31),  # noqa: DTZ001
        "9999-12-31T23:59-12:00",
        18263,
        73051,
        "20220703",
        "２０２２-07-03",
        "#N/A",
        0,
        12,
        -44745,
        10**12,
        1e300,
        float("inf"),
        float("nan"),
        time(9, 30),
        timedelta(days=44745),
    ],
)
def test_what_is_no_day_is_not_guessed(cell) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whichever it is, a memo makes a fault of it
        parse_day(cell)


def test_september_has_two_short_forms() -> None:
    assert parse_day("1 Sep 2022") == parse_day("1 Sept 2022") == date(2022, 9, 1)


@given(st.dates(min_value=FIRST_DAY, max_value=LAST_DAY))
def test_every_day_in_every_form(day: date) -> None:
    forms = ("%Y-%m-%d", "%d/%m/%Y", "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%Y-%m-%d %H:%M:%S")
    assert {parse_day(day.strftime(form)) for form in forms} == {day}


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31)))
def test_serial_numbers_of_spreadsheets(day: date) -> None:
    assert parse_day((day - date(1899, 12, 30)).days) == day


@given(
    st.one_of(
        st.text(max_size=30),
        st.from_regex(r"[0-9]{1,5}[-/. ][0-9a-zA-Z]{1,9}[-/. ][0-9]{1,5}( .*)?"),
        st.floats(),
        st.integers(),
    )
)
def test_nothing_else_is_ever_raised(cell) -> None:
    with suppress(ValueError):
        assert isinstance(parse_day(cell), date)

"""Days judged by their column: which order it has, which years, and what is asked of its sender."""

from collections import Counter
from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.imports.days import DAY_0_OF_1904, DayColumn, Order, day_columns

FIRST, LAST = date(1990, 1, 1), date(2023, 7, 13)


def column(cells, answers=None, **more) -> DayColumn:
    """A column that has read the cells."""
    days = day_columns(["day"], answers or {}, first=FIRST, last=LAST, **more)["day"]
    for cell in cells:
        with suppress(ValueError):
            days(cell)
    return days


def questions(days: DayColumn):
    return list(days.questions("activity_date", Counter()))


MONTH_FIRST = {
    "two that can be nothing else": ["7/13/2022", "3/4/2022", "12/25/2022"],
    "with dashes": ["07-13-2022", "03-04-2022"],
    "two digits": ["7/13/22", "3/4/22", "12/25/22"],
    "with times": ["7/13/2022 14:30", "3/4/2022 09:00"],
    "one alone": ["7/13/2022"],
}


@pytest.mark.parametrize("cells", MONTH_FIRST.values(), ids=MONTH_FIRST)
def test_a_column_with_the_month_first_is_asked_about(cells) -> None:
    (question,) = questions(column(cells))
    assert question.is_open
    assert "looks like month/day/year" in question.text
    assert question.choices[0][0] == "month"
    (answered,) = questions(column(cells, {question.key: "month"}))
    assert answered.answer == "month"
    assert not answered.is_open


def test_the_answer_is_how_the_column_is_read() -> None:
    days = column([], {"order:day": "month"})
    assert days("3/4/2022") == date(2022, 3, 4)
    assert days("7/13/2022") == date(2022, 7, 13)
    assert days("2022-07-13") == date(2022, 7, 13)
    with pytest.raises(ValueError, match="13/7/2022"):
        days("13/7/2022")


DAY_FIRST = {
    "as in Britain": ["13/7/2022", "3/4/2022"],
    "one slip among many": [*(f"{day}/7/2022" for day in range(1, 32)), "7/13/2022"],
    "unambiguous forms": ["2022-07-13", "13 Jul 2022", "July 13, 2022", "2022/07/13", "Wednesday 13 July 2022"],
    "one of one month": [f"{day}/7/2022" for day in range(1, 13)],
    "firsts of months": [f"1/{month}/2022" for month in range(1, 13)],
    "few": ["3/4/2022", "5/6/2022"],
    "the same either way": ["7/7/2022", "8/8/2022"],
    "not in the years": ["13/07/0022", "0202-07-13", "1922-07-13"],
    "nothing": [],
}


@pytest.mark.parametrize("cells", DAY_FIRST.values(), ids=DAY_FIRST)
def test_no_other_column_is_asked_about(cells) -> None:
    assert questions(column(cells)) == []


def test_many_days_that_all_may_be_read_in_two_ways_are_asked_about() -> None:
    cells = [f"{day}/{month}/2022" for day, month in zip(range(1, 11), [3, 5, 8, 2, 11, 4, 12, 6, 1, 7], strict=True)]
    (question,) = questions(column(cells))
    assert [value for value, _ in question.choices] == ["day", "month"]


def test_few_such_days_are_read_as_day_first_and_said() -> None:
    (note,) = column(["3/4/2022"]).notes("activity_date")
    assert note == (
        "activity_date: no day tells whether day or month comes first. Read as day first: 3/4/2022 is 3 April 2022."
    )


def test_a_mixed_column_is_asked_about() -> None:
    (question,) = questions(column(["13/7/2022", "7/14/2022", "3/4/2022"]))
    assert "1 can be day/month/year alone" in question.text
    assert "1 can be month/day/year alone" in question.text


def test_what_is_asked_of_one_column_is_asked_of_those_beside_it_that_may_be_read_in_two_ways() -> None:
    columns = day_columns(["activity", "added", "moderated"], {}, first=FIRST, last=LAST)
    columns["activity"]("3/4/2022")
    with suppress(ValueError):
        columns["activity"]("7/13/2022")
    columns["added"]("3/5/2022")
    columns["moderated"]("2022-07-13")
    assert {key: len(questions(days)) for key, days in columns.items()} == {"activity": 1, "added": 1, "moderated": 0}


def test_a_day_to_come_tells_the_order() -> None:
    """3/12/2022 was, 3 December 2023 is still to come."""
    (question,) = questions(column(["3/12/2023"]))
    assert question.choices[0][0] == "month"


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("13/07/22", date(2022, 7, 13)),
        ("13-Jul-22", date(2022, 7, 13)),
        ("31/12/99", date(1999, 12, 31)),
        ("1/1/90", date(1990, 1, 1)),
        ("13.7.22 10:15", date(2022, 7, 13)),
    ],
)
def test_years_of_two_digits(cell, day) -> None:
    days = column([cell])
    assert days(cell) == day


@pytest.mark.parametrize("cells", [["22-07-31", "22-08-30"], ["22-07-12", "22-08-13", "22-11-14"], ["99/12/31"]])
def test_years_first_of_two_digits_are_asked_about(cells) -> None:
    (question,) = questions(column(cells))
    assert "year" in {value for value, _ in question.choices}
    assert column(cells, {question.key: "year"})(cells[0]).year in (1999, 2022)


@pytest.mark.parametrize("cell", ["0202-07-13", "1022-07-13", "1922-07-13", "13/07/0022", "31/12/1989", "13/7/022"])
def test_mistyped_years(cell) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whichever it is, a memo makes a fault of it
        column([])(cell)


def test_a_workbook_that_counts_from_1904() -> None:
    days = column([], day_0=DAY_0_OF_1904)
    assert days(43293) == DAY_0_OF_1904 + timedelta(days=43293) == date(2022, 7, 13)


EXCHANGED = [datetime(2022, 4, 3), datetime(2022, 6, 5), "13/07/2022", "25/12/2022"]  # noqa: DTZ001


def test_dates_whose_day_and_month_a_program_exchanged() -> None:
    (question,) = questions(column(EXCHANGED))
    assert question.is_open
    assert question.choices[0][1] == "Yes: its 3 April 2022 is 4 March 2022"
    days = column(EXCHANGED, {question.key: "exchanged"})
    assert [days(cell) for cell in EXCHANGED] == [
        *(date(2022, 3, 4), date(2022, 5, 6)),
        *(date(2022, 7, 13), date(2022, 12, 25)),
    ]


def test_dates_and_texts_that_nobody_exchanged() -> None:
    assert questions(column([datetime(2022, 7, 20), datetime(2022, 4, 3), "13/07/2022"])) == []  # noqa: DTZ001


@given(st.lists(st.dates(FIRST, LAST), min_size=1), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d/%m/%y"]))
def test_a_column_is_never_read_in_another_order_without_a_question(written, form) -> None:
    cells = [day.strftime(form) for day in written]
    days = column(cells)
    order = Order.MONTH_FIRST if form.startswith("%m") else Order.DAY_FIRST
    is_telling = any(day.day > 12 for day in written)
    if order is Order.MONTH_FIRST and is_telling:
        (question,) = questions(days)
        days = column(cells, {question.key: str(order)})
        assert [days(cell) for cell in cells] == written
    if order is Order.DAY_FIRST and not questions(days):
        assert [days(cell) for cell in cells] == written

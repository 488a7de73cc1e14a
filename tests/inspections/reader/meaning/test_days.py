"""Days, periods and due dates in sentences, in every way that reports write them."""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.choices import DuePrecision
from inspections.reader.meaning.days import days_in, due_in, spans_in

DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))
PUBLISHED = date(2023, 11, 15)


def ordinal(day: int) -> str:
    return f"{day}{'th' if 11 <= day <= 13 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


def spellings(day: date) -> list[str]:
    month = calendar.month_name[day.month]
    return [
        f"{day.day} {month} {day.year}",
        f"{ordinal(day.day)} {month} {day.year}",
        f"{day.day} {month[:3]} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{day.day:02}/{day.month:02}/{day.year}",
        day.isoformat(),
        f"{calendar.day_name[day.weekday()]} {day.day} {month} {day.year}",
    ]


@given(DAYS)
def test_a_day_is_read_in_every_spelling(day):
    for words in spellings(day):
        (read,) = days_in(f"It was published on {words}.")
        assert (read.on, read.precision) == (day, DuePrecision.DAY), words


@given(DAYS)
def test_a_month_and_a_year_are_read_with_no_more_than_they_say(day):
    month = calendar.month_name[day.month]
    (of_month,), (of_year,) = days_in(f"In {month} {day.year} it began."), days_in(f"In {day.year}, it began.")
    assert (of_month.on, of_month.precision) == (day.replace(day=1), DuePrecision.MONTH)
    assert (of_year.on, of_year.precision) == (day.replace(month=1, day=1), DuePrecision.YEAR)
    (unstated,) = days_in(f"By {day.day} {month} it must end.")
    assert (unstated.on, unstated.precision) == (None, DuePrecision.YEAR_NOT_STATED)


@given(DAYS)
def test_by_a_day_is_due_on_that_day(day):
    for words in spellings(day):
        for lead in ("By", "No later than", "Before", "by no later than"):
            due = due_in(f"{lead} {words}, the force should act.")
            assert due
            assert (due.on, due.precision) == (day, DuePrecision.DAY), words


@given(st.integers(1, 36))
def test_a_term_counts_from_publication(number):
    for words in (
        f"Within {number} months",
        f"within {number} months of the publication of this report",
        f"within the next {number} months",
    ):
        due = due_in(f"{words} it should act.", published=PUBLISHED)
        assert due
        assert due.on == date(2023 + (10 + number) // 12, (10 + number) % 12 + 1, 15)
        assert due.counted == "publication"
    assert due_in(f"Within {number} days.", published=PUBLISHED).on == PUBLISHED + timedelta(days=number)
    assert due_in(f"Within {number} months.").precision == DuePrecision.NONE


@pytest.mark.parametrize(
    ("text", "on", "precision", "words"),
    [
        ("By 31 March, it should", None, "year_not_stated", "By 31 March"),
        ("by the end of March 2024", date(2024, 3, 31), "day", "by the end of March 2024"),
        ("by April 2025", date(2025, 4, 1), "month", "by April 2025"),
        ("by the end of 2024", date(2024, 12, 31), "day", "by the end of 2024"),
        ("by autumn 2025", date(2025, 1, 1), "year", "by autumn 2025"),
        ("by September the Home Office", None, "year_not_stated", "by September"),
        ("Target date: 30/06/2024", date(2024, 6, 30), "day", "Target date: 30/06/2024"),
        ("The force should immediately stop", None, "none", "immediately"),
        ("within six months of publication", date(2024, 5, 15), "day", "within six months of publication"),
        ("within one year", date(2024, 11, 15), "day", "within one year"),
    ],
)
def test_terms_in_words(text, on, precision, words):
    due = due_in(text, published=PUBLISHED)
    assert due
    assert (due.on, due.precision, due.words) == (on, precision, words)


def test_a_term_is_no_more_precise_than_the_publication_it_counts_from():
    due = due_in("Within six months it should act.", published=date(2023, 11, 1), precision="month")
    assert due
    assert (due.on, due.precision) == (date(2024, 5, 1), DuePrecision.MONTH)


@pytest.mark.parametrize(
    "text", ["It may 2 times march on.", "By doing so, the force may improve.", "In March 2022 it improved."]
)
def test_what_is_no_due_date(text):
    assert due_in(text, published=PUBLISHED) is None


@given(DAYS, st.integers(1, 2000))
def test_a_period_has_both_its_ends(first, length):
    last = first + timedelta(days=length)
    for one, other in zip(spellings(first)[:5], spellings(last)[:5], strict=True):
        for text in (f"between {one} and {other}", f"from {one} to {other}", f"{one} to {other}"):
            span = spans_in(f"It closed nine lines {text}.")[0]
            assert (span.first, span.last) == (first, last), text


@given(DAYS)
def test_a_year_that_ends_on_a_day_began_a_year_before(last):
    month = calendar.month_name[last.month]
    (span,) = spans_in(f"In the year ending {last.day} {month} {last.year} it recorded nine.")
    assert span.last == last
    assert span.first
    assert span.first <= last
    assert span.first in (last + timedelta(days=1 - 365), last + timedelta(days=1 - 366))


QUARTERS = {1: "first", 2: "second", 3: "third", 4: "fourth"}


@given(st.integers(2000, 2090), st.integers(1, 4), st.booleans())
def test_a_quarter_of_a_year_ends_with_its_last_month(year, quarter, is_financial):
    """Of a financial year the first begins in April, of a calendar year in January."""
    words = f"{year}/{(year + 1) % 100:02}" if is_financial else str(year)
    month = quarter * 3 + (3 if is_financial else 0)
    last = date(year + (month > 12), month - 12 * (month > 12), 1)
    for text in (
        f"by Q{quarter} {words}",
        f"in quarter {quarter} of {words}",
        f"by the {QUARTERS[quarter]} quarter of {words}",
    ):
        due = due_in(f"The force should do so {text}.")
        assert due, text
        assert (due.on, due.precision) == (last, "month"), text
    due = due_in(f"The force should do so by the end of Q{quarter} {words}.")
    assert due
    assert (due.on, due.precision) == (last.replace(day=calendar.monthrange(last.year, last.month)[1]), "day")


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("by the end of 2026/27", date(2027, 3, 31)),
        ("before the end of the financial year 2026–27", date(2027, 3, 31)),
        ("by the end of this financial year", date(2027, 3, 31)),
        ("by the end of the next financial year", date(2028, 3, 31)),
        ("by the end of this year", date(2026, 12, 31)),
        ("by the end of the calendar year", date(2026, 12, 31)),
        ("by the start of the 2028/29 financial year", date(2028, 4, 1)),
        ("within a year", date(2027, 6, 16)),
        ("by the end of the day", None),
    ],
)
def test_the_end_of_a_year(text, on):
    due = due_in(f"The force should do so {text}.", published=date(2026, 6, 16))
    assert (due.on if due else None) == on


@pytest.mark.parametrize(
    ("text", "first", "last", "as_at", "words"),
    [
        ("Since January 2021, it has", date(2021, 1, 1), None, None, "since January 2021"),
        ("As of 4 January 2023, it had", None, None, date(2023, 1, 4), ""),
        ("between January and March 2023", date(2023, 1, 1), date(2023, 3, 31), None, ""),
        ("between 5 and 16 September 2022", date(2022, 9, 5), date(2022, 9, 16), None, ""),
        ("6–10 March 2023", date(2023, 3, 6), date(2023, 3, 10), None, ""),
        ("1 January to 31 December 2022", date(2022, 1, 1), date(2022, 12, 31), None, ""),
        ("in the financial year 2022/23", date(2022, 4, 1), date(2023, 3, 31), None, "financial year 2022/23"),
        ("In 2022, it had", date(2022, 1, 1), date(2022, 12, 31), None, ""),
        ("in the last three years it had", None, None, None, "in the last three years"),
        ("At the time of our inspection, it had", None, None, None, "At the time of our inspection"),
    ],
)
def test_periods_in_words(text, first, last, as_at, words):
    span = spans_in(text)[0]
    assert (span.first, span.last, span.as_at, span.words) == (first, last, as_at, words)
    assert 0 <= span.start < span.end <= len(text)

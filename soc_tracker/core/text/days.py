"""Dates as published: with the precision that is known, and periods whose ends are inclusive."""

import calendar
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import TextChoices


class Precision(TextChoices):
    """How much of a date is known. A date is stored as the first day of the span it stands for."""

    DAY = "day", "Day"
    MONTH = "month", "Month"
    YEAR = "year", "Year"


@dataclass(frozen=True)
class Period:
    """A span of days; both ends belong to it."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"The period ends on {self.last} before it begins on {self.first}.")

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def first_day(day: date, precision: str) -> date:
    """The first day of the month or year that the day lies in, or the day itself."""
    match Precision(precision):
        case Precision.DAY:
            return day
        case Precision.MONTH:
            return day.replace(day=1)
        case Precision.YEAR:
            return day.replace(month=1, day=1)


def span(day: date, precision: str) -> Period:
    """All days that a date of this precision may stand for."""
    first = first_day(day, precision)
    match Precision(precision):
        case Precision.DAY:
            return Period(first, first)
        case Precision.MONTH:
            return Period(first, last_of_month(first))
        case Precision.YEAR:
            return Period(first, first.replace(month=12, day=31))


def passed(on: date | None, precision: str, today: date) -> bool:
    """Whether every day that a date may stand for lies before today; no date never passes."""
    return on is not None and span(on, precision).last < today


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes the 28th where there is none."""
    year = day.year + years
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last day of a month that is too short for it."""
    first = month_after(day, -months)
    return first.replace(day=min(day.day, last_of_month(first).day))


def in_words(day: date, precision: str = Precision.DAY) -> str:
    """The date in UK form with no more than is known: 4 January 2023, January 2023 or 2023."""
    match Precision(precision):
        case Precision.DAY:
            return f"{day.day} {calendar.month_name[day.month]} {day.year}"
        case Precision.MONTH:
            return f"{calendar.month_name[day.month]} {day.year}"
        case Precision.YEAR:
            return str(day.year)


def to_words(first: date | None, last: date | None) -> str:
    """A period in UK form: "1 January 2022 to 31 December 2022", or from or until where one end is open."""
    if first and last:
        return in_words(first) if first == last else f"{in_words(first)} to {in_words(last)}"
    if first:
        return f"from {in_words(first)}"
    return f"until {in_words(last)}" if last else ""


def month_after(month: date, months: int = 1) -> date:
    """The first day of the month so many months after the day's own; before it where the number is negative."""
    place = month.year * 12 + month.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)


def months_between(first: date, last: date) -> int:
    """How many months the later day's month lies after the earlier one's."""
    return (last.year - first.year) * 12 + last.month - first.month


def months_of(first: date, last: date) -> list[date]:
    """The first day of each month that the period touches."""
    return [month_after(first, months) for months in range(months_between(first, last) + 1)]


MOST_MONTHS = 480
"""That follow one another in a series: more than a page can show come from a slip of the keys."""


def without_endless_gaps(months: Collection[date], last: date) -> list[date]:
    """All months to the last from the first of some, or from as long ago as a series goes; before, only these."""
    first = max(min(months), month_after(last, 1 - MOST_MONTHS))
    return sorted({month for month in months if month < first}) + months_of(first, last)


# The days that the site keeps and can be asked for. One outside them is a slip of the keys, not a fact.


FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
YEARS = f"{FIRST_DAY.year} to {LAST_DAY.year}"
OUTSIDE = f"Give a date in the years {YEARS}."


def is_kept(day: date) -> bool:
    return FIRST_DAY <= day <= LAST_DAY


def kept(day: date) -> date:
    """The day itself, or the nearest that the site keeps."""
    return min(max(day, FIRST_DAY), LAST_DAY)


def read_day(text: str) -> date:
    """A day such as 2023-01-31. Raises ValueError for anything else, and for a day outside the years."""
    day = date.fromisoformat(text)
    if day.isoformat() != text or not is_kept(day):
        raise ValueError(f"“{text}” is not a date such as 2023-01-31 in the years {YEARS}.")
    return day


def check_days(record: models.Model) -> None:
    """Raise ValidationError, naming each field, where a day of the row lies outside the years."""
    outside = {}
    for field in record._meta.concrete_fields:
        value = getattr(record, field.attname)
        day = value.date() if isinstance(value, datetime) else value
        if isinstance(field, models.DateField) and isinstance(day, date) and not is_kept(day):
            outside[field.name] = OUTSIDE
    if outside:
        raise ValidationError(outside)


class DayInput(forms.DateInput):
    """What browsers offer for a day, with the years that may be chosen."""

    input_type = "date"

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        bounds = {"min": FIRST_DAY.isoformat(), "max": LAST_DAY.isoformat()}
        super().__init__(bounds | (attrs or {}), format="%Y-%m-%d")


class DayField(forms.DateField):
    """The one field for a day, of every form and every filter: as 2023-01-31 or 31/1/2023."""

    widget = DayInput
    input_formats = ("%Y-%m-%d", "%d/%m/%Y")
    default_error_messages = {
        "required": "Give a date.",
        "invalid": "Give a date such as 31/1/2023.",
        "outside": OUTSIDE,
    }

    def to_python(self, value: Any) -> date | None:
        day: date | None = super().to_python(value)
        if day is not None and not is_kept(day):
            raise ValidationError(self.error_messages["outside"], code="outside")
        return day


# The month and the year of a date, worked out by the database in a way that costs little on millions of rows.


MONTH = {"postgresql": "date_trunc('month', {0}::timestamp)::date", "sqlite": "(substr({0}, 1, 7) || '-01')"}
FIRST_OF_YEAR = {"postgresql": "date_trunc('year', {0}::timestamp)::date", "sqlite": "(substr({0}, 1, 4) || '-01-01')"}
YEAR = {"postgresql": "CAST(date_part('year', {0}) AS integer)", "sqlite": "CAST(substr({0}, 1, 4) AS integer)"}


def month_sql(day: str) -> str:
    """The first day of the month that a date in SQL lies in."""
    return MONTH[connection.vendor].format(day)


def first_of_year_sql(day: str) -> str:
    """The first day of the year that a date in SQL lies in."""
    return FIRST_OF_YEAR[connection.vendor].format(day)


def year_sql(day: str) -> str:
    return YEAR[connection.vendor].format(day)


# Ranges of days.


DAY = timedelta(days=1)


def last_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


@dataclass(frozen=True)
class Days:
    """A range of days, ends included; None is open."""

    first: date | None
    last: date | None

    def __contains__(self, day: date) -> bool:
        return (self.first or day) <= day <= (self.last or day)

    @property
    def is_empty(self) -> bool:
        return bool(self.first and self.last and self.last < self.first)

    @property
    def is_of_years(self) -> bool:
        """Whether the range begins and ends with a year, or is open."""
        begins = self.first is None or (self.first.month, self.first.day) == (1, 1)
        ends = self.last is None or (self.last.month, self.last.day) == (12, 31)
        return begins and ends


def whole_months(days: Days) -> tuple[Days, list[Days]]:
    """The months that a range holds from end to end (maybe an empty range), and the days that are left over."""
    start, end = days.first, days.last
    if start and start.day > 1:
        start = last_of_month(start) + DAY
    if end and end != last_of_month(end):
        end = end.replace(day=1) - DAY
    whole = Days(start, end)
    if whole.is_empty:
        return whole, [days]
    before = [Days(days.first, start - DAY)] if start and start != days.first else []
    after = [Days(end + DAY, days.last)] if end and end != days.last else []
    return whole, before + after

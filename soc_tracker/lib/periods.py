"""Dates as published: with the precision that is known, and periods whose ends are inclusive."""

import calendar
from dataclasses import dataclass
from datetime import date

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
            return Period(first, first.replace(day=calendar.monthrange(first.year, first.month)[1]))
        case Precision.YEAR:
            return Period(first, first.replace(month=12, day=31))


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes the 28th where there is none."""
    year = day.year + years
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last day of a month that is too short for it."""
    first = month_after(day, -months)
    return first.replace(day=min(day.day, calendar.monthrange(first.year, first.month)[1]))


def in_words(day: date, precision: str) -> str:
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
    day = Precision.DAY
    if first and last:
        return in_words(first, day) if first == last else f"{in_words(first, day)} to {in_words(last, day)}"
    if first:
        return f"from {in_words(first, day)}"
    return f"until {in_words(last, day)}" if last else ""


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

"""A range of days taken apart into whole months, which cells count, and the days at its ends, which they do not."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

DAY = timedelta(days=1)


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def last_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def whole_years(first: date | None, last: date | None) -> bool:
    """Whether the range begins and ends with a year, or is open."""
    begins = first is None or (first.month, first.day) == (1, 1)
    ends = last is None or (last.month, last.day) == (12, 31)
    return begins and ends


@dataclass(frozen=True)
class Days:
    """A range of days, ends included; None is open."""

    first: date | None
    last: date | None

    @classmethod
    def of_year(cls, year: int) -> Self:
        return cls(date(year, 1, 1), date(year, 12, 31))

    @property
    def is_empty(self) -> bool:
        return bool(self.first and self.last and self.last < self.first)


def split(days: Days) -> tuple[Days, list[Days]]:
    """The months that a range holds from end to end (maybe an empty range), and the days that are left over."""
    start = _next_month(days.first) if days.first else None
    end = _end_of_month_until(days.last) if days.last else None
    whole = Days(start, end)
    if whole.is_empty:
        return whole, [days]
    before = [Days(days.first, start - DAY)] if start and start != days.first else []
    after = [Days(end + DAY, days.last)] if end and end != days.last else []
    return whole, before + after


def _next_month(day: date) -> date:
    """The first day of a month, on or after the day."""
    return day if day.day == 1 else last_of_month(day) + DAY


def _end_of_month_until(day: date) -> date:
    """The last day of a month, on or before the day."""
    return day if day == last_of_month(day) else first_of_month(day) - DAY

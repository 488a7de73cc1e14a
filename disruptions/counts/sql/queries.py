"""Ranges of days, and pieces of SQL with the values that belong to them.

Names in SQL are the models' own; values travel beside them.
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

from django.db import connection

DAY = timedelta(days=1)


def last_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


@dataclass(frozen=True)
class Days:
    """A range of days, ends included; None is open."""

    first: date | None
    last: date | None

    @property
    def is_empty(self) -> bool:
        return bool(self.first and self.last and self.last < self.first)

    @property
    def is_of_years(self) -> bool:
        """Whether the range begins and ends with a year, or is open."""
        begins = self.first is None or (self.first.month, self.first.day) == (1, 1)
        ends = self.last is None or (self.last.month, self.last.day) == (12, 31)
        return begins and ends


def split(days: Days) -> tuple[Days, list[Days]]:
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


@dataclass(frozen=True)
class Sql:
    text: str
    params: tuple[Any, ...] = ()

    @classmethod
    def joined(cls, by: str, pieces: Iterable[Self]) -> Self:
        pieces = list(pieces)
        return cls(by.join(piece.text for piece in pieces), tuple(value for piece in pieces for value in piece.params))


def equal(column: str, value: str | int) -> Sql:
    return Sql(f"{column} = %s", (value,))


def among(column: str, values: Iterable[Any]) -> Sql:
    """Rows that have one of the values, None among them; of no values at all, none."""
    values = set(values)
    stated = tuple(sorted(value if isinstance(value, int) else str(value) for value in values - {None}))
    choices = []
    if len(stated) == 1:  # for which a database plans better
        choices = [equal(column, stated[0])]
    elif stated:
        choices = [Sql(f"{column} IN ({', '.join(['%s'] * len(stated))})", stated)]
    if None in values:
        choices.append(Sql(f"{column} IS NULL"))
    return either(choices)


def either(choices: Iterable[Sql]) -> Sql:
    any_of = Sql.joined(" OR ", choices)
    return Sql(f"({any_of.text})", any_of.params) if any_of.text else Sql("FALSE")


def within(column: str, days: Days) -> list[Sql]:
    """What bounds a date or the first day of a month to a range."""
    bounds = {">=": days.first, "<=": days.last}
    adapt = connection.ops.adapt_datefield_value
    return [Sql(f"{column} {sign} %s", (adapt(day),)) for sign, day in bounds.items() if day]


def in_years(column: str, years: Iterable[int]) -> Sql:
    """The same, for any of some years: as ranges, which an index can find."""
    ranges = (Days(date(year, 1, 1), date(year, 12, 31)) for year in sorted(years))
    return either(Sql.joined(" AND ", within(column, days)) for days in ranges)


def fetch(statement: Sql) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.params)
        return list(cursor)

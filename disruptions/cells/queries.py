"""A range of days taken apart into whole months, which cells count, and the days at its ends, which they do not."""

import calendar
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Self

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model

from disruptions.cells.models import DetailCell, MarginCell, MonthCell, MonthMarginCell, OutlineCell, YearCell
from disruptions.record.models import Disruption, DisruptionQuerySet
from disruptions.standpoint.queries import Standpoint
from soc_tracker.core.text.days import month_sql, year_sql

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


# Pieces of SQL with the values that belong to them. Names in them are the models' own; values travel beside them.


@dataclass(frozen=True)
class Sql:
    text: str
    params: tuple[Any, ...] = ()

    @classmethod
    def joined(cls, by: str, pieces: Iterable[Self]) -> Self:
        found = list(pieces)
        return cls(by.join(piece.text for piece in found), tuple(value for piece in found for value in piece.params))


def equal(column: str, value: str | int) -> Sql:
    return Sql(f"{column} = %s", (value,))


def among(column: str, values: Iterable[Any]) -> Sql:
    """Rows that have one of the values, None among them; of no values at all, none."""
    values = set(values)
    stated = tuple(sorted(value if isinstance(value, int) else str(value) for value in values - {None}))
    choices = [_in(column, stated)] if stated else []
    if None in values:
        choices.append(Sql(f"{column} IS NULL"))
    return either(choices)


def _in(column: str, values: tuple[Any, ...]) -> Sql:
    if len(values) == 1:  # for which a database plans better
        return equal(column, values[0])
    return Sql(f"{column} IN ({', '.join(['%s'] * len(values))})", values)


def either(choices: Iterable[Sql]) -> Sql:
    found = list(choices)
    return Sql(f"({Sql.joined(' OR ', found).text})", Sql.joined("", found).params) if found else Sql("FALSE")


def within(column: str, days: Days) -> list[Sql]:
    """What bounds a date or the first day of a month to a range."""
    bounds = {">=": days.first, "<=": days.last}
    adapt = connection.ops.adapt_datefield_value
    return [Sql(f"{column} {sign} %s", (adapt(day),)) for sign, day in bounds.items() if day]


def in_years(column: str, years: Iterable[int]) -> Sql:
    """The same, for any of some years: as ranges, which an index can find."""
    ranges = [Sql.joined(" AND ", within(column, Days.of_year(year))) for year in sorted(years)]
    return either(ranges)


def fetch(statement: Sql) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.params)
        return list(cursor)


# Which disruptions are counted.


YEAR, MONTH = "activity_year", "activity_month"
COARSE = frozenset({"organisation", "four_p", "size", "involvement"})
DETAILED = COARSE | {"threat_type", "crime_type", "extract"}
DIMENSIONS = (
    *("organisation", "four_p", "size", "involvement"),
    *("threat_type", "crime_type", "extract", YEAR),
)
"""What a scope can be narrowed to and counted by; by month of activity it can be counted besides."""


@dataclass(frozen=True)
class Scope:
    """The disruptions that the record has at a standpoint, narrowed.

    ``values`` holds, by dimension, the keys, words or years that are wanted; None
    among the keys stands for none stated. The days of activity are inclusive.
    ``rows`` are disruptions, in whichever state, that meet the rest of a filter, of
    which no cell knows: where they are given, they are counted themselves.
    """

    standpoint: Standpoint
    values: Mapping[str, frozenset[Any]] = field(default_factory=dict)
    activity_from: date | None = None
    activity_to: date | None = None
    rows: DisruptionQuerySet | None = None

    def without(self, dimension: str) -> Self:
        """The same, whatever the dimension is."""
        return replace(self, values={name: wanted for name, wanted in self.values.items() if name != dimension})


# Where a count is read: the smallest table that holds what is asked, with the rows that no cell can tell apart.


KEYS = ("organisation", "crime_type", "extract")
NUMBERS = (*KEYS, YEAR)
IN_MARGINS = {"four_p", YEAR}  # besides the one dimension that each margin is of
COLUMNS = {name: f"{name}_id" if name in KEYS else name for name in DETAILED}
"""The column of each dimension that all tables but the margins have."""


@dataclass(frozen=True)
class Part:
    """Rows of a table or subquery, each with what it adds to a count; ``columns`` say where the dimensions stand."""

    table: Sql
    columns: Mapping[str, str]
    number: str
    conditions: tuple[Sql, ...]

    def select(self, dimensions: Sequence[str]) -> Sql:
        """The dimensions as columns d0, d1 … and ``number``."""
        named = [f"{self.columns[name]} AS d{place}, " for place, name in enumerate(dimensions)]
        text = f"SELECT {''.join(named)}{self.number} AS number FROM {self.table.text}"
        head = Sql(text, self.table.params)
        return Sql.joined(" WHERE ", [head, Sql.joined(" AND ", self.conditions)])


def parts_of(scope: Scope, by: Collection[str]) -> list[Part]:
    """What sums to the scope's count by some dimensions."""
    activity = Days(scope.activity_from, scope.activity_to)
    if activity.is_empty:
        return []
    if scope.rows is not None:
        return _standing(scope, scope.rows, activity)
    needed = {*by, *scope.values}
    if is_in_margins(scope, by):
        return _of_margin(scope, *(needed - IN_MARGINS))
    if scope.standpoint.is_latest and MONTH not in needed and whole_years(activity.first, activity.last):
        return [_of_years(scope, OutlineCell if is_coarse(scope, by) else YearCell)]
    return _of_months(scope, MonthCell if is_coarse(scope, by) else DetailCell)


def is_in_margins(scope: Scope, by: Collection[str]) -> bool:
    """Whether the count concerns whole years of activity, and besides these and the 4P one dimension at most."""
    is_plain = scope.rows is None and whole_years(scope.activity_from, scope.activity_to)
    return is_plain and len({*by, *scope.values} - IN_MARGINS) <= 1


def is_coarse(scope: Scope, by: Collection[str]) -> bool:
    """Whether the small tables, of the dimensions that reports compare, can answer."""
    return scope.rows is None and {*by, *scope.values} <= COARSE | {YEAR, MONTH}


def _of_margin(scope: Scope, dimension: str = "size") -> list[Part]:
    """Of one dimension besides 4P and year; any dimension sums to the whole."""
    conditions = [*_of_kind(scope), equal("dimension", dimension), *_of_whole_years(scope)]
    if "four_p" in scope.values:
        conditions.append(among("four_p", scope.values["four_p"]))
    if dimension in scope.values:
        conditions.append(among("value", ("" if value is None else str(value) for value in scope.values[dimension])))
    model = MarginCell if scope.standpoint.is_latest else MonthMarginCell
    columns = {"four_p": "four_p", YEAR: YEAR, dimension: _value_of(dimension)}
    return _as_at(scope, _cells(model, columns, conditions), Days(scope.activity_from, scope.activity_to))


def _value_of(dimension: str) -> str:
    """A margin's text as the type that rows have."""
    if dimension == MONTH:
        return month_sql("value")
    return "CAST(NULLIF(value, '') AS bigint)" if dimension in NUMBERS else "value"


def _of_years(scope: Scope, model: type[Model]) -> Part:
    conditions = [*_of_kind(scope), *_chosen(scope), *_of_whole_years(scope)]
    return _cells(model, COLUMNS | {YEAR: YEAR}, conditions)


def _of_whole_years(scope: Scope) -> list[Sql]:
    conditions = [among(YEAR, scope.values[YEAR])] if YEAR in scope.values else []
    if scope.activity_from:
        conditions.append(Sql(f"{YEAR} >= %s", (scope.activity_from.year,)))
    if scope.activity_to:
        conditions.append(Sql(f"{YEAR} <= %s", (scope.activity_to.year,)))
    return conditions


def _of_months(scope: Scope, model: type[Model]) -> list[Part]:
    """Cells by month of activity; where the range of activity parts a month, rows make up for it."""
    months, ends = split(Days(scope.activity_from, scope.activity_to))
    parts = [part for days in ends for part in _standing(scope, Disruption.objects.all(), days)]
    if months.is_empty:
        return parts
    conditions = [*_of_kind(scope), *within(MONTH, months), *_chosen(scope), *_years(scope, MONTH)]
    cells = _cells(model, _columns(MONTH), conditions)
    return parts + _as_at(scope, cells, months)


def _as_at(scope: Scope, cells: Part, activity: Days) -> list[Part]:
    """Cells as at a day; where that parts a month, rows are added to the cells before it or taken off those after."""
    if scope.standpoint.is_latest:
        return [cells]
    day = scope.standpoint.day
    first, last = first_of_month(day), last_of_month(day)
    if day.day <= last.day / 2:
        until, events = first - DAY, _events(scope, activity, Days(first, day), sign=1)
    else:
        until, events = day, _events(scope, activity, Days(day + DAY, last), sign=-1)
    known = within("known_month", Days(None, until))
    return [replace(cells, conditions=(*cells.conditions, *known)), *events]


def _events(scope: Scope, activity: Days, known: Days, *, sign: int) -> list[Part]:
    """What began (counted with the sign) and what ended (against it) on some days."""
    if known.is_empty:
        return []
    chosen = (*_of_kind(scope), *_chosen(scope), *within("activity_date", activity), *_years(scope, "activity_date"))
    table, columns = Sql(Disruption._meta.db_table), _columns("activity_date")
    return [
        Part(table, columns, f"{number:d}", (*within(column, known), *chosen))
        for column, number in (("known_from", sign), ("known_to", -sign))
    ]


def _standing(scope: Scope, rows: DisruptionQuerySet, activity: Days) -> list[Part]:
    """The rows themselves, as they stood on the scope's day."""
    standing = rows.of_kind(scope.standpoint.kind).as_at(scope.standpoint.day).order_by()
    try:
        text, params = standing.values(*COLUMNS.values(), "activity_date").query.sql_with_params()
    except EmptyResultSet:
        return []
    conditions = (Sql("TRUE"), *_chosen(scope), *within("activity_date", activity), *_years(scope, "activity_date"))
    return [Part(Sql(f"({text}) AS standing", params), _columns("activity_date"), "1", conditions)]


def _cells(model: type[Model], columns: Mapping[str, str], conditions: Sequence[Sql]) -> Part:
    return Part(Sql(model._meta.db_table), columns, "n", tuple(conditions))


def _columns(day: str) -> dict[str, str]:
    """The columns of a table that knows the day, or the month, of each activity."""
    return COLUMNS | {YEAR: year_sql(day), MONTH: day if day == MONTH else month_sql(day)}


def _of_kind(scope: Scope) -> list[Sql]:
    return [equal("kind_of_data", str(scope.standpoint.kind))]


def _chosen(scope: Scope) -> list[Sql]:
    """The values of what every table but the margins has as columns."""
    return [among(COLUMNS[name], values) for name, values in scope.values.items() if name != YEAR]


def _years(scope: Scope, column: str) -> list[Sql]:
    return [in_years(column, scope.values[YEAR])] if YEAR in scope.values else []

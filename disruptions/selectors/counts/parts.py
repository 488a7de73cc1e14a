"""Where a count is read: the smallest table that holds what is asked, with the rows that no cell can tell apart."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import EmptyResultSet
from django.db.models import Model

from disruptions.models import DetailCell, Disruption, MarginCell, MonthCell, MonthMarginCell, OutlineCell, YearCell
from disruptions.querysets_disruptions import DisruptionQuerySet
from disruptions.selectors.counts.scope import COARSE, DETAILED, MONTH, YEAR, Scope
from disruptions.selectors.counts.spans import DAY, Days, first_of_month, last_of_month, split, whole_years
from disruptions.selectors.counts.sql import Sql, among, equal, in_years, within
from soc_tracker.lib.date_parts import month_sql, year_sql

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

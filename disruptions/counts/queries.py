"""Counts of disruptions: whatever a page, chart, export or answer of the API says of their number comes from here.

They are read from cells (see ``disruptions.counts.models``), in time that does
not grow with the rows, and equal what counting the rows would give.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, partial
from typing import Any, Self

from django.core.exceptions import EmptyResultSet
from django.db import connection

from disruptions.choices import ASSESSED, Involvement, Size
from disruptions.counts import models as cells
from disruptions.counts.models import COLUMNS, KEYS, LEVELS, Cell, Level
from disruptions.pending.models import on_record
from disruptions.record.models import Disruption, DisruptionQuerySet
from disruptions.standpoint.queries import Standpoint
from soc_tracker.core.text.days import DAY, Days, last_of_month, month_sql, whole_months, year_sql

YEAR, MONTH = "activity_year", "activity_month"
HOW = "involvement_and_size"
"""Both in one, such as "lead major": for counts that tell them apart together."""
DIMENSIONS = (*cells.DIMENSIONS, YEAR)
"""What a scope can be narrowed to and counted by; by month of activity it can be counted besides."""
BOTH = "involvement || ' ' || size"
LEAD_DISRUPTIONS = {"involvement": frozenset([Involvement.LEAD]), "size": frozenset(ASSESSED)}


# Pieces of SQL with the values that belong to them: names in SQL are the models' own, values travel beside them.


@dataclass(frozen=True)
class Sql:
    text: str
    params: tuple[Any, ...] = ()

    @classmethod
    def joined(cls, by: str, pieces: Iterable[Self]) -> Self:
        pieces = list(pieces)
        return cls(by.join(piece.text for piece in pieces), tuple(value for piece in pieces for value in piece.params))


def among(column: str, values: Iterable[Any]) -> Sql:
    """Rows that have one of the values, None among them; of no values at all, none."""
    values = set(values)
    stated = tuple(sorted(value if isinstance(value, int) else str(value) for value in values - {None}))
    choices = []
    if len(stated) == 1:  # for which a database plans better
        choices = [Sql(f"{column} = %s", stated)]
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


def fetch(statement: Sql) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.params)
        return list(cursor)


# What is counted.


@dataclass(frozen=True)
class Scope:
    """The disruptions that the record has at a standpoint of the bodies in its sight, narrowed.

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

    @property
    def lead(self) -> Self:
        """Its lead disruptions: those words mean on every page those that are lead and were assessed as major, moderate
        or minor, as published figures count. How many are not yet assessed is told beside them.
        """
        return self.narrowed(LEAD_DISRUPTIONS)

    @property
    def dimensions(self) -> frozenset[str]:
        """The dimensions that its cells must tell apart: those of a reader who sees only some bodies, the bodies."""
        return frozenset([*self.values, *([] if self.standpoint.sight.everything else ["organisation"])])

    @property
    def activity(self) -> Days:
        return Days(self.activity_from, self.activity_to)

    def without(self, dimension: str) -> Self:
        """The same, whatever the dimension is."""
        return replace(self, values={name: wanted for name, wanted in self.values.items() if name != dimension})

    def narrowed(self, values: Mapping[str, frozenset[Any]]) -> Self:
        """The same, of some values of some dimensions besides."""
        both = {name: wanted & self.values.get(name, wanted) for name, wanted in values.items()}
        return replace(self, values={**self.values, **both})

    def conditions(self, activity: str) -> list[Sql]:
        """Kind of data, sight and narrowed values, of a table that has the days of activity in a column."""
        sight = self.standpoint.sight
        conditions = [Sql("kind_of_data = %s", (str(self.standpoint.kind),))]
        if not sight.everything:
            conditions.append(among(COLUMNS["organisation"], sight.bodies))
        conditions += (among(COLUMNS[name], wanted) for name, wanted in self.values.items() if name != YEAR)
        if YEAR in self.values:  # as ranges, which an index can find
            years = (Days(date(year, 1, 1), date(year, 12, 31)) for year in sorted(self.values[YEAR]))
            conditions.append(either(Sql.joined(" AND ", within(activity, days)) for days in years))
        return conditions


def count_by(scope: Scope, *dimensions: str) -> dict[tuple[Any, ...], int]:
    """How many disruptions there are of each group, named by keys, words, years or first days of months.

    Groups without any are left out.
    """
    parts = rows_of(scope)
    if scope.rows is None:
        parts += cells_of(scope, level_of(scope, dimensions))
    if not parts:
        return {}
    numbers = Sql.joined(" UNION ALL ", [part.select(dimensions) for part in parts])
    columns = ", ".join(f"d{place}" for place in range(len(dimensions)))
    head, tail = (f"{columns}, ", f" GROUP BY {columns}") if columns else ("", "")
    text = f"SELECT {head}SUM(number) FROM ({numbers.text}) AS parts{tail} HAVING SUM(number) > 0"
    values = [cache(partial(as_value, dimension)) for dimension in dimensions]  # thousands of rows hold the same few
    return {
        tuple(value(each) for value, each in zip(values, group, strict=True)): int(number)
        for *group, number in fetch(Sql(text, numbers.params))
    }


def total(scope: Scope) -> int:
    return count_by(scope).get((), 0)


def total_up_to(scope: Scope, limit: int) -> int:
    """The total; of rows that are counted one by one, no more than the limit and one."""
    if scope.rows is None:
        return total(scope)
    parts = Sql.joined(" UNION ALL ", [part.select(()) for part in rows_of(scope)])
    if not parts.text:
        return 0
    [(number,)] = fetch(Sql(f"SELECT COUNT(*) FROM ({parts.text} LIMIT {limit + 1:d}) AS parts", parts.params))
    return int(number)


def facets(scope: Scope, dimensions: Iterable[str]) -> dict[str, dict[Any, int]]:
    """Counts by each dimension, as the scope would be whatever its own value of that dimension is. One query.

    Each level of cells is read once for its dimensions, and the rows that no cell counts once for all of them.
    """
    counts: dict[str, dict[Any, int]] = {dimension: defaultdict(int) for dimension in dimensions}
    by_own: dict[str, list[str]] = defaultdict(list)
    for name in counts:
        by_own[name if name in scope.values else ""].append(name)
    statements = []
    for own, names in by_own.items():
        wider = scope.without(own)
        groups: list[tuple[list[Part], list[str]]] = [(rows_of(wider), names)]
        if scope.rows is None:
            levels = {name: level_of(wider, [name]) for name in names}
            groups += [
                (cells_of(wider, level), [name for name in names if levels[name] == level])
                for level in dict.fromkeys(levels.values())
            ]
        statements += [grouped_apart(parts, together) for parts, together in groups if parts]
    if statements:
        for dimension, value, number in fetch(Sql.joined(" UNION ALL ", statements)):
            counts[dimension][as_value(dimension, value)] += int(number)
    return {name: {value: number for value, number in each.items() if number > 0} for name, each in counts.items()}


@dataclass(frozen=True)
class LeadAndSupport:
    """Lead and support disruptions of a choice, and apart from them those not yet assessed."""

    lead: int
    support: int
    lead_not_assessed: int
    support_not_assessed: int

    @classmethod
    def of(cls, how: Mapping[str, int]) -> Self:
        """From counts by involvement and size, both in one."""

        def number(involvement: Involvement, sizes: Iterable[Size]) -> int:
            return sum(how.get(f"{involvement} {size}", 0) for size in sizes)

        lead, support, unknown = Involvement.LEAD, Involvement.SUPPORT, (Size.NOT_ASSESSED,)
        return cls(number(lead, ASSESSED), number(support, ASSESSED), number(lead, unknown), number(support, unknown))

    @property
    def lead_in_words(self) -> str:
        """The lead disruptions and beside them those not yet assessed, in a sentence; "" where there are neither."""
        if not self.lead and not self.lead_not_assessed:
            return ""
        apart = f"; {self.lead_not_assessed:,} more lead, not yet assessed" if self.lead_not_assessed else ""
        return f"{self.lead:,} lead disruption{'' if self.lead == 1 else 's'} among them{apart}."


def lead_and_support(scope: Scope) -> LeadAndSupport:
    return LeadAndSupport.of({how: number for (how,), number in count_by(scope, HOW).items()})


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
        head = Sql(f"SELECT {''.join(named)}{self.number} AS number FROM {self.table.text}", self.table.params)
        return Sql.joined(" WHERE ", [head, Sql.joined(" AND ", self.conditions)])


def level_of(scope: Scope, by: Collection[str]) -> Level:
    """The fewest cells that tell apart what a count is narrowed to and counted by."""
    wanted = {*by, *scope.dimensions}
    if HOW in wanted:
        wanted = {*wanted, "involvement", "size"} - {HOW}
    monthly = MONTH in wanted or not scope.activity.is_of_years
    return next(
        level
        for level in LEVELS
        if wanted <= {*level.dimensions, YEAR, MONTH}
        and level.monthly >= monthly
        and (level.known or scope.standpoint.is_latest)
    )


def rows_of(scope: Scope) -> list[Part]:
    """The rows that no cell counts: those of parts of a month, and what became known in a part of one."""
    if scope.activity.is_empty:
        return []
    if scope.rows is not None:
        return standing(scope, scope.rows, scope.activity)
    whole, ends = whole_months(scope.activity)
    parts = [part for days in ends for part in standing(scope, Disruption.objects.all(), days)]
    if whole.is_empty or scope.standpoint.is_latest:
        return parts
    _, known, sign = known_month(scope.standpoint.day)
    if known.is_empty:
        return parts
    # In part of a month little became known: rows are found by that, whatever other index would do for the rest.
    kind, *narrowed = (*scope.conditions("activity_date"), *within("activity_date", whole))
    unindexed = [Sql(f"({each.text}) IS TRUE", each.params) for each in narrowed]
    table = Disruption._meta.db_table
    conditions = (kind, *unindexed, Sql(on_record(table, f"{table}.id")))
    for column, number in (("known_from", sign), ("known_to", -sign)):  # what began, and against it what ended
        parts.append(Part(Sql(table), row_columns(), f"{number:d}", (*within(column, known), *conditions)))
    return parts


def cells_of(scope: Scope, level: Level) -> list[Part]:
    """The cells of a level that the whole months (or years) of the scope's days take in."""
    whole, _ = whole_months(scope.activity)
    if scope.activity.is_empty or whole.is_empty:
        return []
    known = [] if scope.standpoint.is_latest else within("known", Days(None, known_month(scope.standpoint.day)[0]))
    table = Cell._meta.db_table
    conditions = (
        *(Sql(f"level = {level.number:d}"), *scope.conditions("activity"), *within("activity", whole), *known),
        Sql(on_record(table, f"{table}.id")),
    )
    columns = COLUMNS | {YEAR: year_sql("activity"), MONTH: "activity", HOW: BOTH}
    return [Part(Sql(table), columns, "n", conditions)]


def known_month(day: date) -> tuple[date, Days, int]:
    """How what was known on a day is put together: the last day whose month of cells counts, and the days whose rows
    are added to that (sign 1) or taken from it (-1), whichever are fewer.
    """
    first, last = day.replace(day=1), last_of_month(day)
    if day.day <= last.day / 2:
        return first - DAY, Days(first, day), 1
    return day, Days(day + DAY, last), -1


def standing(scope: Scope, rows: DisruptionQuerySet, activity: Days) -> list[Part]:
    """The rows themselves, as they stood on the scope's day."""
    there = rows.of_kind(scope.standpoint.kind).as_at(scope.standpoint.day).order_by()
    try:
        text, params = there.values(*COLUMNS.values(), "activity_date", "kind_of_data").query.sql_with_params()
    except EmptyResultSet:
        return []
    conditions = (*scope.conditions("activity_date"), *within("activity_date", activity))
    return [Part(Sql(f"({text}) AS standing", params), row_columns(), "1", conditions)]


def row_columns() -> dict[str, str]:
    """Where the rows themselves have each dimension."""
    return COLUMNS | {YEAR: year_sql("activity_date"), MONTH: month_sql("activity_date"), HOW: BOTH}


def grouped_apart(parts: Sequence[Part], dimensions: Sequence[str]) -> Sql:
    """Rows of a dimension's name, one of its values as text, and the number, for each dimension by itself.

    The parts are read once: PostgreSQL sums by several groupings at a time,
    SQLite goes through the rows that it has found.
    """
    numbers = Sql.joined(" UNION ALL ", [part.select(dimensions) for part in parts])
    places = {f"d{place}": name for place, name in enumerate(dimensions)}
    if len(places) == 1:
        text = (
            f"SELECT '{dimensions[0]}', CAST(d0 AS varchar), SUM(number) FROM ({numbers.text}) AS parts"
            " GROUP BY d0 HAVING SUM(number) <> 0"
        )
    elif connection.vendor == "postgresql":
        names = " ".join(f"WHEN GROUPING({column}) = 0 THEN '{name}'" for column, name in places.items())
        values = ", ".join(f"CAST({column} AS varchar)" for column in places)
        sets = ", ".join(f"({column})" for column in places)
        text = (
            f"SELECT CASE {names} END, COALESCE({values}), SUM(number) FROM ({numbers.text}) AS parts"
            f" GROUP BY GROUPING SETS ({sets}) HAVING SUM(number) <> 0"
        )
    else:
        selects = (
            f"SELECT '{name}', CAST({column} AS text), SUM(number) FROM parts GROUP BY {column} HAVING SUM(number) <> 0"
            for column, name in places.items()
        )
        text = f"SELECT * FROM (WITH parts AS MATERIALIZED ({numbers.text}) {' UNION ALL '.join(selects)})"
    return Sql(text, numbers.params)


def as_value(dimension: str, value: Any) -> Any:
    """A value of a dimension as it is in Python, whatever a table or a database holds it as."""
    if dimension in KEYS or dimension == YEAR:
        return None if value is None else int(value)
    if dimension == MONTH and isinstance(value, str):
        return date.fromisoformat(value)
    return value

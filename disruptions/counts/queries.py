"""Sums over parts, in one SQL statement each."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection

from disruptions.cells.queries import (
    DIMENSIONS,
    MONTH,
    NUMBERS,
    Part,
    Scope,
    Sql,
    fetch,
    is_coarse,
    is_in_margins,
    parts_of,
)


def grouped(parts: Sequence[Part], dimensions: Sequence[str]) -> Sql:
    """The number of each group that has any, after a column for each dimension."""
    rows = Sql.joined(" UNION ALL ", [part.select(dimensions) for part in parts])
    columns = ", ".join(f"d{place}" for place in range(len(dimensions)))
    head, tail = (f"{columns}, ", f" GROUP BY {columns}") if columns else ("", "")
    return Sql(f"SELECT {head}SUM(number) FROM ({rows.text}) AS parts{tail} HAVING SUM(number) > 0", rows.params)


def grouped_apart(parts: Sequence[Part], dimensions: Sequence[str]) -> Sql:
    """Rows of a dimension's name, one of its values as text, and the number, for each dimension by itself.

    The parts are read once: PostgreSQL sums by several groupings at a time,
    SQLite goes through the rows that it has found.
    """
    rows = Sql.joined(" UNION ALL ", [part.select(dimensions) for part in parts])
    places = {f"d{place}": name for place, name in enumerate(dimensions)}
    if connection.vendor == "postgresql":
        names = " ".join(f"WHEN GROUPING({column}) = 0 THEN '{name}'" for column, name in places.items())
        values = ", ".join(f"CAST({column} AS varchar)" for column in places)
        sets = ", ".join(f"({column})" for column in places)
        text = (
            f"SELECT CASE {names} END, COALESCE({values}), SUM(number) FROM ({rows.text}) AS parts"
            f" GROUP BY GROUPING SETS ({sets}) HAVING SUM(number) > 0"
        )
    else:
        selects = (
            f"SELECT '{name}', CAST({column} AS text), SUM(number) FROM parts GROUP BY {column} HAVING SUM(number) > 0"
            for column, name in places.items()
        )
        text = f"SELECT * FROM (WITH parts AS MATERIALIZED ({rows.text}) {' UNION ALL '.join(selects)})"
    return Sql(text, rows.params)


def stated(dimension: str, value: Any) -> Any:
    """A value of a dimension as it is in Python, whatever a table or a database holds it as."""
    if dimension in NUMBERS:
        return None if value is None else int(value)
    if dimension == MONTH and isinstance(value, str):
        return date.fromisoformat(value)
    return value


# How many disruptions each choice of a filter would leave.


def facets(scope: Scope, dimensions: Iterable[str]) -> dict[str, dict[Any, int]]:
    """Counts by each dimension, as the scope would be whatever its own value of that dimension is. One query."""
    found: dict[str, dict[Any, int]] = {dimension: {} for dimension in dimensions}
    alone = [name for name in found if name in scope.values or is_in_margins(scope, [name])]
    coarse = [name for name in found if name not in alone and is_coarse(scope, [name])]
    fine = [name for name in found if name not in (*alone, *coarse)]
    asked = [*((scope.without(name), [name]) for name in alone), (scope, coarse), (scope, fine)]
    read = [(parts_of(narrowed, names), names) for narrowed, names in asked if names]
    statements = [grouped_apart(parts, names) for parts, names in read if parts]
    if statements:
        for dimension, value, number in fetch(Sql.joined(" UNION ALL ", statements)):
            found[dimension][stated(dimension, value)] = int(number)
    return found


# Counts of disruptions: whatever a page, chart, export or answer of the API says of their number comes from here.


__all__ = ["DIMENSIONS", "Scope", "count_by", "facets", "total", "total_up_to"]


def count_by(scope: Scope, *dimensions: str) -> dict[tuple[Any, ...], int]:
    """How many disruptions there are of each group, named by keys, words, years or first days of months.

    Groups without any are left out.
    """
    parts = parts_of(scope, dimensions)
    rows = fetch(grouped(parts, dimensions)) if parts else []
    return {tuple(map(stated, dimensions, row)): int(row[-1]) for row in rows}


def total(scope: Scope) -> int:
    return count_by(scope).get((), 0)


def total_up_to(scope: Scope, limit: int) -> int:
    """The total; of rows that are counted one by one, no more than the limit and one."""
    if scope.rows is None:
        return total(scope)
    parts = Sql.joined(" UNION ALL ", [part.select(()) for part in parts_of(scope, ())])
    if not parts.text:
        return 0
    [(found,)] = fetch(Sql(f"SELECT COUNT(*) FROM ({parts.text} LIMIT {limit + 1:d}) AS parts", parts.params))
    return int(found)

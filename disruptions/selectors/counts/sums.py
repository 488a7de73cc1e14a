"""Sums over parts, in one SQL statement each."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

from disruptions.selectors.counts.parts import NUMBERS, Part
from disruptions.selectors.counts.scope import MONTH
from disruptions.selectors.counts.sql import Sql


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

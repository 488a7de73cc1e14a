"""Pieces of SQL with the values that belong to them. Names in them are the models' own; values travel beside them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.db import connection

from disruptions.selectors.counts.spans import Days


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

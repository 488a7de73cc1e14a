"""Rows of a file straight from what the database answers: no object for each, and a column's values told together.

Only for columns that each show one field (``tables.of_field``).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any

from django.db.models import DateField, DateTimeField, Expression, F, Field, Func, QuerySet, TextField

from soc_tracker.lib.field_paths import field_of
from soc_tracker.lib.tables import Column

ROWS_AT_A_TIME = 2_000
Values = Sequence[Any]
Told = Callable[[Values], Iterable[Any]]
Teller = Callable[[Column, Field, bool], Told]


class DayAsStored(Func):
    """A day that is only written down again: SQLite, which holds it as text, then need not make a date of it."""

    template = "%(expressions)s"
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, template="CAST(%(expressions)s AS text)", **context)


class Memo(dict[Any, Any]):
    """What a function makes of each value, worked out once for each: for columns of few different values."""

    def __init__(self, tell: Callable[[Any], Any]) -> None:
        super().__init__()
        self.tell = tell

    def __missing__(self, value: Any) -> Any:
        self[value] = told = self.tell(value)
        return told


def once_each(tell: Callable[[Any], Any]) -> Told:
    return partial(map, Memo(tell).__getitem__)


def are_plain(columns: Sequence[Column], rows: Iterable[Any]) -> bool:
    """Whether the rows can be read in this way."""
    return isinstance(rows, QuerySet) and all(column.field for column in columns)


def in_pieces(
    columns: Sequence[Column],
    rows: QuerySet,
    tell: Callable[[Column, Field, bool], Told],
    *,
    days_as_stored: bool = False,
) -> Iterator[list[Iterable[Any]]]:
    """The columns of some rows at a time. ``tell`` says what is done with the values of a column, given its
    field and whether that may be empty.

    One cursor reads them all, so they are the rows of one moment.
    """
    paths = list(dict.fromkeys(column.field for column in columns))
    fields = {path: field_of(rows, path) for path in paths}
    selected: list[str | Expression] = [
        DayAsStored(F(path)) if days_as_stored and is_day(field) else path for path, (field, _) in fields.items()
    ]
    places = [(paths.index(column.field), tell(column, *fields[column.field])) for column in columns]
    waiting = rows.values_list(*selected).iterator(chunk_size=ROWS_AT_A_TIME)
    while piece := list(islice(waiting, ROWS_AT_A_TIME)):
        values = list(zip(*piece, strict=True))
        yield [told(values[place]) for place, told in places]


def is_day(field: Field) -> bool:
    return isinstance(field, DateField) and not isinstance(field, DateTimeField)

"""Columns of a list, stated once: the page, CSV, XLSX and API take order and headings from them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any, NamedTuple

from django.utils.timezone import localtime

from soc_tracker.lib.periods import Precision, in_words

NOT_STATED = "not stated"


@dataclass(frozen=True)
class Column:
    """One column: ``value`` gives the cell of a row; None is an empty cell in a file, "not stated" on a page.

    ``key`` is the field's name in the API. ``link`` (a URL, or "" for none)
    and ``tag`` (a GOV.UK tag colour, or "" for none) take effect on pages
    only; ``wide_only`` columns are left out on a phone, ``whole`` ones are
    never broken into lines on a wide screen. ``field`` and ``words`` are set
    where ``value`` reads one field alone: see ``of_field``.
    """

    key: str
    heading: str
    value: Callable[[Any], Any]
    link: Callable[[Any], str] | None = None
    tag: Callable[[Any], str] | None = None
    numeric: bool = False
    wide_only: bool = False
    whole: bool = False
    field: str = ""
    words: Callable[[Any], Any] | None = None


def of_field(key: str, heading: str, field: str, words: Callable[[Any], Any] | None = None, **more: Any) -> Column:
    """A column that shows one field of its rows, told by a function of its value where ``words`` is given.

    A list of such columns alone is written to a file without an object for
    each row, so ``words`` is called once for each value, not for each row.
    """
    read = attrgetter(field)
    value = (lambda row: words(read(row))) if words else read
    return Column(key, heading, value, field=field, words=words, **more)


class Cell(NamedTuple):
    """What a page shows of one column of one row. ``missing`` tells "not stated" from a text that says so."""

    text: str
    link: str
    tag: str
    numeric: bool
    wide_only: bool
    heading: str
    missing: bool = False


def picked(columns: Sequence[Column], *keys: str) -> tuple[Column, ...]:
    """The columns with these keys, in the order of the keys. Raises KeyError for a key that none has."""
    by_key = {column.key: column for column in columns}
    return tuple(by_key[key] for key in keys)


def cells(columns: Sequence[Column], row: Any) -> list[Cell]:
    """The row as a page shows it."""
    return [_cell(column, row) for column in columns]


def in_page_words(value: Any) -> str:
    """A value in UK form: 4 January 2023, 1,234, yes; "not stated" for nothing."""
    match value:
        case None | "":
            return NOT_STATED
        case bool():
            return "yes" if value else "no"
        case datetime():
            return f"{in_words(localtime(value).date(), Precision.DAY)}, {localtime(value):%H:%M}"
        case date():
            return in_words(value, Precision.DAY)
        case int() | Decimal() | float():
            return f"{value:,}"
        case _:
            return str(value)


def _cell(column: Column, row: Any) -> Cell:
    value = column.value(row)
    return Cell(
        text=in_page_words(value),
        link=column.link(row) if column.link else "",
        tag=column.tag(row) if column.tag else "",
        numeric=column.numeric,
        wide_only=column.wide_only,
        heading=column.heading,
        missing=value is None or value == "",
    )

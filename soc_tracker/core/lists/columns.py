"""Decimal numbers as they were given: the zeros that a database adds to its columns are no precision."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime

from soc_tracker.core.text.days import Precision, in_words


def as_given(value: Decimal | None) -> Decimal | None:
    """Without trailing zeros: 84 for 84.00, 100 for 100.00, 13.7 for 13.70."""
    if value is None:
        return None
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def as_printed(value: Decimal | None, step: Decimal | None) -> Decimal | None:
    """With as many decimals as the ``step``, the unit of the last digit printed, has: 84.0 for a step of 0.1."""
    if value is None or step is None:
        return as_given(value)
    printed = value.quantize(Decimal(1).scaleb(min(0, int(step.normalize().as_tuple().exponent))))
    return printed if printed == value else as_given(value)


# Columns of a list, stated once: the page, CSV, XLSX and API take order and headings from them.


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


# The rows of a table as HTML, put together in one pass: a template would take most of a list page's time for them.


# Longer text takes the whole width of a card on a phone.
LONG = 80
CLASSES = ("govuk-table__cell--numeric", "soc-wide-only", "soc-whole")
ROW = '<tr class="govuk-table__row" role="row">'
NAME = '<th scope="row" role="rowheader" class="govuk-table__header soc-table__name">'
# What a folded row shows on a phone in its four lines: its name, in one or two, and its first facts, in one each.
LINES_OF_A_ROW = 4
LINE_OF_A_NAME, LINE_OF_A_HEADING, LINE_OF_A_FACT = 27, 14, 22  # letters
MORE = '<details class="soc-more"><summary class="soc-more__summary">More</summary></details>'


def html_of_rows(columns: Sequence[Column], rows: Iterable[Any], *, folded: bool = False) -> SafeString:
    """The rows of the body of ``components/data_table.html``; the first column heads each.

    ``folded`` rows show four lines at most on a phone, and the rest at a touch.
    """
    first = [column.key for column in columns[1:] if not column.wide_only][: LINES_OF_A_ROW - 1]
    places = {key: "soc-if-short" if place == LINES_OF_A_ROW - 2 else "" for place, key in enumerate(first)}
    opened = [_opened(column, places.get(column.key, "soc-later") if folded else "") for column in columns[1:]]
    return mark_safe("\n".join(_row(cells(columns, row), opened, folded) for row in rows))  # texts are escaped below


def tag_html(text: str, colour: str = "") -> SafeString:
    """A GOV.UK tag."""
    css = f"govuk-tag govuk-tag--{escape(colour)}" if colour else "govuk-tag"
    return mark_safe(f'<strong class="{css}">{escape(text)}</strong>')


@lru_cache(maxsize=4096, typed=True)  # typed: a text that is marked as safe HTML is none of the same letters
def escape(text: str) -> str:
    """Fit for HTML, unless it is so already. Most texts of a table stand in it again and again."""
    return str(conditional_escape(text))


def _opened(column: Column, place: str) -> tuple[str, str]:
    """The start tag of a column's cells, for text of usual length and for long text; ``place`` is a class or ""."""
    classes = {
        place: place,
        "govuk-table__cell--numeric": column.numeric,
        "soc-wide-only": column.wide_only,
        "soc-whole": column.whole,
    }
    css = "".join(f" {name}" for name, applies in classes.items() if applies)
    start = f'<td role="cell" data-heading="{escape(column.heading)}" class="govuk-table__cell'
    return f'{start}{css}">', f'{start} soc-long{css}">'


def _row(cells_of_row: list[Cell], opened: list[tuple[str, str]], folded: bool) -> str:
    name, *others = cells_of_row
    heading = _content(name)
    is_short = len(name.text) <= LINE_OF_A_NAME
    if folded and (
        len(others) + 2 - is_short > LINES_OF_A_ROW
        or len(name.text) > 2 * LINE_OF_A_NAME
        or any(
            cell.wide_only or len(cell.text) > LINE_OF_A_FACT or len(cell.heading) > LINE_OF_A_HEADING
            for cell in others
        )
    ):
        heading = f'<span class="soc-name{" soc-name--short" if is_short else ""}">{heading}</span>{MORE}'
    facts = [
        f"{long if len(cell.text) > LONG else usual}{_content(cell)}</td>"
        for cell, (usual, long) in zip(others, opened, strict=True)
    ]
    return f"{ROW}{NAME}{heading}</th>{''.join(facts)}</tr>"


def _content(cell: Cell) -> str:
    if cell.link:
        return f'<a class="govuk-link" href="{escape(cell.link)}">{escape(cell.text)}</a>'
    if cell.tag:
        return tag_html(cell.text, cell.tag)
    return f'<span class="soc-missing">{escape(cell.text)}</span>' if cell.missing else escape(cell.text)

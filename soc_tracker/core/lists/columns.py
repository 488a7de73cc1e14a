"""Columns of a list, described once: page, CSV, XLSX and API take order, headings and fields from them."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime

from soc_tracker.core.records.states import NOT_STATED
from soc_tracker.core.text.days import in_words

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a text in a file begins with that a spreadsheet would run: it is guarded where it is written, and read back."""


@dataclass(frozen=True)
class Column:
    """One column: ``value`` gives the cell of a row; None is an empty cell in a file, "not stated" on a page.

    On a page: ``link`` is a URL, or "" for none, ``tag`` a GOV.UK tag colour, or "" for none; ``behind`` are titles and
    URLs that fold out under the value. ``wide_only`` columns are
    left out on a phone, ``whole`` ones are never broken into lines on a wide screen. A ``dated`` column depends on the
    day that the page speaks of: its ``value`` and ``tag`` take that day besides the row (see ``on``).
    In a list: ``sort`` names the fields by which the list can be sorted under this heading, "-" before those that
    descend. ``field`` and ``words`` are set where ``value`` reads one field alone: see ``of_field``.
    In a file: ``files`` are the columns that stand in its place, such as count, percent and interval for a share.
    In the API: ``api`` names the fields that stand for it, () for none; by default one of the name ``key``.
    """

    key: str
    heading: str
    value: Callable[..., Any]
    link: Callable[[Any], str] | None = None
    tag: Callable[..., str] | None = None
    behind: Callable[[Any], Sequence[tuple[str, str]]] | None = None
    numeric: bool = False
    wide_only: bool = False
    whole: bool = False
    dated: bool = False
    field: str = ""
    words: Callable[[Any], Any] | None = None
    sort: Sequence[str] = ()
    files: tuple["Column", ...] | None = None
    api: Collection[str] | None = None

    @property
    def api_names(self) -> Collection[str]:
        return (self.key,) if self.api is None else self.api


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
    behind: Sequence[tuple[str, str]] = ()


def pick(columns: Sequence[Column], *keys: str) -> tuple[Column, ...]:
    """The columns with these keys, in the order of the keys. Raises KeyError for a key that none has."""
    by_key = {column.key: column for column in columns}
    return tuple(by_key[key] for key in keys)


def on(columns: Sequence[Column], day: date) -> tuple[Column, ...]:
    """The columns as they are on a day, where they are ``dated``."""

    def bind(column: Column) -> Column:
        value, tag = column.value, column.tag
        dated_tag = (lambda row: tag(row, day)) if tag else None
        return replace(column, value=lambda row: value(row, day), tag=dated_tag, dated=False)

    return tuple(bind(column) if column.dated else column for column in columns)


def in_files(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns that stand in a file."""
    return tuple(each for column in columns for each in ((column,) if column.files is None else column.files))


def cells(columns: Sequence[Column], row: Any) -> list[Cell]:
    """The row as a page shows it."""
    cells_of_row = []
    for column in columns:
        value = column.value(row)
        cells_of_row.append(
            Cell(
                text=in_page_words(value),
                link=column.link(row) if column.link else "",
                tag=column.tag(row) if column.tag else "",
                numeric=column.numeric,
                wide_only=column.wide_only,
                heading=column.heading,
                missing=value is None or value == "",
                behind=column.behind(row) if column.behind else (),
            )
        )
    return cells_of_row


def in_page_words(value: Any) -> str:
    """A value in UK form: 4 January 2023, 1,234, yes; "not stated" for nothing."""
    match value:
        case None | "":
            return NOT_STATED
        case bool():
            return "yes" if value else "no"
        case datetime():
            return f"{in_words(localtime(value).date())}, {localtime(value):%H:%M}"
        case date():
            return in_words(value)
        case int() | Decimal() | float():
            return f"{value:,}"
        case _:
            return str(value)


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


# The rows of a table as HTML, put together in one pass: a template would take most of a list page's time for them.


# Longer text takes the whole width of a card on a phone.
LONG = 80
ROW = '<tr class="govuk-table__row" role="row">'
NAME = '<th scope="row" role="rowheader" class="govuk-table__header soc-table__name">'
# What a folded row shows on a phone in its four lines: its name, in one or two, and its first facts, in one each.
LINES_OF_A_ROW = 4
LINE_OF_A_NAME, LINE_OF_A_HEADING, LINE_OF_A_FACT = 27, 14, 22  # letters
MORE = '<details class="soc-more"><summary class="soc-more__summary">More</summary></details>'


HAS_DIGIT = re.compile(r"\d")
TEXTS = {"usual": "", "words": " soc-words", "long": " soc-long"}
"""By class: words in a column of numbers may be broken over lines, numbers never."""


def html_of_rows(columns: Sequence[Column], rows: Iterable[Any], *, folded: bool = False) -> SafeString:
    """The rows of the body of ``components/data_table.html``; the first column heads each.

    ``folded`` rows show four lines at most on a phone, and the rest at a touch.
    """
    first = [column.key for column in columns[1:] if not column.wide_only][: LINES_OF_A_ROW - 1]
    places = {key: "soc-if-short" if place == LINES_OF_A_ROW - 2 else "" for place, key in enumerate(first)}
    tags = []  # the start tags of each column's cells, by what stands in them
    for column in columns[1:]:
        css = [
            places.get(column.key, "soc-later") if folded else "",
            "govuk-table__cell--numeric" if column.numeric else "",
            "soc-wide-only" if column.wide_only else "",
            "soc-whole" if column.whole else "",
        ]
        start = f'<td role="cell" data-heading="{escape(column.heading)}" class="govuk-table__cell'
        more = "".join(f" {name}" for name in css if name)
        tags.append({name: f'{start}{css}{more}">' for name, css in TEXTS.items()})
    lines = []
    for row in rows:
        name, *others = cells(columns, row)
        facts = []
        for column, cell, starts in zip(columns[1:], others, tags, strict=True):
            is_words = column.numeric and not HAS_DIGIT.search(cell.text)
            text = "long" if len(cell.text) > LONG else "words" if is_words else "usual"
            facts.append(f"{starts[text]}{content_html(cell)}</td>")
        heading = folded_name(name, others) if folded else content_html(name)
        lines.append(f"{ROW}{NAME}{heading}</th>{''.join(facts)}</tr>")
    return mark_safe("\n".join(lines))  # every text is escaped


def folded_name(name: Cell, others: Sequence[Cell]) -> str:
    """What heads a folded row: with a button for the rest, where the row has more than four short lines."""
    is_short = len(name.text) <= LINE_OF_A_NAME
    is_long = len(others) + 2 - is_short > LINES_OF_A_ROW or len(name.text) > 2 * LINE_OF_A_NAME
    if is_long or any(
        cell.wide_only or len(cell.text) > LINE_OF_A_FACT or len(cell.heading) > LINE_OF_A_HEADING for cell in others
    ):
        return f'<span class="soc-name{" soc-name--short" if is_short else ""}">{content_html(name)}</span>{MORE}'
    return content_html(name)


def tag_html(text: str, colour: str = "") -> SafeString:
    """A GOV.UK tag."""
    css = f"govuk-tag govuk-tag--{escape(colour)}" if colour else "govuk-tag"
    return mark_safe(f'<strong class="{css}">{escape(text)}</strong>')


@lru_cache(maxsize=4096, typed=True)  # typed: a text that is marked as safe HTML is none of the same letters
def escape(text: str) -> str:
    """Fit for HTML, unless it is so already. Most texts of a table stand in it again and again."""
    return str(conditional_escape(text))


def content_html(cell: Cell) -> str:
    """A cell's text as a link, as a tag, with what is behind it, or as it is."""
    if cell.behind:
        links = "".join(
            f'<li><a class="govuk-link" href="{escape(url)}">{escape(title)}</a></li>' for title, url in cell.behind
        )
        summary = f'<summary class="soc-behind__summary">{escape(cell.text)}</summary>'
        return f'<details class="soc-behind">{summary}<ul class="govuk-list">{links}</ul></details>'
    if cell.link:
        return f'<a class="govuk-link" href="{escape(cell.link)}">{escape(cell.text)}</a>'
    if cell.tag:
        return tag_html(cell.text, cell.tag)
    return f'<span class="soc-missing">{escape(cell.text)}</span>' if cell.missing else escape(cell.text)

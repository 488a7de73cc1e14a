"""The rows of a table as HTML, put together in one pass: a template would take most of a list page's time for them."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from soc_tracker.lib.tables import Cell, Column, cells

# Longer text takes the whole width of a card on a phone.
LONG = 80
CLASSES = ("govuk-table__cell--numeric", "soc-wide-only", "soc-whole")
ROW = '<tr class="govuk-table__row" role="row">'
NAME = '<th scope="row" role="rowheader" class="govuk-table__header soc-table__name">'


def html_of_rows(columns: Sequence[Column], rows: Iterable[Any]) -> SafeString:
    """The rows of the body of ``components/data_table.html``; the first column heads each."""
    opened = [_opened(column) for column in columns[1:]]
    return mark_safe("\n".join(_row(cells(columns, row), opened) for row in rows))  # every text is escaped below


def tag_html(text: str, colour: str = "") -> SafeString:
    """A GOV.UK tag."""
    css = f"govuk-tag govuk-tag--{escape(colour)}" if colour else "govuk-tag"
    return mark_safe(f'<strong class="{css}">{escape(text)}</strong>')


@lru_cache(maxsize=4096, typed=True)  # typed: a text that is marked as safe HTML is none of the same letters
def escape(text: str) -> str:
    """Fit for HTML, unless it is so already. Most texts of a table stand in it again and again."""
    return str(conditional_escape(text))


def _opened(column: Column) -> tuple[str, str]:
    """The start tag of a column's cells, for text of usual length and for long text."""
    classes = {
        "govuk-table__cell--numeric": column.numeric,
        "soc-wide-only": column.wide_only,
        "soc-whole": column.whole,
    }
    css = "".join(f" {name}" for name, applies in classes.items() if applies)
    start = f'<td role="cell" data-heading="{escape(column.heading)}" class="govuk-table__cell'
    return f'{start}{css}">', f'{start} soc-long{css}">'


def _row(cells_of_row: list[Cell], opened: list[tuple[str, str]]) -> str:
    name, *others = cells_of_row
    told = [
        f"{long if len(cell.text) > LONG else usual}{_content(cell)}</td>"
        for cell, (usual, long) in zip(others, opened, strict=True)
    ]
    return f"{ROW}{NAME}{_content(name)}</th>{''.join(told)}</tr>"


def _content(cell: Cell) -> str:
    if cell.link:
        return f'<a class="govuk-link" href="{escape(cell.link)}">{escape(cell.text)}</a>'
    if cell.tag:
        return tag_html(cell.text, cell.tag)
    return f'<span class="soc-missing">{escape(cell.text)}</span>' if cell.missing else escape(cell.text)

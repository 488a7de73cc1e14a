"""The rows of a table as HTML, put together in one pass: a template would take most of a list page's time for them."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from soc_tracker.core.lists.columns import Cell, Column, cells

# Longer text takes the whole width of a card on a phone.
LONG = 80
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
    opened = [_start_tags(column, places.get(column.key, "soc-later") if folded else "") for column in columns[1:]]
    return mark_safe("\n".join(_row(cells(columns, row), opened, folded) for row in rows))  # texts are escaped below


def tag_html(text: str, colour: str = "") -> SafeString:
    """A GOV.UK tag."""
    css = f"govuk-tag govuk-tag--{escape(colour)}" if colour else "govuk-tag"
    return mark_safe(f'<strong class="{css}">{escape(text)}</strong>')


@lru_cache(maxsize=4096, typed=True)  # typed: a text that is marked as safe HTML is none of the same letters
def escape(text: str) -> str:
    """Fit for HTML, unless it is so already. Most texts of a table stand in it again and again."""
    return str(conditional_escape(text))


def _start_tags(column: Column, place: str) -> tuple[str, str]:
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

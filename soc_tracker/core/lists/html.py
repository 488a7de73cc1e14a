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
    tags = []  # the start tags of each column's cells: for text of usual length and for long text
    for column in columns[1:]:
        css = [
            places.get(column.key, "soc-later") if folded else "",
            "govuk-table__cell--numeric" if column.numeric else "",
            "soc-wide-only" if column.wide_only else "",
            "soc-whole" if column.whole else "",
        ]
        start = f'<td role="cell" data-heading="{escape(column.heading)}" class="govuk-table__cell'
        more = "".join(f" {name}" for name in css if name)
        tags.append((f'{start}{more}">', f'{start} soc-long{more}">'))
    lines = []
    for row in rows:
        name, *others = cells(columns, row)
        facts = [
            f"{long if len(cell.text) > LONG else usual}{content_html(cell)}</td>"
            for cell, (usual, long) in zip(others, tags, strict=True)
        ]
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
    """A cell's text as a link, as a tag, or as it is."""
    if cell.link:
        return f'<a class="govuk-link" href="{escape(cell.link)}">{escape(cell.text)}</a>'
    if cell.tag:
        return tag_html(cell.text, cell.tag)
    return f'<span class="soc-missing">{escape(cell.text)}</span>' if cell.missing else escape(cell.text)

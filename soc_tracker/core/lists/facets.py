"""Filters as facets: each value a checkbox with the number of rows that it would leave."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from soc_tracker.core.lists.html import escape

MOST_SHOWN = 60
Counts = Mapping[str, int] | None
"""Rows by value; None where they were not counted."""


class Value(NamedTuple):
    value: str
    text: str
    chosen: bool
    number: int | None


class Facet(NamedTuple):
    """One filter with its values. It stands open where it is short or in force; ``more`` values have no room."""

    name: str
    label: str
    values: list[Value]
    opened: bool
    more: int

    @property
    def html(self) -> SafeString:
        """The values in one piece: a template would take longer for them than for the rest of its page."""
        name, boxes = escape(self.name), []
        for item in self.values:
            value = escape(item.value)
            count = "" if item.number is None else f' <span class="soc-facet__count">({item.number:,})</span>'
            boxes.append(
                f'<div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox"'
                f' id="facet-{name}-{value}" name="{name}" value="{value}"{" checked" if item.chosen else ""}>'
                f'<label class="govuk-label govuk-checkboxes__label" for="facet-{name}-{value}">{escape(item.text)}'
                f"{count}</label></div>"
            )
        return mark_safe("\n".join(boxes))  # all texts are escaped


def facet(
    name: str,
    label: str,
    choices: Iterable[tuple[str, str]],
    chosen: Collection[str],
    counts: Counts,
    *,
    short: bool = False,
) -> Facet:
    """The values that have rows, and those chosen; all of them where nothing was counted or the facet is ``short``."""
    values = [
        Value(value, text, value in chosen, None if counts is None else counts.get(value, 0))
        for value, text in choices
        if short or counts is None or value in counts or value in chosen
    ]
    first = [value for place, value in enumerate(values) if place < MOST_SHOWN or value.chosen]
    return Facet(name, label, first, short or bool(chosen), len(values) - len(first))

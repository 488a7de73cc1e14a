"""A cross-table as a report: one object for the page and its files."""

import calendar
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from disruptions.counts.queries import MONTH
from disruptions.crosstab.queries import DIMENSIONS, QUARTER, TIMES, Crossed, span_of
from disruptions.standpoint.queries import Standpoint
from disruptions.trend.queries import NOT_LOADED
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.reports import Report
from soc_tracker.core.reports.report import several
from soc_tracker.core.text.days import in_words

ALL = "All"
LABELS = dict(DIMENSIONS)
Names = Mapping[Any, str]
Link = Callable[[Any, Any], str]
"""The address of what stands in a row and a column, either of which may be ``EVERY``."""
EVERY = object()


@dataclass(frozen=True)
class Line:
    """One row of the table, or the sums below it (``key`` is EVERY)."""

    name: str
    key: Any
    numbers: Mapping[Any, int | None]


def cross_report(
    crossed: Crossed, down: str, across: str, *, names: tuple[Names, Names], standpoint: Standpoint, link: Link
) -> Report:
    """``names`` are what stands behind the keys of rows and of columns."""
    lead = f" {words}" if (words := crossed.lead_and_support.lead_in_words) else ""
    table = crossed.table
    rows = [_name(down, value, names[0], crossed) for value in table.rows]
    lines = [
        Line(name, value, {key: table.cells[value, key] for key in table.columns} | {EVERY: table.of_row[value]})
        for name, value in zip(rows, table.rows, strict=True)
    ]
    if lines:
        lines.append(Line(ALL, EVERY, {**table.of_column, EVERY: table.total}))
    number = several(table.total, "disruption")
    heading = LABELS[across] if across == "four_p" else LABELS[across].lower()
    bodies = " Numbers do not rank bodies." if "organisation" in (down, across) else ""
    return Report(
        slug=f"disruptions-by-{down}-and-{across}".replace("_", "-"),
        title=f"Disruptions by {LABELS[down].lower()} and {heading}",
        sentence=f"{number}, as at {standpoint.words}.{f' {lead}' if lead else ''}{bodies}",
        kind_of_data=standpoint.kind.value,
        columns=(
            Column("value", LABELS[down], lambda line: line.name, lambda line: link(line.key, EVERY)),
            *(_column(key, _name(across, key, names[1], crossed), link) for key in table.columns),
            _column(EVERY, ALL, link),
        ),
        rows=tuple(lines),
        none="No disruption on record matches.",
    )


def _column(key: Any, heading: str, link: Link) -> Column:
    return Column(
        "all" if key is EVERY else str(key),
        heading,
        lambda line: NOT_LOADED if line.numbers[key] is None else line.numbers[key],
        lambda line: link(line.key, key) if line.numbers[key] else "",
        numeric=True,
    )


def _name(dimension: str, value: Any, names: Names, crossed: Crossed) -> str:
    """A value in words; of a time that the record reaches only in part, until which day."""
    if dimension not in TIMES:
        return names[value]
    if dimension == MONTH:
        words = f"{calendar.month_abbr[value.month]} {value.year}"
    else:
        words = f"{value.year} Q{(value.month + 2) // 3}" if dimension == QUARTER else str(value)
    first, last = span_of(dimension, value)
    if crossed.reach and first <= crossed.reach.last < last:
        return f"{words}, to {in_words(crossed.reach.last)}"
    return words

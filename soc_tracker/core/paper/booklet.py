"""Some reports one after the other as a tagged PDF of as many pages as they need, with every row of their tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from soc_tracker.core.access.markings import marking_of_kind
from soc_tracker.core.lists.columns import in_page_words
from soc_tracker.core.paper.pdf import KINDS, in_type
from soc_tracker.core.reports.report import Report
from soc_tracker.core.text.days import in_words

TEMPLATE = Path(__file__).with_name("booklet.typ")
LONGEST_CELL = 600
"""In letters; a longer text ends in an ellipsis, so that no row outgrows its page."""
NARROW, WIDE = 9, 60
"""Letters by which a column of words gets its share of the width, at least and at most."""


@dataclass(frozen=True)
class Booklet:
    """``summary`` says the most important in a few sentences. ``address`` is the web page that says the same."""

    title: str
    subtitle: str
    summary: Sequence[str]
    day: date
    address: str
    made_by: str
    reports: Sequence[Report]


def pdf_of_booklet(booklet: Booklet, *, site: str) -> bytes:
    """``site`` is the address that its links begin with, such as "https://soc.example.org"."""
    markings = (report.marking or marking_of_kind(report.kind_of_data) for report in booklet.reports)
    data = {
        "title": booklet.title,
        "subtitle": booklet.subtitle,
        "summary": list(booklet.summary),
        "day": in_words(booklet.day),
        "url": booklet.address,
        "made_by": booklet.made_by,
        "marking": next(filter(None, markings), ""),
        "tables": [_table(report) for report in booklet.reports],
    }
    return in_type(TEMPLATE, data, site, booklet.day)


def _table(report: Report) -> dict[str, Any]:
    rows = list(report.rows)
    columns = (
        [column for column in report.columns if not column.wide_only] if len(report.columns) > 1 else report.columns
    )
    cells: list[list[dict[str, Any]]] = [[] for _ in rows]
    for row, line in zip(rows, cells, strict=True):
        for column in columns:
            text = " ".join(in_page_words(column.value(row)).split())
            cut = text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL].rstrip()}…"
            url = column.link(row) if column.link else ""
            line.append({"text": cut, "url": url, "numeric": column.numeric})
    return {
        "heading": report.title,
        "kind": KINDS.get(report.kind_of_data, report.kind_of_data),
        "sentence": report.sentence,
        "none": report.none,
        "notes": list(report.notes),
        "headings": [column.heading for column in columns],
        "widths": [
            0
            if column.numeric
            else min(WIDE, max(NARROW, len(column.heading), *(len(row[place]["text"]) for row in cells)))
            for place, column in enumerate(columns)
        ]
        if cells
        else [],
        "rows": cells,
    }

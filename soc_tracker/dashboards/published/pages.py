"""Columns of tables on these pages: those of the lists, and one that gives source and place together."""

from collections.abc import Iterable
from datetime import date

from inspections.figures.models import PublishedFigure
from inspections.figures.pages import FIGURE_COLUMNS
from inspections.findings.pages import FINDING_COLUMNS
from inspections.programmes.pages import INSPECTION_COLUMNS
from inspections.recommendations.pages import RECOMMENDATION_COLUMNS
from soc_tracker.core.lists.columns import Column, on, pick

SOURCE = Column(
    "source",
    "Source",
    lambda fact: f"{fact.source.publisher}, {fact.source.published}: {fact.locator}",
    lambda fact: fact.source.get_absolute_url(),
)
FIGURES_OF_BODIES = (*pick(FIGURE_COLUMNS, "measure", "about", "figure", "period"), SOURCE)
FIGURES_OF_ONE_BODY = (*pick(FIGURE_COLUMNS, "measure", "figure", "note", "period", "said_by"), SOURCE)
FINDINGS = pick(FINDING_COLUMNS, "title", "kind", "tone", "topics")
INSPECTIONS = pick(INSPECTION_COLUMNS, "title", "about", "programme", "published")


# Recommendations, with what is overdue on a day.


def columns(today: date, *, with_body: bool) -> tuple[Column, ...]:
    """A list of recommendations; ``with_body`` where they are addressed to different bodies."""
    keys = ("text", "addressed_to", "due", "status") if with_body else ("text", "due", "status")
    return on(pick(RECOMMENDATION_COLUMNS, *keys), today)


# Published figures under the headings of their measures.


def by_group(figures: Iterable[PublishedFigure]) -> list[tuple[str, list[PublishedFigure]]]:
    """The figures by the group of their measure, the groups in the order of their first figure."""
    groups: dict[str, list[PublishedFigure]] = {}
    for figure in figures:
        groups.setdefault(figure.measure.group, []).append(figure)
    return list(groups.items())

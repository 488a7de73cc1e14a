"""Columns of tables on these pages: those of the lists, picked, and one that gives source and place together."""

from inspections.exports import FIGURE_COLUMNS, FINDING_COLUMNS, INSPECTION_COLUMNS
from soc_tracker.lib.tables import Column, picked

SOURCE = Column(
    "source",
    "Source",
    lambda fact: f"{fact.source.publisher}, {fact.source.published}: {fact.locator}",
    lambda fact: fact.source.get_absolute_url(),
)
FIGURES_OF_BODIES = (*picked(FIGURE_COLUMNS, "measure", "about", "figure", "period"), SOURCE)
FIGURES_OF_ONE_BODY = (*picked(FIGURE_COLUMNS, "measure", "figure", "note", "period", "said_by"), SOURCE)
FINDINGS = picked(FINDING_COLUMNS, "title", "kind", "tone", "topics")
INSPECTIONS = picked(INSPECTION_COLUMNS, "title", "about", "programme", "published")

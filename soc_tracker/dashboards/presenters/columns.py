"""Columns of tables on these pages: those of the lists, picked, and one that gives source and place together."""

from inspections import exports
from soc_tracker.lib.tables import Column, picked

SOURCE = Column(
    "source",
    "Source",
    lambda fact: f"{fact.source.publisher}, {fact.source.published}: {fact.locator}",
    lambda fact: fact.source.get_absolute_url(),
)
FIGURES_OF_BODIES = (*picked(exports.FIGURE_COLUMNS, "measure", "about", "figure", "period"), SOURCE)
FIGURES_OF_ONE_BODY = (*picked(exports.FIGURE_COLUMNS, "measure", "figure", "note", "period", "said_by"), SOURCE)
FINDINGS = picked(exports.FINDING_COLUMNS, "title", "kind", "tone", "topics")
INSPECTIONS = picked(exports.INSPECTION_COLUMNS, "title", "about", "programme", "published")

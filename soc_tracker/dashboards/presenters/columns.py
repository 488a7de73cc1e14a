"""Columns of tables on these pages: those of the lists, picked, and one that gives source and place together."""

from collections.abc import Sequence

from inspections import exports
from soc_tracker.lib.tables import Column


def pick(columns: Sequence[Column], *keys: str) -> tuple[Column, ...]:
    """The columns with these keys, in the order of the keys. Raises KeyError for a key that no column has."""
    by_key = {column.key: column for column in columns}
    return tuple(by_key[key] for key in keys)


SOURCE = Column(
    "source",
    "Source",
    lambda fact: f"{fact.source.publisher}, {fact.source.published}: {fact.locator}",
    lambda fact: fact.source.get_absolute_url(),
)
FIGURES_OF_BODIES = (*pick(exports.FIGURE_COLUMNS, "measure", "about", "figure", "period"), SOURCE)
FIGURES_OF_ONE_BODY = (*pick(exports.FIGURE_COLUMNS, "measure", "figure", "note", "period", "said_by"), SOURCE)
FINDINGS = pick(exports.FINDING_COLUMNS, "title", "kind", "tone", "topics")
INSPECTIONS = pick(exports.INSPECTION_COLUMNS, "title", "about", "programme", "published")

"""Recommendations, with what is overdue on a day."""

from datetime import date

from inspections.exports import recommendation_columns
from soc_tracker.lib.tables import Column, picked


def columns(today: date, *, with_body: bool) -> tuple[Column, ...]:
    """A list of recommendations; ``with_body`` where they are addressed to different bodies."""
    keys = ("text", "addressed_to", "due", "status") if with_body else ("text", "due", "status")
    return picked(recommendation_columns(today), *keys)

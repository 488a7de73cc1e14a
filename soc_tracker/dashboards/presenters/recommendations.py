"""Recommendations: when they are due, and whether that day has passed."""

from datetime import date

from inspections import exports
from inspections.models import Recommendation
from inspections.presenters import is_overdue
from soc_tracker.dashboards.presenters.columns import pick
from soc_tracker.lib.tables import Column


def due_in_words(recommendation: Recommendation, today: date) -> str:
    """The due date as precise as it is known; "overdue" beside it where it has passed without being closed."""
    return f"{recommendation.due} (overdue)" if is_overdue(recommendation, today) else recommendation.due


def columns(today: date, *, with_body: bool) -> tuple[Column, ...]:
    """A list of recommendations; ``with_body`` where they are addressed to different bodies."""
    text, addressed_to, status = pick(exports.RECOMMENDATION_COLUMNS, "text", "addressed_to", "status")
    due = Column("due", "Due", lambda recommendation: due_in_words(recommendation, today))
    return (text, addressed_to, due, status) if with_body else (text, due, status)

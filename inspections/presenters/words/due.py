"""Due dates in words."""

from datetime import date

from inspections.choices import (
    RecommendationStatus,
)
from inspections.models import Recommendation
from soc_tracker.lib.periods import span


def is_overdue(recommendation: Recommendation, today: date) -> bool:
    """The rule of ``RecommendationQuerySet.overdue`` for one row: not closed, and every day it may mean has passed."""
    if recommendation.due_on is None or recommendation.status == RecommendationStatus.CLOSED:
        return False
    return span(recommendation.due_on, recommendation.due_precision).last < today


def due_in_words(recommendation: Recommendation, today: date) -> str:
    """The due date as precise as it is known; "overdue" beside it where it has passed without being closed."""
    return f"{recommendation.due} (overdue)" if is_overdue(recommendation, today) else recommendation.due

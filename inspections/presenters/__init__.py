"""What inspections said, as a page shows it."""

from inspections.presenters.figures import figure_in_words, period_in_words, step_in_words
from inspections.presenters.summaries import (
    figure_summary,
    grading_summary,
    inspection_summary,
    recommendation_summary,
    source_summary,
)
from inspections.presenters.words import (
    STATUS_TAGS,
    by_section,
    due_in_words,
    highlighted,
    is_overdue,
    kinds_in_words,
    observations,
    scale_in_words,
)

__all__ = [
    "STATUS_TAGS",
    "by_section",
    "due_in_words",
    "figure_in_words",
    "figure_summary",
    "grading_summary",
    "highlighted",
    "inspection_summary",
    "is_overdue",
    "kinds_in_words",
    "observations",
    "period_in_words",
    "recommendation_summary",
    "scale_in_words",
    "source_summary",
    "step_in_words",
]

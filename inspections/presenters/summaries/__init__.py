"""The head of each detail page as pairs (label, value) or (label, value, url)."""

from inspections.presenters.summaries.figures import figure_summary
from inspections.presenters.summaries.gradings import grading_summary
from inspections.presenters.summaries.programmes import inspection_summary
from inspections.presenters.summaries.recommendations import recommendation_summary
from inspections.presenters.summaries.shared import NOT_COMPARABLE, Rows
from inspections.presenters.summaries.sources import source_summary

__all__ = [
    "NOT_COMPARABLE",
    "Rows",
    "figure_summary",
    "grading_summary",
    "inspection_summary",
    "recommendation_summary",
    "source_summary",
]

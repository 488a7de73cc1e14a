"""Scales, sections, kinds and states in words."""

from inspections.presenters.words.due import due_in_words, is_overdue
from inspections.presenters.words.findings import by_section, highlighted, kinds_in_words, observations
from inspections.presenters.words.scales import STATUS_TAGS, scale_in_words

__all__ = [
    "STATUS_TAGS",
    "by_section",
    "due_in_words",
    "highlighted",
    "is_overdue",
    "kinds_in_words",
    "observations",
    "scale_in_words",
]

"""Recommendations."""

from django.utils.timezone import localdate

from inspections.exports import recommendation_columns
from soc_tracker.lib.tables import Column, picked


def short_recommendation_columns() -> tuple[Column, ...]:
    return picked(recommendation_columns(localdate()), "text", "addressed_to", "due", "status")

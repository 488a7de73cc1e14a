"""Named filters of inspections and what they said."""

from inspections.querysets.figures import FigureQuerySet
from inspections.querysets.findings import FindingQuerySet
from inspections.querysets.gradings import GradingQuerySet
from inspections.querysets.programmes import InspectionQuerySet
from inspections.querysets.recommendations import RecommendationQuerySet

__all__ = ["FigureQuerySet", "FindingQuerySet", "GradingQuerySet", "InspectionQuerySet", "RecommendationQuerySet"]

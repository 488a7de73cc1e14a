"""Programmes, inspections and what they said, in the API."""

from inspections.api.views import (
    FigureViewSet,
    FindingViewSet,
    GradingViewSet,
    InspectionViewSet,
    ProgrammeViewSet,
    RecommendationViewSet,
)

__all__ = [
    "FigureViewSet",
    "FindingViewSet",
    "GradingViewSet",
    "InspectionViewSet",
    "ProgrammeViewSet",
    "RecommendationViewSet",
]

"""Inspections and what they said: gradings, findings, recommendations, published figures."""

from inspections.models.figures import Measure, PublishedFigure
from inspections.models.findings import Finding, Topic
from inspections.models.gradings import Grading
from inspections.models.programmes import Inspection, Programme, Question
from inspections.models.recommendations import MonitoringPeriod, Recommendation, RecommendationUpdate
from inspections.models.sources import SourceDocument

__all__ = [
    "Finding",
    "Grading",
    "Inspection",
    "Measure",
    "MonitoringPeriod",
    "Programme",
    "PublishedFigure",
    "Question",
    "Recommendation",
    "RecommendationUpdate",
    "SourceDocument",
    "Topic",
]

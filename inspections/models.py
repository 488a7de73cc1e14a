"""Inspections and what they said: gradings, findings, recommendations, published figures."""

from inspections.figures.models import Measure, PublishedFigure
from inspections.findings.models import Finding, Topic
from inspections.gradings.models import Grading
from inspections.programmes.models import Inspection, Programme, Question
from inspections.recommendations.models import MonitoringPeriod, Recommendation, RecommendationUpdate
from inspections.sources.models import Citation, SourceDocument, SourceKind
from inspections.vocabularies.models import Qualifier, Unit

__all__ = [
    "Citation",
    "Finding",
    "Grading",
    "Inspection",
    "Measure",
    "MonitoringPeriod",
    "Programme",
    "PublishedFigure",
    "Qualifier",
    "Question",
    "Recommendation",
    "RecommendationUpdate",
    "SourceDocument",
    "SourceKind",
    "Topic",
    "Unit",
]

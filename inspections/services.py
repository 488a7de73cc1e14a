"""Every write of inspections and what they said: see ``soc_tracker.core.records.services`` for the three verbs."""

from django.db import models

from inspections.figures.services import FIGURES, MEASURES, change_figure, record_figure
from inspections.findings.services import FINDINGS, TOPICS, change_finding, record_finding
from inspections.gradings.services import GRADINGS, record_grading, regrade
from inspections.programmes.services import INSPECTIONS, PROGRAMMES, QUESTIONS, SOURCES
from inspections.recommendations.services import (
    MONITORING,
    RECOMMENDATIONS,
    UPDATES,
    change_recommendation,
    log_recommendation,
    record_recommendation,
)
from soc_tracker.core.records.services import Service

SERVICES: dict[type[models.Model], Service] = {
    service.model: service
    for service in (
        *(PROGRAMMES, QUESTIONS, INSPECTIONS, SOURCES),
        *(GRADINGS, FINDINGS, TOPICS, RECOMMENDATIONS, UPDATES, MONITORING),
        *(MEASURES, FIGURES),
    )
}

__all__ = [
    "FIGURES",
    "FINDINGS",
    "GRADINGS",
    "INSPECTIONS",
    "MEASURES",
    "MONITORING",
    "PROGRAMMES",
    "QUESTIONS",
    "RECOMMENDATIONS",
    "SERVICES",
    "SOURCES",
    "TOPICS",
    "UPDATES",
    "change_figure",
    "change_finding",
    "change_recommendation",
    "log_recommendation",
    "record_figure",
    "record_finding",
    "record_grading",
    "record_recommendation",
    "regrade",
]

"""Every service of inspections by the model that it writes: see ``soc_tracker.core.records.services`` for the verbs."""

from django.db import models

from inspections.escalation.services import MONITORING
from inspections.evidence.services import EVIDENCE_FILES
from inspections.figures.services import FIGURES, MEASURES
from inspections.findings.services import FINDINGS, TOPICS
from inspections.gradings.services import CHARACTERISTICS, GRADINGS
from inspections.phrasebook.services import PHRASES
from inspections.positions.services import POSITIONS
from inspections.practice.services import UPTAKES
from inspections.programmes.services import CITATIONS, INSPECTIONS, PROGRAMMES, QUESTIONS, SOURCE_KINDS, SOURCES
from inspections.recommendations.services import RECOMMENDATIONS
from inspections.repeats.services import PAIRINGS, REVISITS
from inspections.requirements.services import DEADLINES, REQUIREMENTS, STEPS
from inspections.responses.services import ANSWERS, RESPONSES
from inspections.vocabularies.services import ALL
from inspections.work.services import CHECKS, MOVES, NOTES, TEAM
from soc_tracker.core.records.services import Service

SERVICES: dict[type[models.Model], Service] = {
    service.model: service
    for service in (
        *(PROGRAMMES, QUESTIONS, INSPECTIONS, SOURCES, SOURCE_KINDS, CITATIONS),
        *(GRADINGS, CHARACTERISTICS, FINDINGS, TOPICS, RECOMMENDATIONS, MONITORING),
        *(REQUIREMENTS, STEPS, DEADLINES, EVIDENCE_FILES),
        *(MEASURES, FIGURES),
        *(PAIRINGS, REVISITS, UPTAKES),
        RESPONSES,
        PHRASES,
        *(RESPONSES, ANSWERS, POSITIONS),
        *(TEAM, MOVES, NOTES, CHECKS),
        *ALL,
    )
}

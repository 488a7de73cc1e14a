"""Inspections and what they said: gradings, findings, recommendations, published figures."""

from inspections.escalation.models import MonitoringPeriod
from inspections.evidence.models import EvidenceFile
from inspections.figures.models import Measure, PublishedFigure
from inspections.findings.models import Finding, Topic
from inspections.gradings.models import Characteristic, Grading
from inspections.phrasebook.models import Phrase
from inspections.positions.models import Position
from inspections.practice.models import Uptake
from inspections.programmes.models import Inspection, Programme, Question
from inspections.reader.desk.models import ProposedFact, ReportBlock, ReportFile
from inspections.recommendations.models import Recommendation
from inspections.repeats.models import Pairing, Revisit
from inspections.requirements.models import DeadlineMove, Requirement, Step
from inspections.responses.models import Answer, Response
from inspections.sources.models import Citation, SourceDocument, SourceKind
from inspections.vocabularies.models import (
    FindingKind,
    Grade,
    GradeScale,
    InspectionStage,
    MonitoringStage,
    Qualifier,
    RequirementStatus,
    Section,
    Unit,
)
from inspections.work.models import EvidenceNote, FactCheck, StageMove, TeamMember

__all__ = [
    "Answer",
    "Characteristic",
    "Citation",
    "DeadlineMove",
    "EvidenceFile",
    "EvidenceNote",
    "FactCheck",
    "Finding",
    "FindingKind",
    "Grade",
    "GradeScale",
    "Grading",
    "Inspection",
    "InspectionStage",
    "Measure",
    "MonitoringPeriod",
    "MonitoringStage",
    "Pairing",
    "Phrase",
    "Position",
    "Programme",
    "ProposedFact",
    "PublishedFigure",
    "Qualifier",
    "Question",
    "Recommendation",
    "ReportBlock",
    "ReportFile",
    "Requirement",
    "RequirementStatus",
    "Response",
    "Revisit",
    "Section",
    "SourceDocument",
    "SourceKind",
    "StageMove",
    "Step",
    "TeamMember",
    "Topic",
    "Unit",
    "Uptake",
]

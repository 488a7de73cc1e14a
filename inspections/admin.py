"""The admin of inspections and what they said, in the order in which its front page shows them."""

from django.contrib import admin

from forces.models import BodySize
from inspections.escalation.admin import MonitoringPeriodAdmin
from inspections.escalation.models import MonitoringPeriod
from inspections.evidence.admin import EvidenceFileAdmin
from inspections.evidence.models import EvidenceFile
from inspections.figures.admin import FigureAdmin, MeasureAdmin
from inspections.figures.models import Measure, PublishedFigure
from inspections.findings.admin import FindingAdmin, TopicAdmin
from inspections.findings.models import Finding, Topic
from inspections.gradings.admin import CharacteristicAdmin, GradingAdmin
from inspections.gradings.models import Characteristic, Grading
from inspections.phrasebook.admin import PhraseAdmin
from inspections.phrasebook.models import Phrase
from inspections.practice.admin import UptakeAdmin
from inspections.practice.models import Uptake
from inspections.programmes.admin import (
    BodySizeAdmin,
    InspectionAdmin,
    ProgrammeAdmin,
    QuestionAdmin,
    SourceDocumentAdmin,
    SourceKindAdmin,
)
from inspections.programmes.models import Inspection, Programme, Question
from inspections.recommendations.admin import RecommendationAdmin
from inspections.recommendations.models import Recommendation
from inspections.repeats.admin import PairingAdmin, RevisitAdmin
from inspections.repeats.models import Pairing, Revisit
from inspections.requirements.admin import DeadlineMoveAdmin, RequirementAdmin, StepAdmin
from inspections.requirements.models import DeadlineMove, Requirement, Step
from inspections.responses.admin import ResponseAdmin
from inspections.responses.models import Response
from inspections.sources.models import SourceDocument, SourceKind
from inspections.vocabularies import admin as words
from inspections.vocabularies import models as vocabularies

admin.site.register(Grading, GradingAdmin)
admin.site.register(Finding, FindingAdmin)
admin.site.register(Recommendation, RecommendationAdmin)
admin.site.register(Requirement, RequirementAdmin)
admin.site.register(Step, StepAdmin)
admin.site.register(DeadlineMove, DeadlineMoveAdmin)
admin.site.register(EvidenceFile, EvidenceFileAdmin)
admin.site.register(Response, ResponseAdmin)
admin.site.register(PublishedFigure, FigureAdmin)
admin.site.register(MonitoringPeriod, MonitoringPeriodAdmin)
admin.site.register(Inspection, InspectionAdmin)
admin.site.register(Programme, ProgrammeAdmin)
admin.site.register(Question, QuestionAdmin)
admin.site.register(SourceDocument, SourceDocumentAdmin)
admin.site.register(SourceKind, SourceKindAdmin)
admin.site.register(Topic, TopicAdmin)
admin.site.register(Revisit, RevisitAdmin)
admin.site.register(Pairing, PairingAdmin)
admin.site.register(Uptake, UptakeAdmin)
admin.site.register(Measure, MeasureAdmin)
admin.site.register(Phrase, PhraseAdmin)
admin.site.register(BodySize, BodySizeAdmin)
admin.site.register(vocabularies.GradeScale, words.GradeScaleAdmin)
admin.site.register(vocabularies.Grade, words.GradeAdmin)
admin.site.register(Characteristic, CharacteristicAdmin)
admin.site.register(vocabularies.FindingKind, words.FindingKindAdmin)
admin.site.register(vocabularies.Section, words.SectionAdmin)
admin.site.register(vocabularies.RequirementStatus, words.RequirementStatusAdmin)
admin.site.register(vocabularies.InspectionStage, words.InspectionStageAdmin)
admin.site.register(vocabularies.MonitoringStage, words.MonitoringStageAdmin)
admin.site.register(vocabularies.Unit, words.UnitAdmin)
admin.site.register(vocabularies.Qualifier, words.QualifierAdmin)

"""The admin of inspections and what they said, in the order in which its front page shows them."""

from django.contrib import admin

from inspections.admin.figures import FigureAdmin, MeasureAdmin
from inspections.admin.findings import FindingAdmin, TopicAdmin
from inspections.admin.gradings import GradingAdmin
from inspections.admin.programmes import InspectionAdmin, ProgrammeAdmin, QuestionAdmin, SourceDocumentAdmin
from inspections.admin.recommendations import MonitoringPeriodAdmin, RecommendationAdmin, RecommendationUpdateAdmin
from inspections.models import (
    Finding,
    Grading,
    Inspection,
    Measure,
    MonitoringPeriod,
    Programme,
    PublishedFigure,
    Question,
    Recommendation,
    RecommendationUpdate,
    SourceDocument,
    Topic,
)

admin.site.register(Grading, GradingAdmin)
admin.site.register(Finding, FindingAdmin)
admin.site.register(Recommendation, RecommendationAdmin)
admin.site.register(RecommendationUpdate, RecommendationUpdateAdmin)
admin.site.register(PublishedFigure, FigureAdmin)
admin.site.register(MonitoringPeriod, MonitoringPeriodAdmin)
admin.site.register(Inspection, InspectionAdmin)
admin.site.register(Programme, ProgrammeAdmin)
admin.site.register(Question, QuestionAdmin)
admin.site.register(SourceDocument, SourceDocumentAdmin)
admin.site.register(Topic, TopicAdmin)
admin.site.register(Measure, MeasureAdmin)

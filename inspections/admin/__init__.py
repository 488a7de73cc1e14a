"""The admin of inspections and what they said, in the order in which its front page shows them."""

from django.contrib import admin

from inspections import models
from inspections.admin.figures import FigureAdmin, MeasureAdmin
from inspections.admin.findings import FindingAdmin, TopicAdmin
from inspections.admin.gradings import GradingAdmin
from inspections.admin.programmes import InspectionAdmin, ProgrammeAdmin, QuestionAdmin, SourceDocumentAdmin
from inspections.admin.recommendations import MonitoringPeriodAdmin, RecommendationAdmin, RecommendationUpdateAdmin

admin.site.register(models.Grading, GradingAdmin)
admin.site.register(models.Finding, FindingAdmin)
admin.site.register(models.Recommendation, RecommendationAdmin)
admin.site.register(models.RecommendationUpdate, RecommendationUpdateAdmin)
admin.site.register(models.PublishedFigure, FigureAdmin)
admin.site.register(models.MonitoringPeriod, MonitoringPeriodAdmin)
admin.site.register(models.Inspection, InspectionAdmin)
admin.site.register(models.Programme, ProgrammeAdmin)
admin.site.register(models.Question, QuestionAdmin)
admin.site.register(models.SourceDocument, SourceDocumentAdmin)
admin.site.register(models.Topic, TopicAdmin)
admin.site.register(models.Measure, MeasureAdmin)

"""The admin of gradings."""

from django.contrib import admin

from inspections.gradings.models import Grading
from inspections.gradings.services import CHARACTERISTICS, GRADINGS
from inspections.programmes.admin import CitationInline, OrganisationRegionFilter, QuestionFilter, Used
from soc_tracker.core.records.admin import RecordAdmin


class GradingAdmin(RecordAdmin):
    service = GRADINGS
    list_display = ("organisation", "grade", "programme", "question", "published")
    list_filter = (
        ("inspection__programme", Used),
        OrganisationRegionFilter,
        "grade",
        ("question", QuestionFilter),
        ("organisation", Used),
    )
    list_select_related = ("inspection__programme", "organisation", "question")
    search_fields = ("organisation__name", "organisation__short_name", "inspection__title", "question__text", "summary")
    search_help_text = "Search by organisation, inspection, question or summary"
    date_hierarchy = "inspection__published_on"
    autocomplete_fields = ("inspection", "organisation", "question", "source")
    computed = ("scale",)
    inlines = (CitationInline,)
    fieldsets = (
        (None, {"fields": ("inspection", "organisation", "question", "scale", "grade", "summary")}),
        ("Source", {"fields": ("source", "locator")}),
    )

    @admin.display(ordering="inspection__programme__year")
    def programme(self, grading: Grading) -> str:
        return str(grading.inspection.programme)

    @admin.display(ordering="inspection__published_on")
    def published(self, grading: Grading) -> str:
        return grading.inspection.published


class CharacteristicAdmin(RecordAdmin):
    service = CHARACTERISTICS
    list_display = ("grade", "scale", "text", "source")
    list_filter = ("scale", "grade")
    list_select_related = ("source",)
    search_fields = ("text", "source__title")
    autocomplete_fields = ("source",)
    fieldsets = (
        (None, {"fields": ("scale", "grade", "text")}),
        ("Source", {"fields": ("source", "locator")}),
    )

"""The admin of programmes, questions, inspections and the documents that report them."""

from inspections.admin.filters import RegionFilter, Used
from inspections.models import Inspection
from inspections.services import INSPECTIONS, PROGRAMMES, QUESTIONS, SOURCES
from soc_tracker.record_admin import RecordAdmin


class ProgrammeAdmin(RecordAdmin):
    service = PROGRAMMES
    list_display = ("name", "year", "scale")
    list_filter = ("scale",)
    search_fields = ("name", "slug", "note")
    prepopulated_fields = {"slug": ("name",)}
    fields = ("name", "slug", "year", "scale", "note")


class QuestionAdmin(RecordAdmin):
    service = QUESTIONS
    list_display = ("text", "number", "programme", "theme", "parent", "order")
    list_filter = (("programme", Used), "theme")
    list_select_related = ("programme", "parent")
    search_fields = ("text", "slug", "programme__name")
    autocomplete_fields = ("programme", "parent")
    fields = ("programme", "number", "text", "slug", "theme", "parent", "order")


class InspectionAdmin(RecordAdmin):
    service = INSPECTIONS
    list_display = ("title", "programme", "about", "fieldwork", "published")
    list_filter = (("programme", Used), RegionFilter, ("organisation", Used))
    list_select_related = ("programme", "region", "organisation")
    search_fields = ("title", "slug", "programme__name", "region__name", "organisation__name")
    date_hierarchy = "published_on"
    autocomplete_fields = ("programme", "region", "organisation", "source")
    prepopulated_fields = {"slug": ("title",)}
    fieldsets = (
        (None, {"fields": ("title", "slug", "programme", "region", "organisation")}),
        ("When", {"fields": (("fieldwork_on", "fieldwork_precision"), ("published_on", "published_precision"))}),
        ("Source", {"fields": ("source", "locator", "note")}),
    )

    def about(self, inspection: Inspection) -> str:
        return str(inspection.organisation or inspection.region)


class SourceDocumentAdmin(RecordAdmin):
    service = SOURCES
    list_display = ("title", "publisher", "kind", "published", "licence")
    list_filter = ("kind", "licence", "publisher")
    search_fields = ("title", "slug", "publisher", "note")
    date_hierarchy = "published_on"
    prepopulated_fields = {"slug": ("title",)}
    fieldsets = (
        (None, {"fields": ("title", "slug", "publisher", "kind", "licence")}),
        ("When", {"fields": (("published_on", "published_precision"),)}),
        (None, {"fields": ("note",)}),
    )

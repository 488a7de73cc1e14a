"""The admin of findings and topics."""

from django.contrib import admin

from inspections.findings.models import Finding
from inspections.findings.services import FINDINGS, TOPICS
from inspections.programmes.admin import CitationInline, RegionFilter, Used
from soc_tracker.core.records.admin import RecordAdmin


class FindingAdmin(RecordAdmin):
    service = FINDINGS
    bulk = ("section", "topics")
    list_display = ("title", "about", "kind", "tone", "programme")
    list_filter = (
        "kind",
        ("inspection__programme", Used),
        RegionFilter,
        "tone",
        "section",
        ("topics", Used),
        ("organisation", Used),
    )
    list_select_related = ("inspection__programme", "organisation", "region")
    search_fields = ("title", "summary", "slug", "organisation__name", "region__name", "inspection__title")
    search_help_text = "Search by title, summary, body or inspection"
    autocomplete_fields = ("inspection", "organisation", "region", "topics", "repeats", "measure", "source")
    prepopulated_fields = {"slug": ("title",)}
    inlines = (CitationInline,)
    fieldsets = (
        (None, {"fields": ("inspection", "organisation", "region", "kind", "tone")}),
        ("Told before the report", {"fields": ("is_accelerated", ("letter_on", "letter_precision"))}),
        ("What it says", {"fields": ("title", "slug", "summary", "section", "order", "topics", "repeats", "measure")}),
        ("Source", {"fields": ("source", "locator")}),
    )

    @admin.display(ordering="inspection__programme__year")
    def programme(self, finding: Finding) -> str:
        return str(finding.inspection.programme)


class TopicAdmin(RecordAdmin):
    service = TOPICS
    list_display = ("name", "slug", "description", "order")
    search_fields = ("name", "slug", "description")
    prepopulated_fields = {"slug": ("name",)}
    fields = ("name", "slug", "description", "order")

"""The admin of monitoring."""

from inspections.escalation.services import MONITORING
from inspections.programmes.admin import CitationInline, OrganisationRegionFilter, Used
from soc_tracker.core.records.admin import RecordAdmin


class MonitoringPeriodAdmin(RecordAdmin):
    service = MONITORING
    list_display = ("organisation", "stage", "started", "ended")
    list_filter = ("stage", OrganisationRegionFilter, ("organisation", Used))
    list_select_related = ("organisation",)
    search_fields = ("organisation__name", "reason")
    date_hierarchy = "started_on"
    autocomplete_fields = ("organisation", "source")
    inlines = (CitationInline,)
    fieldsets = (
        (None, {"fields": ("organisation", "stage", "reason", "skipped")}),
        ("When", {"fields": (("started_on", "started_precision"), ("ended_on", "ended_precision"))}),
        ("Source", {"fields": ("source", "locator")}),
    )

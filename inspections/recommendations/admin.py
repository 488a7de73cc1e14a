"""The admin of recommendations."""

from inspections.programmes.admin import AddresseeRegionFilter, CitationInline, Used
from inspections.recommendations.services import RECOMMENDATIONS
from soc_tracker.core.records.admin import RecordAdmin


class RecommendationAdmin(RecordAdmin):
    """A recommendation as it was published; how it stands since, its requirement says."""

    service = RECOMMENDATIONS
    list_display = ("__str__", "finding", "due")
    list_filter = (
        ("finding__inspection__programme", Used),
        AddresseeRegionFilter,
        "due_precision",
        ("addressed_to", Used),
    )
    list_select_related = ("addressed_to", "finding")
    search_fields = ("text", "addressed_to__name", "finding__title", "due_as_published")
    search_help_text = "Search by text, addressee or finding"
    date_hierarchy = "due_on"
    autocomplete_fields = ("finding", "addressed_to", "source")
    inlines = (CitationInline,)
    fieldsets = (
        (None, {"fields": ("finding", "number", "text", "addressed_to")}),
        ("Due", {"fields": (("due_on", "due_precision"), "due_as_published")}),
        ("Source", {"fields": ("source", "locator")}),
    )

"""The admin of threats, with what each was when and how it was scored."""

from django.contrib import admin

from disruptions.threats.models import MorileAssessment, ThreatState
from disruptions.threats.services import ASSESSMENTS, STATES, THREATS
from soc_tracker.core.records.admin import RecordAdmin, RecordInline


class StateInline(RecordInline):
    model = ThreatState
    service = STATES
    fields = ("valid_from", "type", "tier", "phase", "assessment_type", "moderation", "is_soc")
    verbose_name = "state, which lasts until the next begins"
    verbose_name_plural = "states, each of which lasts until the next begins"


class AssessmentInline(RecordInline):
    model = MorileAssessment
    service = ASSESSMENTS
    template = "admin/edit_inline/stacked.html"  # its fields are more than a row of a table can show
    fields = (
        ("assessed_on", "assessor", "moderated_on"),
        ("physical", "psychological", "financial", "community", "geographic_scope"),
        ("likelihood", "organisational_position", "confidence", "total"),
    )


class ThreatAdmin(RecordAdmin):
    service = THREATS
    bulk = ("organisation", "lead_responsible_officer", "crime_types")
    list_display = ("reference", "name", "first_type", "organisation", "kind_of_data")
    list_filter = ("kind_of_data", "first_type", ("organisation", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("organisation",)
    search_fields = ("reference", "name")
    search_help_text = "Search by reference or name"
    autocomplete_fields = ("organisation", "area", "crime_types")
    inlines = (StateInline, AssessmentInline)
    computed = ("extract", "extract_line")
    fieldsets = (
        (None, {"fields": ("reference", "kind_of_data", "name", "first_type", "crime_types")}),
        ("Who manages it", {"fields": ("organisation", "area", "lead_responsible_officer")}),
        ("Loaded from", {"fields": (("extract", "extract_line"),)}),
    )

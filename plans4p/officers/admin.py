"""The admin of lead responsible officers, with their training and their accounts."""

from django.contrib import admin

from plans4p.directory.services import OFFICERS, TRAININGS
from plans4p.officers.models import Training
from soc_tracker.core.records.admin import RecordAdmin, RecordInline


class TrainingInline(RecordInline):
    model = Training
    service = TRAININGS
    fields = ("subject", "completed_on")


class OfficerAdmin(RecordAdmin):
    service = OFFICERS
    list_display = ("name", "rank", "organisation", "share_of_time", "mentor", "is_active", "kind_of_data")
    list_filter = ("kind_of_data", "is_active", ("organisation", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("organisation", "mentor")
    search_fields = ("name", "rank")
    search_help_text = "Search by name or rank"
    autocomplete_fields = ("organisation", "user", "mentor", "threats")
    inlines = (TrainingInline,)
    fieldsets = (
        (None, {"fields": ("name", "kind_of_data", "rank", "organisation", "is_active")}),
        ("Load", {"fields": ("share_of_time", "threats", "mentor")}),
        ("Account", {"fields": ("user",)}),
    )

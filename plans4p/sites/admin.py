"""The admin of Clear, Hold, Build sites, with their phases."""

from django.contrib import admin

from plans4p.directory.services import PHASES, SITES
from plans4p.sites.models import SitePhase
from soc_tracker.core.records.admin import RecordAdmin, RecordInline


class PhaseInline(RecordInline):
    model = SitePhase
    service = PHASES
    fields = ("phase", "starts_on", "ends_on")


class SiteAdmin(RecordAdmin):
    service = SITES
    list_display = ("place", "organisation", "kind_of_data")
    list_filter = ("kind_of_data", ("organisation", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("organisation",)
    search_fields = ("place", "measures", "evaluation")
    prepopulated_fields = {"slug": ("place",)}
    autocomplete_fields = ("organisation", "partners")
    inlines = (PhaseInline,)
    fields = ("place", "slug", "kind_of_data", "organisation", "partners", "measures", "evaluation")

"""The admin of local policing areas and their SOC local profiles."""

from django.contrib import admin

from forces.services import AREAS, PROFILES
from soc_tracker.record_admin import RecordAdmin


class LocalPolicingAreaAdmin(RecordAdmin):
    service = AREAS
    list_display = ("name", "organisation", "valid_from", "valid_to")
    list_filter = (("organisation", admin.RelatedOnlyFieldListFilter), "organisation__memberships__region")
    list_select_related = ("organisation",)
    search_fields = ("name", "organisation__name")
    autocomplete_fields = ("organisation",)
    fields = ("organisation", "name", ("valid_from", "valid_to"))


class LocalProfileAdmin(RecordAdmin):
    service = PROFILES
    list_display = ("area", "refreshed_on", "fully_reviewed_on")
    list_filter = (("area__organisation", admin.RelatedOnlyFieldListFilter), "area__organisation__memberships__region")
    list_select_related = ("area__organisation",)
    search_fields = ("area__name", "area__organisation__name")
    autocomplete_fields = ("area",)
    date_hierarchy = "refreshed_on"
    fields = ("area", ("refreshed_on", "fully_reviewed_on"), "partners")

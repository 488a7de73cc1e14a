"""The admin of regions, of what belongs to them, and of what organisations are and were called."""

from forces.services import ALIASES, MEMBERSHIPS, REGIONS, SUCCESSIONS
from soc_tracker.record_admin import RecordAdmin


class RegionAdmin(RecordAdmin):
    service = REGIONS
    list_display = ("name", "slug", "note")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}
    fields = ("name", "slug", "note")


class MembershipAdmin(RecordAdmin):
    service = MEMBERSHIPS
    name_on_index = "Which region each body belongs to"
    list_display = ("organisation", "region", "valid_from", "valid_to")
    list_filter = ("region", "organisation__kind")
    list_select_related = ("organisation", "region")
    search_fields = ("organisation__name", "region__name")
    autocomplete_fields = ("organisation", "region")
    fields = ("organisation", "region", ("valid_from", "valid_to"))


class SuccessionAdmin(RecordAdmin):
    service = SUCCESSIONS
    name_on_index = "Successors of bodies"
    list_display = ("predecessor", "kind", "successor", "on")
    list_filter = ("kind",)
    list_select_related = ("predecessor", "successor")
    search_fields = ("predecessor__name", "successor__name")
    autocomplete_fields = ("predecessor", "successor")
    date_hierarchy = "on"
    fields = ("predecessor", "kind", "successor", "on", "note")


class AliasAdmin(RecordAdmin):
    service = ALIASES
    name_on_index = "Names that lead to bodies"
    list_display = ("name", "organisation")
    list_filter = ("organisation__kind",)
    list_select_related = ("organisation",)
    search_fields = ("name", "normalised", "organisation__name")
    autocomplete_fields = ("organisation",)
    computed = ("normalised",)
    fields = ("organisation", "name", "normalised")

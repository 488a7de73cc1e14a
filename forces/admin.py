"""The admin of regions, bodies and areas."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from forces.areas.models import LocalPolicingArea, LocalProfile
from forces.choices import OrganisationKind
from forces.models import (
    Alias,
    BodySize,
    Force,
    Membership,
    Organisation,
    Oversight,
    Region,
    Reorganisation,
    Rocu,
    Succession,
)
from forces.services import (
    ALIASES,
    AREAS,
    MEMBERSHIPS,
    ORGANISATIONS,
    OVERSIGHTS,
    PROFILES,
    REGIONS,
    REORGANISATIONS,
    SIZES,
    SUCCESSIONS,
)
from soc_tracker.core.records.admin import RecordAdmin, RecordInline


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


class MembershipInline(RecordInline):
    model = Membership
    service = MEMBERSHIPS
    autocomplete_fields = ("region",)
    fields = ("region", "valid_from", "valid_to")
    verbose_name = "region it belongs to"
    verbose_name_plural = "regions it belongs to"


class AliasInline(RecordInline):
    model = Alias
    service = ALIASES
    fields = ("name",)
    verbose_name = "name that leads to it"
    verbose_name_plural = "names that lead to it"


class BodySizeInline(RecordInline):
    model = BodySize
    service = SIZES
    autocomplete_fields = ("source",)
    fields = ("measure", "value", "as_at", "source", "locator", "no_rate_because")
    verbose_name = "size on a day"
    verbose_name_plural = "sizes, each on its day"


class BaseOrganisationAdmin(RecordAdmin):
    service = ORGANISATIONS
    list_display: tuple[str, ...] = (
        "name",
        "short_name",
        "ons_code",
        "valid_from",
        "valid_to",
    )
    list_filter: tuple[str, ...] = ("memberships__region",)
    search_fields = ("name", "short_name", "slug", "ons_code", "aliases__name")
    prepopulated_fields = {"slug": ("short_name",)}
    inlines = (BodySizeInline, MembershipInline, AliasInline)
    fieldsets: tuple[Any, ...] = (
        (None, {"fields": ("name", "short_name", "slug", "ons_code")}),
        ("Existence", {"fields": (("valid_from", "valid_to"),)}),
    )


class ForceAdmin(BaseOrganisationAdmin):
    given = {"kind": OrganisationKind.FORCE}


class RocuAdmin(BaseOrganisationAdmin):
    given = {"kind": OrganisationKind.ROCU}
    list_display = ("name", "short_name", "valid_from", "valid_to")


class OrganisationAdmin(BaseOrganisationAdmin):
    """All kinds, so that other records find any organisation; bodies of another kind are added here."""

    name_on_index = "All bodies, of these and other kinds"
    list_display = ("name", "short_name", "kind", "valid_from", "valid_to")
    list_filter = ("kind", "memberships__region")
    fieldsets = (
        (None, {"fields": ("kind", "name", "short_name", "slug", "ons_code")}),
        *BaseOrganisationAdmin.fieldsets[1:],
    )


class RegionAdmin(RecordAdmin):
    service = REGIONS
    list_display = ("name", "slug", "note")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}
    fields = ("name", "slug", "note", "place")


class MembershipAdmin(RecordAdmin):
    service = MEMBERSHIPS
    name_on_index = "Which region each body belongs to"
    list_display = ("organisation", "region", "valid_from", "valid_to")
    list_filter = ("region", "organisation__kind")
    list_select_related = ("organisation", "region")
    search_fields = ("organisation__name", "region__name")
    autocomplete_fields = ("organisation", "region")
    fields = ("organisation", "region", ("valid_from", "valid_to"))


class OversightAdmin(RecordAdmin):
    service = OVERSIGHTS
    name_on_index = "Local policing bodies that answer for forces"
    list_display = ("organisation", "responder", "valid_from", "valid_to")
    list_filter = ("organisation__memberships__region",)
    list_select_related = ("organisation", "responder")
    search_fields = ("organisation__name", "responder__name")
    autocomplete_fields = ("organisation", "responder")
    fields = ("organisation", "responder", ("valid_from", "valid_to"), "source")


class ReorganisationAdmin(RecordAdmin):
    """What is added here is carried out, what is removed is undone; what was carried out keeps its bodies and day."""

    service = REORGANISATIONS
    change_list_template = "admin/forces/reorganisation_list.html"
    delete_confirmation_template = "admin/forces/reorganisation_undo.html"
    name_on_index = "Mergers, splits and other changes of bodies"
    list_display = ("kind", "on", "source")
    list_filter = ("kind",)
    search_fields = ("source", "predecessors__name", "successors__name")
    autocomplete_fields = ("predecessors", "successors", "region")
    date_hierarchy = "on"
    fields = ("kind", "on", "predecessors", "successors", "new_bodies", "region", "source", "note")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        bodies = ("predecessors", "successors") if obj else ()
        return (*super().get_readonly_fields(request, obj), *bodies)


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


admin.site.register(Force, ForceAdmin)
admin.site.register(Rocu, RocuAdmin)
admin.site.register(Organisation, OrganisationAdmin)
admin.site.register(Region, RegionAdmin)
admin.site.register(Membership, MembershipAdmin)
admin.site.register(Reorganisation, ReorganisationAdmin)
admin.site.register(Succession, SuccessionAdmin)
admin.site.register(Alias, AliasAdmin)
admin.site.register(Oversight, OversightAdmin)
admin.site.register(LocalPolicingArea, LocalPolicingAreaAdmin)
admin.site.register(LocalProfile, LocalProfileAdmin)

"""The admin of forces, regional organised crime units and all organisations together."""

from forces.choices import OrganisationKind
from forces.models import Alias, Membership
from forces.services import ALIASES, MEMBERSHIPS, ORGANISATIONS
from soc_tracker.record_admin import RecordAdmin, RecordInline


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


class BaseOrganisationAdmin(RecordAdmin):
    service = ORGANISATIONS
    list_display = ("name", "short_name", "ons_code", "population", "officers", "valid_from", "valid_to")
    list_filter = ("memberships__region",)
    search_fields = ("name", "short_name", "slug", "ons_code", "aliases__name")
    prepopulated_fields = {"slug": ("short_name",)}
    inlines = (MembershipInline, AliasInline)
    fieldsets = (
        (None, {"fields": ("name", "short_name", "slug", "ons_code")}),
        ("Existence", {"fields": (("valid_from", "valid_to"),)}),
        ("Size", {"fields": (("population", "population_as_at"), ("officers", "officers_as_at"))}),
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

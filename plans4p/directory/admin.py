"""The admin of officers, partners, orders and sites, each with its parts."""

from django.contrib import admin

from plans4p.directory.services import OFFERS, OFFICERS, ORDERS, PARTNERS, PHASES, SITES, TERMS, TRAININGS
from plans4p.officers.models import Training
from plans4p.orders.models import OrderTerm
from plans4p.partners.models import Offer
from plans4p.sites.models import SitePhase
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


class OfferInline(RecordInline):
    model = Offer
    service = OFFERS
    fields = ("four_p", "kind", "description", "youngest", "oldest")


class PartnerAdmin(RecordAdmin):
    service = PARTNERS
    list_display = ("name", "sector", "sharing_agreement", "agreement_expires_on", "kind_of_data")
    list_filter = ("kind_of_data", "sector", ("serves", admin.RelatedOnlyFieldListFilter))
    search_fields = ("name", "note", "offers__description")
    search_help_text = "Search by words in name, note or offers"
    prepopulated_fields = {"slug": ("name",)}
    autocomplete_fields = ("serves", "areas")
    inlines = (OfferInline,)
    fieldsets = (
        (None, {"fields": ("name", "slug", "kind_of_data", "sector", "note")}),
        ("Where it works", {"fields": ("serves", "areas")}),
        ("How to reach it", {"fields": ("contact_route",)}),
        ("Sharing of information", {"fields": (("sharing_agreement", "agreement_expires_on"),)}),
    )


class TermInline(RecordInline):
    model = OrderTerm
    service = TERMS
    fields = ("kind", "text")


class OrderAdmin(RecordAdmin):
    service = ORDERS
    list_display = ("reference", "kind", "subject", "organisation", "setting", "expires_on", "manager", "kind_of_data")
    list_filter = ("kind_of_data", "setting", "kind", ("organisation", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("organisation",)
    search_fields = ("reference", "subject", "managing_unit", "manager")
    search_help_text = "Search by reference of the order or its subject, by unit or manager"
    date_hierarchy = "made_on"
    autocomplete_fields = ("organisation", "threat")
    inlines = (TermInline,)
    fieldsets = (
        (None, {"fields": ("reference", "kind_of_data", "kind", "subject", "organisation", "threat")}),
        ("When", {"fields": (("made_on", "in_force_from", "expires_on"),)}),
        ("Where the subject is", {"fields": (("setting", "release_on"), "release_plan")}),
        ("Who manages it", {"fields": (("managing_unit", "manager"),)}),
    )


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

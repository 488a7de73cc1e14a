"""The admin of partners, with what each offers."""

from django.contrib import admin

from plans4p.directory.services import OFFERS, PARTNERS
from plans4p.partners.models import Offer
from soc_tracker.core.records.admin import RecordAdmin, RecordInline


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

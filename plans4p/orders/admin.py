"""The admin of ancillary orders, with their terms."""

from django.contrib import admin

from plans4p.directory.services import ORDERS, TERMS
from plans4p.orders.models import OrderTerm
from soc_tracker.core.records.admin import RecordAdmin, RecordInline


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

"""The admin of pairs of findings, and of what later inspections say of earlier findings."""

from inspections.programmes.admin import Used
from inspections.repeats.services import PAIRINGS, REVISITS
from soc_tracker.core.records.admin import ReadOnlyAdmin, RecordAdmin


class RevisitAdmin(RecordAdmin):
    service = REVISITS
    name_on_index = "Findings looked at again"
    list_display = ("finding", "inspection", "outcome", "source")
    list_filter = ("outcome", ("inspection__programme", Used))
    list_select_related = ("finding", "inspection", "source")
    search_fields = ("finding__title", "inspection__title", "summary")
    autocomplete_fields = ("finding", "inspection", "source")
    fields = ("finding", "inspection", "outcome", "summary", "source", "locator")


class PairingAdmin(ReadOnlyAdmin):
    service = PAIRINGS
    list_display = ("first", "second", "is_one_problem", "on", "by")
    list_filter = ("is_one_problem",)
    list_select_related = ("first", "second", "by")
    search_fields = ("first__title", "second__title")
    fields = ("first", "second", "is_one_problem", "on", "by")

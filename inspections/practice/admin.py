"""The admin of what bodies have done with the practices of others."""

from inspections.practice.services import UPTAKES
from inspections.programmes.admin import Used
from soc_tracker.core.records.admin import RecordAdmin


class UptakeAdmin(RecordAdmin):
    service = UPTAKES
    name_on_index = "Exchange of good practice"
    list_display = ("practice", "organisation", "state", "on", "by")
    list_filter = ("state", ("organisation", Used))
    list_select_related = ("practice", "organisation", "by")
    search_fields = ("practice__title", "organisation__name", "note")
    autocomplete_fields = ("practice", "organisation", "by")
    date_hierarchy = "on"
    fields = ("practice", "organisation", "state", "on", "note", "by")

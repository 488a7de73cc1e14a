"""The admin of responses: they are given and amended on their own pages."""

from inspections.programmes.admin import Used
from inspections.responses.services import RESPONSES
from soc_tracker.core.records.admin import ReadOnlyAdmin


class ResponseAdmin(ReadOnlyAdmin):
    service = RESPONSES
    list_display = ("organisation", "inspection", "due_to", "is_published", "published_on")
    list_filter = ("is_published", ("inspection__programme", Used), ("organisation", Used))
    list_select_related = ("organisation", "inspection")
    search_fields = ("organisation__name", "inspection__title", "comments")
    date_hierarchy = "due_to"
    fields = (
        *("inspection", "organisation", "due_from", "due_to", "is_published", "published_on", "published_precision"),
        *("in_time", "responder", "comments", "is_whole", "source", "locator", "by"),
    )

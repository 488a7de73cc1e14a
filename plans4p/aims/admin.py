"""The admin of the menu of tactics: wording that plans may share without being generic."""

from plans4p.aims.services import TACTICS
from soc_tracker.core.records.admin import RecordAdmin


class TacticAdmin(RecordAdmin):
    service = TACTICS
    list_display = ("name", "four_p", "meaning")
    list_filter = ("four_p",)
    search_fields = ("name", "meaning")
    prepopulated_fields = {"slug": ("name",)}
    fields = ("name", "slug", "four_p", "meaning")

"""The admin of phrases."""

from inspections.phrasebook.services import PHRASES
from soc_tracker.core.records.admin import RecordAdmin


class PhraseAdmin(RecordAdmin):
    service = PHRASES
    name_on_index = "Phrases of reports"
    list_display = ("text", "part", "stands_for")
    list_filter = ("part",)
    search_fields = ("text", "stands_for")
    fields = ("part", "text", "stands_for")

"""The admin of the words of inspections."""

from inspections.vocabularies.services import QUALIFIERS, UNITS
from soc_tracker.core.records.admin import RecordAdmin


class WordAdmin(RecordAdmin):
    list_display: tuple[str, ...] = ("label", "slug", "order", "meaning")
    search_fields = ("label", "slug", "meaning")
    prepopulated_fields = {"slug": ("label",)}
    words: tuple[str, ...] = ("label", "slug", "order", "meaning")


class QualifierAdmin(WordAdmin):
    service = QUALIFIERS
    list_display = ("label", "comparison", "says_all", "bound", "order")
    fields = (*WordAdmin.words, "comparison", "says_all", "bound")


class UnitAdmin(WordAdmin):
    service = UNITS
    list_display = ("label", "kind", "one", "several", "order")
    fields = (*WordAdmin.words, "kind", "one", "several")

"""The admin of published figures and measures."""

from inspections.figures.models import PublishedFigure, figure_in_words, period_in_words
from inspections.figures.services import FIGURES, MEASURES
from inspections.programmes.admin import CitationInline, RegionFilter, Used
from soc_tracker.core.records.admin import RecordAdmin


class FigureAdmin(RecordAdmin):
    service = FIGURES
    list_display = ("measure", "about", "figure", "period", "said_by")
    list_filter = (
        "measure__group",
        RegionFilter,
        "unit",
        "qualifier",
        "said_by",
        ("source", Used),
        ("organisation", Used),
    )
    list_select_related = ("measure", "organisation", "region")
    search_fields = ("measure__name", "organisation__name", "region__name", "slug", "note", "locator")
    search_help_text = "Search by measure, body or note"
    autocomplete_fields = ("measure", "organisation", "region", "finding", "source")
    inlines = (CitationInline,)
    fieldsets = (
        (None, {"fields": ("measure", "slug", "organisation", "region", "national", "finding")}),
        (
            "As published",
            {
                "fields": (
                    "qualifier",
                    ("value", "value_to", "unit"),
                    "step",
                    ("value_on", "value_precision"),
                    "said_by",
                    "note",
                )
            },
        ),
        ("When", {"fields": (("period_from", "period_to"), "period_words", "as_at")}),
        ("Source", {"fields": ("source", "locator")}),
    )

    def figure(self, figure: PublishedFigure) -> str:
        return figure_in_words(figure)

    def period(self, figure: PublishedFigure) -> str:
        return period_in_words(figure)


class MeasureAdmin(RecordAdmin):
    service = MEASURES
    list_display = ("name", "group", "description", "order")
    list_filter = ("group",)
    search_fields = ("name", "slug", "group", "description")
    prepopulated_fields = {"slug": ("name",)}
    fields = ("name", "slug", "group", "description", "order")

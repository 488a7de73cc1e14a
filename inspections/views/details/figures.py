"""Published figures."""

from typing import Any

from django.db.models import QuerySet

from inspections.exports import (
    FIGURE_COLUMNS,
)
from inspections.models import PublishedFigure
from inspections.presenters import (
    figure_in_words,
    figure_summary,
)
from inspections.selectors import same_measure
from soc_tracker.lib.detail_view import DetailPage
from soc_tracker.lib.history import changes_of
from soc_tracker.lib.tables import picked

FIGURES = picked(FIGURE_COLUMNS, "measure", "figure", "about", "period", "note")


class FigurePage(DetailPage):
    permission = "inspections.read_published"
    model = PublishedFigure
    listed = ("Figures", "inspections:figure_list")
    template_name = "inspections/figure_detail.html"
    context_object_name = "figure"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("finding")

    def facts(self) -> dict[str, Any]:
        return {
            "words": figure_in_words(self.object),
            "summary": figure_summary(self.object),
            "changes": changes_of(self.object),
            "others": same_measure(self.request.user, self.object),
            "figure_columns": picked(FIGURE_COLUMNS, "about", "figure", "period", "note"),
        }

"""Findings."""

from typing import Any

from django.db.models import QuerySet

from inspections.choices import FindingKind
from inspections.exports import (
    FINDING_COLUMNS,
)
from inspections.models import Finding
from inspections.selectors import of_finding
from inspections.views.details.figures import FIGURES
from inspections.views.details.recommendations import short_recommendation_columns
from soc_tracker.lib.detail_view import DetailPage
from soc_tracker.lib.history import changes_of
from soc_tracker.lib.tables import picked

FINDINGS = picked(FINDING_COLUMNS, "title", "kind", "about", "status")


class FindingPage(DetailPage):
    permission = "inspections.read_published"
    model = Finding
    listed = ("Findings", "inspections:finding_list")
    template_name = "inspections/finding_detail.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("repeats__inspection__programme")

    def facts(self) -> dict[str, Any]:
        return {
            "facts": of_finding(self.request.user, self.object),
            "kind_colour": FindingKind(self.object.kind).tag,
            "changes": changes_of(self.object),
            "recommendation_columns": short_recommendation_columns(),
            "figure_columns": FIGURES,
        }

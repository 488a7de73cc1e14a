"""Sources."""

from typing import Any

from django.db.models import QuerySet

from inspections.exports import (
    GRADING_COLUMNS,
    INSPECTION_COLUMNS,
    LOCATOR,
    MONITORING_COLUMNS,
)
from inspections.models import SourceDocument
from inspections.presenters import (
    source_summary,
)
from inspections.selectors import SourceFacts, of_source
from inspections.views.details.figures import FIGURES
from inspections.views.details.findings import FINDINGS
from inspections.views.details.recommendations import short_recommendation_columns
from soc_tracker.lib.detail_view import DetailPage
from soc_tracker.lib.tables import Column, picked


class SourcePage(DetailPage):
    permission = "inspections.read_published"
    model = SourceDocument
    listed = ("Sources", "inspections:source_list")
    template_name = "inspections/source_detail.html"
    context_object_name = "source"

    def get_queryset(self) -> QuerySet:
        return SourceDocument.objects.visible_to(self.request.user)

    def facts(self) -> dict[str, Any]:
        facts = of_source(self.request.user, self.object)
        return {"summary": source_summary(self.object), "parts": _parts(facts)}


def _parts(facts: SourceFacts) -> list[tuple[str, Any, tuple[Column, ...]]]:
    """Heading, rows and columns of each kind of fact that the document gave."""
    inspections = picked(INSPECTION_COLUMNS, "title", "about", "published", "locator")
    parts = [
        ("Inspections", facts.inspections, inspections),
        ("Gradings", facts.gradings, picked(GRADING_COLUMNS, "question", "organisation", "grade", "locator")),
        ("Findings", facts.findings, (*FINDINGS, LOCATOR)),
        ("Recommendations", facts.recommendations, (*short_recommendation_columns(), LOCATOR)),
        ("Figures", facts.figures, (*FIGURES, LOCATOR)),
        ("Monitoring", facts.monitoring, MONITORING_COLUMNS),
    ]
    return [part for part in parts if part[1].rows]

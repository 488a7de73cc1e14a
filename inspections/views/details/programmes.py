"""Programmes and inspections."""

from typing import Any

from inspections.exports import (
    FINDING_COLUMNS,
    GRADING_COLUMNS,
)
from inspections.models import Inspection
from inspections.presenters import (
    by_section,
    highlighted,
    inspection_summary,
    kinds_in_words,
    observations,
)
from inspections.selectors import of_inspection
from inspections.views.details.figures import FIGURES
from inspections.views.details.recommendations import short_recommendation_columns
from soc_tracker.lib.detail_view import DetailPage
from soc_tracker.lib.tables import picked


class InspectionPage(DetailPage):
    permission = "inspections.read_published"
    model = Inspection
    listed = ("Inspections", "inspections:inspection_list")
    template_name = "inspections/inspection_detail.html"

    def facts(self) -> dict[str, Any]:
        facts = of_inspection(self.request.user, self.object)
        return {
            "facts": facts,
            "summary": inspection_summary(self.object),
            "kinds": kinds_in_words(facts.kinds),
            "highlighted": highlighted(facts.findings.rows),
            "sections": by_section(observations(facts.findings.rows)),
            "grading_columns": picked(GRADING_COLUMNS, "organisation", "grade", "question", "summary"),
            "finding_columns": picked(FINDING_COLUMNS, "title", "kind", "about", "section"),
            "observation_columns": picked(FINDING_COLUMNS, "title", "tone", "about"),
            "recommendation_columns": short_recommendation_columns(),
            "figure_columns": FIGURES,
        }

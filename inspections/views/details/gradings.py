"""Gradings."""

from typing import Any

from inspections.exports import (
    GRADING_COLUMNS,
)
from inspections.models import Grading
from inspections.presenters import (
    grading_summary,
)
from inspections.selectors import other_gradings
from soc_tracker.lib.detail_view import DetailPage
from soc_tracker.lib.history import changes_of
from soc_tracker.lib.tables import picked


class GradingPage(DetailPage):
    permission = "inspections.read_published"
    model = Grading
    listed = ("Gradings", "inspections:grading_list")
    template_name = "inspections/grading_detail.html"

    def facts(self) -> dict[str, Any]:
        others = other_gradings(self.request.user, self.object)
        return {
            "summary": grading_summary(self.object),
            "changes": changes_of(self.object),
            "others": others,
            "scales_differ": any(other.scale != self.object.scale for other in others.rows),
            "grading_columns": picked(GRADING_COLUMNS, "question", "grade", "programme", "scale"),
        }

"""How figures are read and computed, for readers."""

from typing import Any

from disruptions.choices import FourP
from inspections.vocabularies.models import GradeScale, MonitoringStage
from soc_tracker.core.lists.pages import Page
from soc_tracker.core.stats.shares import FEWEST_RECORDS
from soc_tracker.dashboards.areas.queries import list_boundaries


class Methods(Page):
    """What the kinds of data are, and how each figure comes about."""

    permission = "soc_tracker.read"
    title = "Methods"
    template_name = "dashboards/methods.html"

    def context(self) -> dict[str, Any]:
        scales = [scale for scale in GradeScale.rows() if scale.grades.all()]
        return super().context() | {
            "four_ps": FourP,
            "scales": scales,
            "stages": MonitoringStage.rows(),
            "fewest_records": FEWEST_RECORDS,
            "boundaries": list_boundaries(),
        }

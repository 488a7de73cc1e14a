"""How figures are read and computed, for readers."""

from typing import Any

from disruptions.choices import FourP
from inspections.choices import JUDGEMENTS, GradeScale
from soc_tracker.core.lists.pages import Page


class Methods(Page):
    """What the kinds of data are, and how each figure comes about."""

    permission = "soc_tracker.read"
    title = "Methods"
    template_name = "dashboards/methods.html"

    def context(self) -> dict[str, Any]:
        scales = [
            (scale.label, [grade.label for grade in JUDGEMENTS if grade in scale.grades])
            for scale in (GradeScale.FOUR, GradeScale.FIVE)
        ]
        return super().context() | {"four_ps": FourP, "scales": scales}

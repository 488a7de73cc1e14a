"""What a cross-table can be asked: the filters of the list of disruptions, and which two things it is by."""

from collections.abc import Iterator
from typing import Any

from disruptions.crosstab.queries import DIMENSIONS
from disruptions.record.models import Disruption
from disruptions.record_list.forms import DisruptionFilter
from soc_tracker.core.lists.filter_fields import OneChoiceFilter
from soc_tracker.core.lists.filters import Problem

DOWN, ACROSS = "organisation", "four_p"
"""What the rows and the columns are where the reader does not say."""


class CrossTableFilter(DisruptionFilter):
    """``down`` is what the rows are by, ``across`` what the columns are by."""

    down = OneChoiceFilter(choices=DIMENSIONS, label="Rows", method="as_it_is", empty_label="Organisation")
    across = OneChoiceFilter(choices=DIMENSIONS, label="Columns", method="as_it_is", empty_label="4P")

    class Meta:
        model = Disruption
        fields = ()

    @property
    def pair(self) -> tuple[str, str]:
        return self.given.get("down") or DOWN, self.given.get("across") or ACROSS

    @property
    def chips(self) -> list[Any]:
        """Of what is counted, not of how it is laid out."""
        layout = {str(self.filters[name].label) for name in ("down", "across")}
        return [chip for chip in super().chips if chip.label not in layout]

    def _problems_of_values(self) -> Iterator[Problem]:
        yield from super()._problems_of_values()
        down, across = (self.data.get(name) or usual for name, usual in (("down", DOWN), ("across", ACROSS)))
        if down == across:
            others = tuple(name for name, _ in DIMENSIONS if name != down)
            yield Problem("across", across, "Columns: rows and columns are by the same. Choose another.", others)

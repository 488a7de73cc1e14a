"""What a cross-table can be asked: the filters of the list of disruptions, and which two things it is by."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import TextChoices
from django.urls import reverse

from disruptions.choices import FourP, Involvement, Size, ThreatType
from disruptions.counts.queries import MONTH, YEAR
from disruptions.crosstab.charts import EVERY, cross_report
from disruptions.crosstab.queries import DIMENSIONS, ORGANISATION, QUARTER, REGION, TIMES, Crossed, crossed, span_of
from disruptions.record.models import Disruption
from disruptions.record_list.forms import NONE_GIVEN, DisruptionFilter
from disruptions.record_list.pages import ReportsOfChoice
from soc_tracker.core.lists.filter_fields import OneChoiceFilter
from soc_tracker.core.lists.filters import Problem, address, as_query, pairs
from soc_tracker.core.reports import Makers, ready

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


# Any two things of the disruptions that a filter leaves, one against the other: page, CSV and XLSX.


VOCABULARIES: dict[str, type[TextChoices]] = {
    "four_p": FourP,
    "size": Size,
    "involvement": Involvement,
    "threat_type": ThreatType,
}
MOST_COLUMNS = 24
DAYS = ("activity_from", "activity_to")


class CrossTablePage(ReportsOfChoice):
    """The filters are those of the list of disruptions, so that a number and its list are always of the same rows."""

    title = "Cross-table of disruptions"
    template_name = "disruptions/cross_table.html"
    filterset_class = CrossTableFilter
    files = "disruptions:cross_table_file"
    own = ("down", "across")

    @cached_property
    def crossed(self) -> Crossed | None:
        """None where there is too much to count. A body that is in no region on the day is not among the regions."""
        return crossed(
            self.filter.scope,
            *self.filter.pair,
            regions={body: slug for slug, bodies in self.filter.members.items() for body in bodies},
            in_order=self._in_order,
            most=self.filter.most_counted,
        )

    def _in_order(self, dimension: str, present: set[Any]) -> list[Any]:
        """All words of a vocabulary that the filter leaves in; of what there are many, those that are counted."""
        names = self._names(dimension)
        if dimension in VOCABULARIES:
            return [word for word in names if word in self.filter.chosen.get(dimension, names)]
        by_name = [key for key in names if key in present]
        return (
            by_name if dimension in ("extract", REGION) else sorted(by_name, key=lambda key: (key is None, names[key]))
        )

    def list_reports(self) -> Makers:
        if self.crossed is None or self.too_wide:
            return {}
        down, across = self.filter.pair
        names = (self._names(down), self._names(across))
        standpoint, link = self.filter.standpoint, self._list_of
        return ready([cross_report(self.crossed, down, across, names=names, standpoint=standpoint, link=link)])

    @property
    def too_wide(self) -> int:
        """The number of columns, where they are more than a page can show; else 0."""
        number = len(self.crossed.table.columns) if self.crossed else 0
        return number if number > MOST_COLUMNS else 0

    def context(self) -> dict[str, Any]:
        down, across = self.filter.pair
        turned = {"down": across, "across": down}
        return super().context() | {
            "dimensions": DIMENSIONS,
            "down": down,
            "across": across,
            "kept": pairs(self.filter.query, without=self.own),
            "turned_url": address(self.filter.query, without=self.own, **turned),
            "too_many": self.crossed is None,
            "too_wide": self.too_wide,
            "most_columns": MOST_COLUMNS,
        }

    def _names(self, dimension: str) -> dict[Any, str]:
        """What is written for each value of a dimension that is not of time."""
        if dimension in VOCABULARIES:
            # Lead disruptions are those that were assessed: here rows that are not may be among those of a word.
            is_any = dimension == "involvement" and Size.NOT_ASSESSED in self.filter.chosen.get("size", Size)
            ending = ", assessed or not" if is_any else ""
            return {str(word.value): f"{word.label}{ending}" for word in VOCABULARIES[dimension]}
        if dimension in TIMES:
            return {}
        if dimension == REGION:
            return dict(self.filter.filters[REGION].values()) | {None: "In no region on that day"}
        filter_ = self.filter.filters[dimension]
        return {**filter_.names, **({None: filter_.none} if filter_.none else {})}

    @cached_property
    def _slugs(self) -> dict[str, dict[Any, str]]:
        """What stands in an address for each value of a dimension."""
        by_key = {
            name: {key: slug for slug, key in self.filter.filters[name].keys.items()}
            for name in (ORGANISATION, "crime_type", "extract")
        }
        return by_key | {name: {None: NONE_GIVEN} for name in ("crime_type", "extract") if None not in by_key[name]}

    def _list_of(self, left: Any, right: Any) -> str:
        """The list of exactly what a cell or a sum counts; "" for what no filter can ask."""
        down, across = self.filter.pair
        narrowed = {name: value for name, value in ((down, left), (across, right)) if value is not EVERY}
        if REGION in narrowed and narrowed[REGION] is None:
            return ""
        query = as_query(self.filter.query)
        for name in (*self.own, *(name for name in narrowed if name not in TIMES)):
            query.pop(name, None)
        days = [span_of(name, value) for name, value in narrowed.items() if name in (MONTH, QUARTER)]
        if days:
            chosen = [self.filter.chosen.get(name) for name in DAYS]
            first = max([day for day in (chosen[0], *(span[0] for span in days)) if day])
            last = min([day for day in (chosen[1], *(span[1] for span in days)) if day])
            query["activity_from"], query["activity_to"] = first.isoformat(), last.isoformat()
        if YEAR in narrowed:
            query["year"] = str(narrowed[YEAR])
        more = {
            name: self._slugs.get(name, {}).get(value, value) for name, value in narrowed.items() if name not in TIMES
        }
        text = "&".join(part for part in (query.urlencode(), urlencode(more)) if part)
        return f"{reverse('disruptions:disruption_list')}?{text}"

"""Bodies side by side: what is published of them first, then the record, as at one day or two."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from disruptions.choices import DataKind, FourP
from forces.models import Organisation
from soc_tracker.core.lists.filter_fields import Facet, facet
from soc_tracker.core.reports import PUBLISHED, Report, ReportPage
from soc_tracker.dashboards.compare.charts import FEW, counts, late_recording, shares
from soc_tracker.dashboards.compare.queries import Comparison, chosen_bodies, compared, list_share_figures
from soc_tracker.dashboards.glance.pages import Glance
from soc_tracker.dashboards.record.forms import CompareFilter
from soc_tracker.dashboards.shares.charts import COLUMNS as SHARE_COLUMNS
from soc_tracker.dashboards.shares.queries import extracts

DAYS = ("from", "to", "as_at", "second_as_at")


@dataclass(frozen=True)
class Day:
    """A day that may be typed; ``value`` is what was typed."""

    name: str
    label: str
    value: str


@dataclass(frozen=True)
class Select:
    """One of several choices."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True)
class Panel:
    selects: tuple[Select, ...]
    days: tuple[Day, ...]


def panel(filters: CompareFilter) -> Panel:
    given = filters.query
    return Panel(
        selects=(
            Select("four_p", "Share of", tuple(FourP.choices), given.get("four_p", "") or FourP.PURSUE),
            Select("data", "Kind of data", (("", "Whichever there is"), *DataKind.choices), given.get("data", "")),
        ),
        days=tuple(Day(name, str(filters.filters[name].label), given.get(name, "")) for name in DAYS),
    )


def facets(filters: CompareFilter) -> list[Facet]:
    """Regions stand open; the bodies fold unless one is chosen."""
    return [_facet(filters, name, opens=name == "region") for name in ("region", "organisation", "kind")]


def _facet(filters: CompareFilter, name: str, *, opens: bool) -> Facet:
    filter_ = filters.filters[name]
    chosen = filters.given.get(name) or ()
    return facet(name, str(filter_.label), filter_.field.choices, chosen, None, short=opens)


# Bodies side by side, and the files of what is shown.


class Compare(ReportPage):
    """Any bodies, any period, any day; with a second day, what late recording changed."""

    permission = "disruptions.read_record"
    title = saved_as = "Comparison"
    template_name = "dashboards/compare.html"
    filterset_class = CompareFilter
    files = "compare_csv"

    @property
    def subject(self) -> str:
        return "Comparison"

    @property
    def filter_words(self) -> str:
        period = self.filter.period
        return f"{self.filter.summary}; activity from {period.first.isoformat()} to {period.last.isoformat()}"

    def file_query(self) -> str:
        """With the day and the period in full, so that the file is of the same day as the page."""
        query = self.filter.query.copy()
        query["as_at"], query["data"] = self.filter.standpoint.day.isoformat(), str(self.filter.standpoint.kind)
        query["from"], query["to"] = self.filter.period.first.isoformat(), self.filter.period.last.isoformat()
        return f"?{query.urlencode()}"

    @cached_property
    def bodies(self) -> tuple[Organisation, ...]:
        regions, organisations, kinds = (
            self.filter.given.get(name) or () for name in ("region", "organisation", "kind")
        )
        return chosen_bodies(self.request.user, regions, organisations, kinds, self.filter.standpoint.day)

    @cached_property
    def comparison(self) -> Comparison:
        second = self.filter.given.get("second_as_at")
        return compared(self.bodies, self.filter.standpoint, self.filter.period, second)

    @cached_property
    def glance(self) -> Glance:
        return Glance(self.request.user, self.bodies, None, self.today)

    def get(self, request: HttpRequest, *args: Any, report: str = "", **kwargs: Any) -> HttpResponseBase:
        """A page whose filter is not understood still offers the form to mend it; a file is refused."""
        return super().get(request, *args, report=report, **kwargs) if report else self.answer()

    def list_reports(self) -> list[Report]:
        """Those of what is published, then those of the record."""
        quarters = self.glance.quarters(self.filter.standpoint)
        return [*self.glance.published_reports(), self.published_shares(), quarters, *self.of_the_record]

    @cached_property
    def of_the_record(self) -> list[Report]:
        """As at the day of the comparison, or at both of its days."""
        four_p = self.filter.chosen_p
        both = [standpoint for standpoint in (self.comparison.standpoint, self.comparison.second) if standpoint]
        days = " and ".join(standpoint.day.isoformat() for standpoint in both)
        late = [late_recording(self.comparison, four_p)] if self.comparison.second else []
        reports = (*late, shares(self.comparison, four_p), *counts(self.comparison))
        return [replace(report, as_at=days) for report in reports]

    def published_shares(self) -> Report:
        every = extracts(self.bodies, list_share_figures(self.request.user, self.bodies))
        return Report(
            slug="published-shares",
            title="Shares of lead disruptions, as published",
            kind_of_data=PUBLISHED,
            columns=SHARE_COLUMNS,
            rows=[extract for extract in every if extract.published],
            none="Not published for any of these bodies.",
        )

    def context(self) -> dict[str, Any]:
        context = {
            "title": self.title,
            "breadcrumbs": self.breadcrumbs(),
            "filter": self.filter,
            "panel": panel(self.filter),
            "facets": facets(self.filter),
            "action": self.request.path,
            "chosen": False,
            "regions": self.filter.filters["region"].field.choices,
        }
        if self.problems or not self.filter.is_chosen:
            return context
        chosen = urlencode({"organisation": [body.slug for body in self.bodies]}, doseq=True)
        return (
            super().context()
            | context
            | self.glance.context(f"{reverse('inspections:finding_list')}?{chosen}")
            | {
                "chosen": True,
                "comparison": self.comparison,
                "few": FEW,
                "record": [self.reports[report.slug] for report in self.of_the_record],
            }
        )

"""Bodies side by side: what is published of them first, then the record, as at one day or two.

Pictures and long tables stand on pages of their own, one click away: of many bodies more of them than of few.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from disruptions.choices import DataKind, FourP
from forces.models import Organisation
from soc_tracker.core.access.markings import UNMARKED
from soc_tracker.core.lists.filter_fields import Facet, facet
from soc_tracker.core.lists.filters import address
from soc_tracker.core.reports import PUBLISHED, Makers, Report, ReportPage
from soc_tracker.core.stats.shares import FEWEST_RECORDS
from soc_tracker.dashboards.compare.charts import late_recording, lead_disruptions, rates, shares, threats
from soc_tracker.dashboards.compare.queries import (
    Comparison,
    Parts,
    chosen_bodies,
    compared,
    list_share_figures,
    on_boundaries_of_now,
)
from soc_tracker.dashboards.glance.pages import Glance
from soc_tracker.dashboards.record.forms import BOUNDARIES, SHOWN_ALONE, Boundaries, CompareFilter
from soc_tracker.dashboards.shares.charts import COLUMNS as SHARE_COLUMNS
from soc_tracker.dashboards.shares.queries import extracts

WHOSE = ("region", "organisation", "kind")
"""What names the bodies: none is compared where none of these is asked for."""
DAYS = ("from", "to", "as_at", "second_as_at")
MOST_AT_ONCE = 12
"""Of more bodies, what has a row, a column or a picture for each stands on a page of its own."""


@dataclass(frozen=True)
class Select:
    """One of several choices."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True)
class Further:
    """A report that stands on a page of its own, and its file."""

    title: str
    url: str
    csv: str


class Compare(ReportPage):
    """Any bodies, any period, any day; with a second day, what late recording changed."""

    permission = "disruptions.read_record"
    title = subject = saved_as = "Comparison"
    marking = UNMARKED.label
    template_name = "dashboards/compare.html"
    filterset_class = CompareFilter
    files = "compare_csv"

    @property
    def filter_words(self) -> str:
        period = self.filter.period
        return f"{self.filter.summary}; activity from {period.first.isoformat()} to {period.last.isoformat()}"

    def file_query(self) -> str:
        """With the day and the period in full, so that the file is of the same day as the page."""
        standpoint, period = self.filter.standpoint, self.filter.period
        days = {"from": period.first.isoformat(), "to": period.last.isoformat(), "as_at": standpoint.day.isoformat()}
        return address(self.filter.query, without=["show"], data=str(standpoint.kind), **days)

    @cached_property
    def bodies_and_parts(self) -> tuple[tuple[Organisation, ...], Parts]:
        """What is compared, and which bodies are counted as each: itself alone on the boundaries of then."""
        regions, organisations, kinds = (self.filter.given.get(name) or () for name in WHOSE)
        chosen = chosen_bodies(self.request.user, regions, organisations, kinds, self.filter.standpoint.day)
        if self.filter.given.get("boundaries") == Boundaries.NOW:
            return on_boundaries_of_now(self.request.user, chosen, self.today)
        return chosen, {body.pk: [body] for body in chosen}

    @property
    def bodies(self) -> tuple[Organisation, ...]:
        return self.bodies_and_parts[0]

    @cached_property
    def comparison(self) -> Comparison:
        second, (bodies, parts) = self.filter.given.get("second_as_at"), self.bodies_and_parts
        return compared(bodies, self.filter.standpoint, self.filter.period, second, parts)

    @cached_property
    def glance(self) -> Glance:
        """Of what is published, each body by itself: figures and grades do not add up."""
        parts = self.bodies_and_parts[1]
        every = [*self.bodies, *(each for own in parts.values() for each in own[1:])]
        return Glance(self.request.user, every, None, self.today)

    def get(self, request: HttpRequest, *args: Any, report: str = "", **kwargs: Any) -> HttpResponseBase:
        """A page whose filter is not understood still offers the form to mend it; a file is refused."""
        return super().get(request, *args, report=report, **kwargs) if report else self.answer()

    def list_reports(self) -> Makers:
        """Those of what is published, then those of the record, as at the day of the comparison or at both its days."""
        four_p = FourP(self.filter.given.get("four_p") or FourP.PURSUE)
        late = {"late-recording": lambda: late_recording(self.comparison, four_p)}
        return {
            **self.glance.published_reports(),
            "published-shares": self.published_shares,
            "quarters": lambda: self.glance.quarters(self.filter.standpoint),
            **(late if self.filter.given.get("second_as_at") else {}),
            "shares": lambda: shares(self.comparison, four_p),
            "lead-disruptions": lambda: lead_disruptions(self.comparison),
            "threats": lambda: threats(self.comparison),
            "rates": lambda: rates(self.comparison),
        }

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

    def further(self, *slugs: str) -> list[Further]:
        titles, files = dict(SHOWN_ALONE), self.file_query()
        return [
            Further(titles[slug], address(self.filter.query, show=slug), reverse(self.files, args=[slug]) + files)
            for slug in slugs
        ]

    def panel(self) -> dict[str, Any]:
        """What the form offers: regions stand open, the bodies fold unless one is chosen."""
        given, filters = self.filter.query, self.filter.filters

        def boxes(name: str) -> Facet:
            chosen = self.filter.given.get(name) or ()
            return facet(
                name, str(filters[name].label), filters[name].field.choices, chosen, None, short=name == "region"
            )

        return {
            "facets": list(map(boxes, WHOSE)),
            "selects": (
                Select("four_p", "Share of", tuple(FourP.choices), given.get("four_p", "") or FourP.PURSUE),
                Select("data", "Kind of data", (("", "Whichever there is"), *DataKind.choices), given.get("data", "")),
                Select("boundaries", "Boundaries", BOUNDARIES, given.get("boundaries", "") or Boundaries.THEN),
            ),
            "days": [(name, str(filters[name].label), given.get(name, "")) for name in DAYS],
        }

    def context(self) -> dict[str, Any]:
        context = {
            "title": self.title,
            "breadcrumbs": self.breadcrumbs(),
            "filter": self.filter,
            "action": self.request.path,
            **self.panel(),
            "chosen": False,
            "regions": self.filter.filters["region"].field.choices,
        }
        if self.problems or not any(map(self.filter.given.get, WHOSE)):
            return context
        chosen = urlencode({"organisation": [body.slug for body in self.bodies]}, doseq=True)
        alone = self.filter.given.get("show")
        whole = super().context() | context | {"chosen": True, "bodies": self.bodies, "alone": alone}
        if alone:
            url = address(self.filter.query, without=["show"])
            return whole | {"report": self.reports[alone], "whole_url": url, "matrix": lambda: self.glance.matrix}
        few = len(self.bodies) <= MOST_AT_ONCE
        recorded = ("quarters", "threats", "rates") if few else ("quarters", "threats", "rates", "lead-disruptions")
        return (
            whole
            | self.glance.context(f"{reverse('inspections:finding_list')}?{chosen}")
            | {
                "comparison": self.comparison,
                "few_records": FEWEST_RECORDS,
                "few_bodies": few,
                "further_published": [] if few else self.further("open-items", "topics", "published-shares"),
                "further_recorded": self.further(*recorded),
            }
        )

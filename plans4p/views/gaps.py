"""Where plans and the record do not meet, as lists: threats without a plan, and disruptions that no plan foresaw."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

import rules
from django.urls import reverse
from django.utils.http import urlencode

from disruptions.selectors.disruption_list import ListCounts
from disruptions.views.disruptions import DisruptionList
from disruptions.views.threats import ThreatList
from plans4p.filters.gaps import UnforeseenFilter, UnplannedFilter
from plans4p.selectors.gaps import unforeseen_counts
from plans4p.views.editing import WRITE_PLAN
from soc_tracker.lib.facets import facet
from soc_tracker.lib.tables import Column


def new_plan_url(threat: str) -> str:
    """The form of a new plan for a threat, by its reference."""
    return f"{reverse('plans4p:plan_new')}?{urlencode({'threat': threat})}"


WRITE = Column("write", "Plan", lambda threat: "Write a plan", lambda threat: new_plan_url(threat.reference))


class UnplannedList(ThreatList):
    """Threats on the master list of a day for which no body has an open plan."""

    permission = "plans4p.read_plan"
    title = "Threats without a 4P plan"
    template_name = "plans4p/unplanned_list.html"
    filterset_class = UnplannedFilter
    on_page = ("reference", "name", "type", "tier", "organisation", "lead_responsible_officer", "score")

    def breadcrumbs(self) -> list[tuple[str, str]]:
        return _below_plans()

    def columns_of(self, usual: Sequence[str]) -> tuple[Column, ...]:
        """On the page, who writes plans is led from each threat to a plan for it."""
        columns = super().columns_of(usual)
        return (*columns, WRITE) if usual and rules.has_perm(WRITE_PLAN, self.request.user) else columns

    def extra_context(self) -> dict[str, Any]:
        return {"standpoint": self.standpoint}


class UnforeseenList(DisruptionList):
    """Disruptions that are linked to no aim. All numbers around the rows come from counts, none from the rows."""

    permission = "plans4p.read_plan"
    title = "Disruptions that no plan foresaw"
    template_name = "plans4p/unforeseen_list.html"
    filterset_class = UnforeseenFilter
    # Charts and saved views are of the list of all disruptions.
    without: ClassVar = {"charts_url": ""}

    def breadcrumbs(self) -> list[tuple[str, str]]:
        return _below_plans()

    @cached_property
    def counts(self) -> ListCounts:
        if self.filter.problems:
            return ListCounts(total=0, facets=None)
        return unforeseen_counts(self.filter.scope, most=self.filter.most_counted)

    def extra_context(self) -> dict[str, Any]:
        context = super().extra_context() | self.without
        plan = self.filter.filters["plan"]
        chosen = self.filter.chosen.get("plan", ())
        return context | {
            "facets": [facet("plan", plan.label, plan.values(), chosen, None, short=True), *context["facets"]]
        }


def _below_plans() -> list[tuple[str, str]]:
    return [("Home", reverse("home")), ("4P plans", reverse("plans4p:plan_list"))]

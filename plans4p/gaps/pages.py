"""Where plans and the record do not meet, as lists: threats without a plan, and disruptions that no plan foresaw."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

import rules
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from disruptions.record.models import Disruption
from disruptions.record_list.forms import BEYOND_COUNTS, DisruptionFilter
from disruptions.record_list.pages import DisruptionList
from disruptions.record_list.queries import ListCounts
from disruptions.threats.forms import ThreatFilter
from disruptions.threats.models import Threat
from disruptions.threats.pages import ThreatList
from disruptions.threats.queries import threats_as_at
from plans4p.editing.pages import WRITE_PLAN
from plans4p.gaps.queries import foreseen, has_no_plan, unforeseen_counts
from plans4p.plans.models import Plan
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.lists.filter_fields import ChoicesFilter, facet


class UnplannedFilter(ThreatFilter):
    """Threats on the master list of a day for which no body whose plans the user may see has an open one now."""

    # It is always the master list, which says the rest of these.
    list: Any = None
    phase: Any = None
    assessment_type: Any = None
    moderation: Any = None
    soc: Any = None
    extract: Any = None

    class Meta:
        model = Threat
        fields = ()

    def standing(self, queryset: Any) -> QuerySet:
        return threats_as_at(queryset, self.standpoint).on_master_list().filter(has_no_plan(self.user))


class UnforeseenFilter(DisruptionFilter):
    """Disruptions that are linked to no aim of any plan."""

    plan = ChoicesFilter(
        field_name="threat",
        choices=[("open", "Has an open plan"), ("none", "Has no open plan")],
        label="Their threat",
        method="with_or_without_plan",
    )
    beyond_counts: ClassVar = (*BEYOND_COUNTS, "plan")

    class Meta:
        model = Disruption
        fields = ()

    def standing(self, queryset: Any) -> QuerySet:
        rows: Any = super().standing(queryset)
        others: QuerySet = rows.exclude(pk__in=foreseen(self.user, self.standpoint))
        return others

    def with_or_without_plan(self, queryset: QuerySet, name: str, value: Sequence[str]) -> QuerySet:
        """Both choices together leave all, as none does."""
        threats = Plan.objects.visible_to(self.user).open().filter(threat__isnull=False).values("threat")
        planned = Q(threat__in=threats)
        return queryset if len(value) > 1 else queryset.filter(planned if value[0] == "open" else ~planned)


WRITE = Column(
    "write",
    "Plan",
    lambda threat: "Write a plan",
    lambda threat: f"{reverse('plans4p:plan_new')}?{urlencode({'threat': threat.reference})}",
)


class UnplannedList(ThreatList):
    """Threats on the master list of a day for which no body has an open plan."""

    permission = "plans4p.read_plan"
    title = "Threats without a 4P plan"
    template_name = "plans4p/unplanned_list.html"
    parents = (("4P plans", "plans4p:plan_list"),)
    filterset_class = UnplannedFilter
    on_page = ("reference", "name", "type", "tier", "organisation", "lead_responsible_officer", "score")

    def total(self) -> None:
        """Its rows are counted: the page shows no numbers by owner, of which the master list adds up its own."""

    def columns_of(self, usual: Sequence[str]) -> tuple[Column, ...]:
        """On the page, who writes plans is led from each threat to a plan for it."""
        columns = super().columns_of(usual)
        return (*columns, WRITE) if usual and rules.has_perm(WRITE_PLAN, self.request.user) else columns


class UnforeseenList(DisruptionList):
    """Disruptions that are linked to no aim. All numbers around the rows come from counts, none from the rows."""

    permission = "plans4p.read_plan"
    title = "Disruptions that no plan foresaw"
    template_name = "plans4p/unforeseen_list.html"
    parents = (("4P plans", "plans4p:plan_list"),)
    filterset_class = UnforeseenFilter
    # Charts and saved views are of the list of all disruptions.
    without: ClassVar = {"charts_url": ""}

    @cached_property
    def counts(self) -> ListCounts:
        if self.filter.problems:
            return ListCounts(total=0, facets=None)
        return unforeseen_counts(self.request.user, self.filter.scope, most=self.filter.most_counted)

    def context(self) -> dict[str, Any]:
        context = super().context() | self.without
        plan = self.filter.filters["plan"]
        chosen = self.filter.chosen.get("plan", ())
        return context | {
            "facets": [facet("plan", plan.label, plan.values(), chosen, None, short=True), *context["facets"]]
        }

"""The pages of threats with the plans for them: what the record knows of a threat, it knows without plans."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from disruptions.threat_page.pages import ThreatPage
from disruptions.threats.pages import PriorityList, threat_url
from plans4p.choices import OPEN, PlanStatus
from plans4p.plans.models import Plan
from plans4p.plans.pages import NO_OWNER
from plans4p.plans.queries import get_plans_of_threats
from soc_tracker.core.lists.columns import Column

PLANS = 20
NO_PLAN = "No plan on record"
THREAT_PLAN_COLUMNS = (
    Column("reference", "Plan", lambda plan: plan.reference, lambda plan: plan.get_absolute_url(), whole=True),
    Column("title", "Title", lambda plan: plan.title),
    Column("organisation", "Body", lambda plan: plan.organisation.name),
    Column("owner", "Owner", lambda plan: str(plan.owner or NO_OWNER)),
    Column("status", "Status", lambda plan: plan.get_status_display(), tag=lambda plan: PlanStatus(plan.status).tag),
    Column("review_due_on", "Next review", lambda plan: plan.review_due_on if plan.status in OPEN else "closed"),
)


def open_plans(plans: Iterable[Plan], threat_page: str) -> tuple[str, str]:
    """The references of those that are open, with the address of the plan; of several, of their list."""
    still_open = [plan for plan in plans if plan.status in OPEN]
    url = f"{threat_page}#plans" if still_open else ""
    if len(still_open) == 1:
        url = still_open[0].get_absolute_url()
    return ", ".join(plan.reference for plan in still_open) or NO_PLAN, url


class PlannedThreatPage(ThreatPage):
    """The page of a threat, with its plans as they stand today."""

    template_name = "plans4p/threat_detail.html"

    def context(self) -> dict[str, Any]:
        context = super().context()
        plans = get_plans_of_threats(self.request.user, [self.threat.pk]).get(self.threat.pk, [])[:PLANS]
        after = 1 + [label for label, *_ in context["summary"]].index("Lead responsible officer")
        context["summary"].insert(after, ("4P plan", *open_plans(plans, "")))
        return context | {"plans": plans, "plan_columns": THREAT_PLAN_COLUMNS}


class PlannedPriorityList(PriorityList):
    """The threats with the highest scores, each with the plan for it."""

    on_page = (
        *("reference", "rank", "name", "score", "organisation"),
        *("lead_responsible_officer", "plan", "last_disruption", "last_size"),
    )

    @property
    def columns(self) -> tuple[Column, ...]:  # type: ignore[override]
        columns = list(super().columns)
        after = 1 + [column.key for column in columns].index("lead_responsible_officer")
        plan = Column("plan", "4P plan", lambda row: self.plan_of(row)[0], lambda row: self.plan_of(row)[1])
        return (*columns[:after], plan, *columns[after:])

    @cached_property
    def plans(self) -> dict[int, list[Plan]]:
        return get_plans_of_threats(self.request.user, [row.threat.pk for row in self.priorities.ranked])

    def plan_of(self, row: Any) -> tuple[str, str]:
        return open_plans(self.plans.get(row.threat.pk, []), threat_url(row.threat, self.standpoint))

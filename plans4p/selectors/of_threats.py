"""The plans of threats, for the pages of threats."""

from collections import defaultdict
from collections.abc import Collection
from typing import cast

from django.db.models import F

from disruptions.selectors.threat_plans import ThreatPlan
from plans4p.choices import OPEN, PlanStatus
from plans4p.models import Plan
from plans4p.selectors.directory import User


def plans_of_threats(user: User, threats: Collection[int]) -> dict[int, list[ThreatPlan]]:
    """Open plans first, then those closed last. One query."""
    plans = Plan.objects.visible_to(user).filter(threat__in=threats, kind_of_data=F("threat__kind_of_data"))
    found: defaultdict[int, list[ThreatPlan]] = defaultdict(list)
    in_order = plans.order_by(F("closed_on").desc(nulls_first=True), "reference", "pk")
    for plan in in_order.select_related("organisation", "owner"):
        found[cast(int, plan.threat_id)].append(_told(plan))
    return dict(found)


def _told(plan: Plan) -> ThreatPlan:
    return ThreatPlan(
        reference=plan.reference,
        title=plan.title,
        url=plan.get_absolute_url(),
        organisation=plan.organisation.name,
        owner=str(plan.owner or ""),
        status=plan.get_status_display(),
        tag=PlanStatus(plan.status).tag,
        is_open=plan.status in OPEN,
        review_due_on=plan.review_due_on,
    )

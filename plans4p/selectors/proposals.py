"""Disruptions that a plan may count: of its threat, of the P of one of its aims, while that aim ran."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet

from disruptions.models import Disruption
from plans4p.choices import ResultKind
from plans4p.models import Aim, Contribution, Dismissal, Plan
from plans4p.selectors.directory import User
from soc_tracker.lib.bounded import Bounded, bounded

SHOWN = 50


@dataclass(frozen=True)
class Proposal:
    """A disruption, and the aims towards which it would count."""

    disruption: Disruption
    aims: list[Aim]


@dataclass(frozen=True)
class Waiting:
    """A plan, and how many disruptions wait to be linked to it."""

    plan: Plan
    disruptions: int


def proposed(user: User, plans: Iterable[Plan]) -> QuerySet[Any]:
    """For any of the plans: on the record as it is now, and for one of them neither linked nor dismissed yet.

    Each row once for each plan that it fits, whose key is its ``plan``; none where no aim counts disruptions.
    """
    keys = [plan.pk for plan in plans]
    fitting = Aim.objects.filter(
        plan__in=keys,
        counts=ResultKind.DISRUPTIONS,
        four_p=OuterRef("four_p"),
        plan=OuterRef("threat__plans"),
        plan__starts_on__lte=OuterRef("activity_date"),
        due_on__gte=OuterRef("activity_date"),
        plan__kind_of_data=OuterRef("kind_of_data"),
    )
    of_plan = {"disruption": OuterRef("pk")}
    linked = Contribution.objects.filter(aim__plan=OuterRef("threat__plans"), **of_plan)
    dismissed = Dismissal.objects.filter(plan=OuterRef("threat__plans"), **of_plan)
    rows = Disruption.objects.visible_to(user).current().filter(known_to__isnull=True)
    # In one call, so that all of it is about one and the same of the threat's plans.
    rows = rows.filter(Exists(fitting), ~Exists(linked), ~Exists(dismissed), threat__plans__in=keys)
    return rows.for_list().annotate(plan=F("threat__plans"))


def proposals(user: User, plan: Plan, aims: list[Aim]) -> tuple[list[Proposal], Bounded]:
    """The first of them, latest first, each with the aims that it fits; and how many there are in all."""
    if plan.threat_id is None:
        return [], Bounded([], 0, "")
    found = bounded(proposed(user, [plan]).order_by("-activity_date", "-pk"), SHOWN)
    return [Proposal(row, _fitting(row, aims, plan)) for row in found.rows], found


def waiting_for(user: User, plans: Iterable[Plan]) -> list[Waiting]:
    """The plans for which disruptions wait, most first: one query."""
    by_key = {plan.pk: plan for plan in plans if plan.threat_id}
    counts = proposed(user, by_key.values()).order_by().values_list("plan").annotate(number=Count("pk"))
    waiting = [Waiting(by_key[key], number) for key, number in counts]
    return sorted(waiting, key=lambda one: (-one.disruptions, one.plan.reference))


def _fitting(row: Disruption, aims: list[Aim], plan: Plan) -> list[Aim]:
    return [
        aim
        for aim in aims
        if aim.counts == ResultKind.DISRUPTIONS
        and aim.four_p == row.four_p
        and plan.starts_on <= row.activity_date <= aim.due_on
    ]

"""Where plans and what is done do not meet. Lists and the pages that count them ask the same questions here."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from disruptions.models import Disruption
from disruptions.querysets_disruptions import DisruptionQuerySet
from disruptions.selectors.counts import Scope, facets, total
from disruptions.selectors.disruption_list import FACETS, ListCounts, list_counts
from disruptions.selectors.record import Standpoint
from plans4p.choices import OPEN, RUNNING, ResultKind
from plans4p.models import Aim, Contribution, Plan
from soc_tracker.lib.periods import month_after


def is_idle(months: int, today: date) -> Q:
    """Running plans that began before the month so many months ago, and have counted no disruption since."""
    since = month_after(today, -months)
    counted = Contribution.objects.counted().filter(
        aim__plan=OuterRef("pk"), kind=ResultKind.DISRUPTIONS, disruption__activity_date__gte=since
    )
    return Q(~Exists(counted), status__in=RUNNING, starts_on__lte=since)


def has_empty_aim() -> Q:
    """Open plans with an aim towards which nothing counts."""
    counted = Contribution.objects.counted().filter(aim=OuterRef("pk"))
    empty = Aim.objects.filter(~Exists(counted), plan=OuterRef("pk"))
    return Q(Exists(empty), status__in=OPEN)


def has_no_plan() -> Q:
    """Threats for which no body has an open plan."""
    return ~Q(Exists(Plan.objects.open().filter(threat=OuterRef("pk"))))


def foreseen(rows: DisruptionQuerySet, standpoint: Standpoint) -> DisruptionQuerySet:
    """Disruptions that are linked to an aim of any plan, in the states in which the record had them on the day."""
    return rows.filter(pk__in=_foreseen(standpoint))


def unforeseen(rows: DisruptionQuerySet, standpoint: Standpoint) -> DisruptionQuerySet:
    """The others."""
    return rows.exclude(pk__in=_foreseen(standpoint))


def of_planned_threats(rows: DisruptionQuerySet, planned: bool) -> DisruptionQuerySet:
    """Disruptions of threats that have an open plan now, or of those that have none."""
    threats = Plan.objects.open().filter(threat__isnull=False).values("threat")
    return rows.filter(threat__in=threats) if planned else rows.exclude(threat__in=threats)


def unforeseen_counts(scope: Scope, *, most: int) -> ListCounts:
    """What a list counts of all in the scope, less the few that are linked: no row of the others is read for it."""
    every = list_counts(scope, most=most)
    rows = Disruption.objects.all() if scope.rows is None else scope.rows
    linked = replace(scope, rows=foreseen(rows, scope.standpoint))
    number = None if every.total is None else every.total - total(linked)
    if every.facets is None:
        return replace(every, total=number)
    fewer = facets(linked, FACETS)
    left = {
        name: {value: n - fewer[name].get(value, 0) for value, n in counts.items() if n > fewer[name].get(value, 0)}
        for name, counts in every.facets.items()
    }
    return replace(every, total=number, facets=left)


def _foreseen(standpoint: Standpoint) -> QuerySet[Any]:
    """Their keys. A disruption is linked as it is now: as at an earlier day its earlier states are found by it."""
    linked = Contribution.objects.filter(disruption__isnull=False).order_by().values("disruption")
    if standpoint.is_latest:
        return linked
    earlier = Disruption.objects.filter(state_of__in=linked).order_by().values("pk")
    return linked.union(earlier, all=True)

"""Where plans and what is done do not meet, and how bodies stand with their plans.

Lists and the pages that count them ask the same questions here.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from disruptions.counts.queries import Scope, count_by, facets, total
from disruptions.record.models import Disruption
from disruptions.record_list.queries import FACETS, ListCounts, list_counts
from disruptions.standpoint.queries import Standpoint
from disruptions.threats.models import Threat
from plans4p.aims.models import Aim, Contribution
from plans4p.choices import OPEN, RUNNING, PlanStatus, QuestionKey, ResultKind
from plans4p.directory.queries import User
from plans4p.plans.models import Plan, review_is_late
from plans4p.quality.queries import Spread, get_spread_by_body
from soc_tracker.core.text.days import month_after


def is_idle(months: int, today: date) -> Q:
    """Running plans that began before the month so many months ago, and have counted no disruption since."""
    since = month_after(today, -months)
    counted = Contribution.objects.counted().filter(
        aim__plan=OuterRef("pk"), kind=ResultKind.DISRUPTIONS, disruption__activity_date__gte=since
    )
    return Q(~Exists(counted), status__in=RUNNING, starts_on__lte=since)


EMPTY_AIMS = Aim.objects.filter(~Exists(Contribution.objects.counted().filter(aim=OuterRef("pk"))))
HAS_EMPTY_AIM = Q(Exists(EMPTY_AIMS.filter(plan=OuterRef("pk"))), status__in=OPEN)
"""Open plans with an aim towards which nothing counts."""


def has_no_plan(user: User) -> Q:
    """Threats for which no body whose plans the user may see has an open one."""
    return ~Q(Exists(Plan.objects.visible_to(user).open().filter(threat=OuterRef("pk"))))


def foreseen(user: User, standpoint: Standpoint) -> QuerySet[Any]:
    """The keys of disruptions that are linked to an aim of any plan that the user may see, as the record had them on
    the day. One is linked as it is now: as at an earlier day its earlier states are found by it.
    """
    linked = Contribution.objects.visible_to(user).filter(disruption__isnull=False).order_by().values("disruption")
    if standpoint.is_latest:
        return linked
    earlier = Disruption.objects.filter(state_of__in=linked).order_by().values("pk")
    return linked.union(earlier, all=True)


def unforeseen_counts(user: User, scope: Scope, *, most: int) -> ListCounts:
    """What a list counts of all in the scope, less the few that are linked: no row of the others is read for it."""
    every = list_counts(scope, most=most)
    rows = Disruption.objects.all() if scope.rows is None else scope.rows
    linked = replace(scope, rows=rows.filter(pk__in=foreseen(user, scope.standpoint)))
    number = None if every.total is None else every.total - total(linked)
    if every.facets is None:
        return replace(every, total=number)
    fewer = facets(linked, FACETS)
    left = {
        name: {value: n - fewer[name].get(value, 0) for value, n in counts.items() if n > fewer[name].get(value, 0)}
        for name, counts in every.facets.items()
    }
    return replace(every, total=number, facets=left)


MONTHS_IDLE = (3, 6, 12)
LATE, EMPTY = "late", "empty"


def idle(months: int) -> str:
    """The name of that gap among ``BodyPlans.gaps``."""
    return f"idle_{months}"


@dataclass(frozen=True)
class Gap:
    """``number`` of ``of`` threats or disruptions on record."""

    number: int
    of: int


NOTHING = Gap(0, 0)


@dataclass(frozen=True)
class BodyPlans:
    """One body. ``gaps`` holds how many of its plans are late, idle or have an empty aim, by the name of the gap.

    ``unplanned`` are threats of its master list without an open plan, ``unforeseen`` its disruptions, lead and
    support, of the period that no aim of any plan counts. ``of`` is 0 where nothing of it is on record.
    """

    by_status: dict[PlanStatus, int] = field(default_factory=dict)
    gaps: dict[str, int] = field(default_factory=dict)
    answers: Spread = field(default_factory=dict)
    unplanned: Gap = NOTHING
    unforeseen: Gap = NOTHING

    @property
    def total(self) -> int:
        return sum(self.by_status.values())

    @property
    def open(self) -> int:
        return sum(self.by_status.get(status, 0) for status in OPEN)

    @property
    def running(self) -> int:
        return sum(self.by_status.get(status, 0) for status in RUNNING)

    def answered(self, key: QuestionKey, answer: bool | None = True) -> int:
        """How many of the open plans answer the question so."""
        return self.answers[key][answer] if self.answers else 0


def get_plans_of_bodies(
    user: User, bodies: Iterable[int], standpoint: Standpoint, first: date, last: date, today: date
) -> dict[int, BodyPlans]:
    """Of each of the bodies, with disruptions of the period. Twelve queries at most, however many bodies."""
    keys = list(bodies)
    plans = Plan.objects.visible_to(user).of_kind(standpoint.kind).filter(organisation__in=keys)
    by_body = dict.fromkeys(keys, BodyPlans()) | _count_plans(plans, today)
    answers = get_spread_by_body(user, plans.open(), today) if any(body.open for body in by_body.values()) else {}
    unplanned: dict[int, Gap] = {}
    unforeseen: dict[int, Gap] = {}
    if standpoint.latest is not None and keys:
        threats = Threat.objects.visible_to(user).of_kind(standpoint.kind).as_at(standpoint.day).on_master_list()
        of_bodies = threats.filter(organisation__in=keys).order_by().values_list("organisation")
        rows = of_bodies.annotate(number=Count("pk", filter=has_no_plan(user)), of=Count("pk"))
        unplanned = {body: Gap(number, of) for body, number, of in rows}
        # All that the counts hold, less the few that are linked to an aim: no row of the others is read
        values = {"organisation": frozenset(keys)}
        scope = Scope(standpoint=standpoint, values=values, activity_from=first, activity_to=last)
        every = count_by(scope, "organisation")
        rows_linked = Disruption.objects.filter(pk__in=foreseen(user, standpoint))
        linked = count_by(replace(scope, rows=rows_linked), "organisation")
        unforeseen = {body: Gap(number - linked.get((body,), 0), number) for (body,), number in every.items()}
    return {
        key: replace(
            body,
            answers=answers.get(key, {}),
            unplanned=unplanned.get(key, NOTHING),
            unforeseen=unforeseen.get(key, NOTHING),
        )
        for key, body in by_body.items()
    }


def _count_plans(plans: Any, today: date) -> dict[int, BodyPlans]:
    """Plans by body and status, with those of each that have a gap."""
    gaps = {idle(months): is_idle(months, today) for months in MONTHS_IDLE}
    gaps |= {LATE: review_is_late(today), EMPTY: HAS_EMPTY_AIM}
    counts = {name: Count("pk", filter=gap) for name, gap in gaps.items()}
    by_body: defaultdict[int, BodyPlans] = defaultdict(BodyPlans)
    for row in plans.order_by().values("organisation", "status").annotate(number=Count("pk"), **counts):
        body = by_body[row["organisation"]]
        body.by_status[PlanStatus(row["status"])] = row["number"]
        for name in gaps:
            body.gaps[name] = body.gaps.get(name, 0) + row[name]
    return dict(by_body)

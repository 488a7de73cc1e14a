"""How bodies stand with their 4P plans: numbers by status, answers to the inspectors' questions, and gaps.

Plans are told as they are today, threats and disruptions as at the day of a standpoint; all of one kind of data.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Count, Q

from disruptions.models import Disruption, Threat
from disruptions.selectors.counts import Scope, count_by
from disruptions.selectors.record import Standpoint
from plans4p.choices import OPEN, RUNNING, PlanStatus
from plans4p.models import Plan
from plans4p.querysets import review_is_late
from plans4p.selectors.directory import User
from plans4p.selectors.gaps import foreseen, has_empty_aim, has_no_plan, is_idle
from plans4p.selectors.quality import Key, Spread, spread_by_body

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

    def answered(self, key: Key, answer: bool | None = True) -> int:
        """How many of the open plans answer the question so."""
        return self.answers[key][answer] if self.answers else 0


def plans_of_bodies(
    user: User, bodies: Iterable[int], standpoint: Standpoint, first: date, last: date, today: date
) -> dict[int, BodyPlans]:
    """Every body that is asked for, with disruptions of the period. Twelve queries at most, however many bodies."""
    keys = list(bodies)
    plans = Plan.objects.visible_to(user).of_kind(standpoint.kind).filter(organisation__in=keys)
    found = dict.fromkeys(keys, BodyPlans())
    for body, told in _counted(plans, today).items():
        found[body] = told
    if any(told.open for told in found.values()):
        for body, answers in spread_by_body(plans.open(), today).items():
            found[body] = replace(found[body], answers=answers)
    if standpoint.latest is None:
        return found
    unplanned, unforeseen = _unplanned(user, keys, standpoint), _unforeseen(keys, standpoint, first, last)
    return {
        body: replace(told, unplanned=unplanned.get(body, NOTHING), unforeseen=unforeseen.get(body, NOTHING))
        for body, told in found.items()
    }


def _counted(plans: Any, today: date) -> dict[int, BodyPlans]:
    """Plans by body and status, with those of each that have a gap."""
    gaps = {idle(months): is_idle(months, today) for months in MONTHS_IDLE}
    gaps |= {LATE: review_is_late(today), EMPTY: has_empty_aim()}
    counts = {name: Count("pk", filter=gap) for name, gap in gaps.items()}
    rows = plans.order_by().values("organisation", "status").annotate(number=Count("pk"), **counts)
    found: dict[int, BodyPlans] = {}
    for row in rows:
        told = found.setdefault(row["organisation"], BodyPlans())
        told.by_status[PlanStatus(row["status"])] = row["number"]
        for name in gaps:
            told.gaps[name] = told.gaps.get(name, 0) + row[name]
    return found


def _unplanned(user: User, bodies: list[int], standpoint: Standpoint) -> dict[int, Gap]:
    threats = Threat.objects.visible_to(user).of_kind(standpoint.kind).as_at(standpoint.day).on_master_list()
    of_bodies = threats.filter(organisation__in=bodies).order_by().values_list("organisation")
    rows = of_bodies.annotate(number=Count("pk", filter=Q(has_no_plan())), of=Count("pk"))
    return {body: Gap(number, of) for body, number, of in rows}


def _unforeseen(bodies: list[int], standpoint: Standpoint, first: date, last: date) -> dict[int, Gap]:
    """All that the counts hold, less the few that are linked to an aim: no row of the others is read."""
    values = {"organisation": frozenset(bodies)}
    scope = Scope(standpoint=standpoint, values=values, activity_from=first, activity_to=last)
    if not bodies:
        return {}
    every = count_by(scope, "organisation")
    linked = count_by(replace(scope, rows=foreseen(Disruption.objects.all(), standpoint)), "organisation")
    return {body: Gap(number - linked.get((body,), 0), number) for (body,), number in every.items()}

"""What "plan on a page" reads: the aims of a body's open plans under each P, and the units behind them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from disruptions.choices import DataKind, FourP
from forces.choices import OrganisationKind
from forces.models import Membership, Organisation
from plans4p.aims.models import Aim
from plans4p.choices import ResultKind
from plans4p.directory.queries import User
from plans4p.plan_page.queries import AimFacts
from plans4p.plans.models import Plan
from plans4p.results.models import Contribution
from plans4p.results.queries import progress_of
from soc_tracker.core.lists.bounded import Bounded, bounded

PLANS, AIMS, UNITS = 40, 400, 60


@dataclass(frozen=True)
class Tally:
    """How many aims there are, and how many disruptions those count that count disruptions, of how many aimed at."""

    aims: int = 0
    counted: int = 0
    target: Decimal = Decimal(0)


@dataclass(frozen=True)
class PlanAims:
    """A plan with its aims under one P."""

    plan: Plan
    aims: list[AimFacts]


@dataclass(frozen=True)
class PColumn:
    """One P: the plans with an aim under it, those without, and the tally of all plans, shown or not."""

    four_p: FourP
    plans: list[PlanAims]
    without: list[Plan]
    tally: Tally


@dataclass(frozen=True)
class Unit:
    """A force of a regional unit, or a local policing area of a force (None: not stated), with its open plans."""

    unit: Organisation | None
    area: int | None
    name: str
    plans: int
    tally: Tally


@dataclass(frozen=True)
class Sheet:
    columns: list[PColumn]
    plans: Bounded


def sheet(plans: QuerySet[Plan], today: date) -> Sheet:
    """The first of the plans by reference, with their aims. Five queries."""
    rows = plans.select_related("organisation", "owner", "threat__area").order_by("reference", "pk")
    shown = bounded(rows, PLANS)
    by_plan = _aims(shown.rows, today)
    tallies = _tallies(plans, "four_p")
    return Sheet([_column(p, shown.rows, by_plan, tallies.get(p.value, Tally())) for p in FourP], shown)


def _column(four_p: FourP, plans: list[Plan], aims: dict[tuple[int, str], list[AimFacts]], tally: Tally) -> PColumn:
    found = [PlanAims(plan, aims[plan.pk, four_p]) for plan in plans if (plan.pk, four_p) in aims]
    return PColumn(four_p, found, [plan for plan in plans if (plan.pk, four_p) not in aims], tally)


def _aims(plans: list[Plan], today: date) -> dict[tuple[int, str], list[AimFacts]]:
    by_key = {plan.pk: plan for plan in plans}
    rows = list(Aim.objects.filter(plan__in=by_key).order_by("due_on", "pk")[:AIMS])
    far = progress_of(rows, today)
    found: defaultdict[tuple[int, str], list[AimFacts]] = defaultdict(list)
    for aim in rows:
        aim.plan = by_key[aim.plan_id]
        found[aim.plan_id, aim.four_p].append(AimFacts(aim, far[aim.pk], [], [], 0))
    return dict(found)


def _tallies(plans: QuerySet[Plan], by: str) -> dict[Any, Tally]:
    """By a field of aims. Two queries."""
    keys = plans.order_by().values("pk")
    disruptions = Q(counts=ResultKind.DISRUPTIONS)
    aims = Aim.objects.filter(plan__in=keys).order_by().values_list(by)
    counted = Contribution.objects.counted().filter(aim__plan__in=keys, kind=ResultKind.DISRUPTIONS)
    numbers = dict(counted.order_by().values_list(f"aim__{by}").annotate(number=Count("pk")))
    return {
        group: Tally(number, numbers.get(group, 0), target or Decimal(0))
        for group, number, target in aims.annotate(number=Count("pk"), target=Sum("target", filter=disruptions))
    }


def units_of(user: User, organisation: Organisation, plans: QuerySet[Plan], kind: DataKind, today: date) -> list[Unit]:
    """Of a regional unit the forces of its regions, of another body the areas of the threats that ``plans`` are for.

    None where no threat of the plans has an area.
    """
    if organisation.kind == OrganisationKind.ROCU:
        return _forces(user, _of_same_regions(user, organisation, today), kind)
    return _areas(plans)


def _of_same_regions(user: User, organisation: Organisation, today: date) -> QuerySet[Organisation]:
    here = Membership.objects.valid_on(today)
    regions = here.filter(organisation=organisation).values("region")
    members = here.filter(region__in=regions).values("organisation")
    return Organisation.objects.visible_to(user).forces().valid_on(today).filter(pk__in=members)


def _forces(user: User, bodies: QuerySet[Organisation], kind: DataKind) -> list[Unit]:
    plans = Plan.objects.visible_to(user).open().of_kind(kind).filter(organisation__in=bodies)
    numbers = _by(plans, "organisation")
    tallies = _tallies(plans, "plan__organisation")
    return [
        Unit(body, None, body.name, numbers.get(body.pk, 0), tallies.get(body.pk, Tally()))
        for body in bodies.order_by("name", "pk")[:UNITS]
    ]


def _areas(plans: QuerySet[Plan]) -> list[Unit]:
    numbers, tallies = _by(plans, "threat__area"), _tallies(plans, "plan__threat__area")
    if set(numbers) <= {None}:
        return []
    named = plans.order_by("threat__area__name").values_list("threat__area", "threat__area__name").distinct()
    found: Iterable[tuple[int | None, str | None]] = named[:UNITS]
    in_order = sorted(found, key=lambda each: (each[1] is None, each[1] or ""))
    return [
        Unit(None, area, name or "No local policing area stated", numbers[area], tallies.get(area, Tally()))
        for area, name in in_order
    ]


def _by(plans: QuerySet[Plan], field: str) -> dict[Any, int]:
    return dict(plans.order_by().values_list(field).annotate(number=Count("pk")))

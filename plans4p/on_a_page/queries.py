"""What "plan on a page" reads: the aims of a body's open plans under each P, and the units behind them."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from disruptions.choices import DataKind, FourP
from disruptions.threats.models import Threat
from forces.choices import OrganisationKind
from forces.models import Membership, Organisation
from plans4p.aims.models import Aim, Contribution
from plans4p.aims.queries import AimFacts, get_progress
from plans4p.choices import ResultKind
from plans4p.directory.queries import User
from plans4p.plans.models import Plan
from soc_tracker.core.lists.paging import Bounded, bounded
from soc_tracker.core.records.models import seen_at

PLANS, AIMS, UNITS = 40, 400, 60


@dataclass(frozen=True)
class Tally:
    """How many aims there are, and how many disruptions those count that count disruptions, of how many aimed at."""

    aims: int = 0
    counted: int = 0
    target: Decimal = Decimal(0)

    @property
    def disruptions(self) -> str:
        """Counted of aimed at; where no aim counts disruptions, that."""
        return f"{self.counted:,} of {self.target.normalize():,f}" if self.target else "no aim counts them"

    @property
    def words(self) -> str:
        """Such as: 3 aims. 7 of 20 disruptions counted."""
        if not self.aims:
            return "No aim."
        aims = f"{self.aims:,} {'aim' if self.aims == 1 else 'aims'}."
        return f"{aims} {self.disruptions} disruptions counted." if self.target else aims


@dataclass(frozen=True)
class PlanAims:
    """A plan with its aims under one P."""

    plan: Plan
    aims: list[AimFacts]

    @property
    def area(self) -> str:
        """The local policing area of its threat; "" where none is stated."""
        return self.plan.threat.area.name if self.plan.threat and self.plan.threat.area else ""

    @property
    def stages(self) -> list[tuple[str, str]]:
        """Of its aims, each once, with how many are there and its colour."""
        numbers = Counter(aim.progress.stage for aim in self.aims)
        return [(stage.label if n == 1 else f"{stage.label}: {n}", stage.tag) for stage, n in numbers.items()]


@dataclass(frozen=True)
class PColumn:
    """One P: the plans with an aim under it, those without, and the tally of all plans, listed or not."""

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


def get_sheet(user: User, plans: QuerySet[Plan], today: date) -> Sheet:
    """The first of the plans by reference, with their aims. Five queries."""
    threats = Prefetch("threat", Threat.objects.visible_to(user).select_related("area"))
    in_order = plans.select_related("organisation", "owner").prefetch_related(threats).order_by("reference", "pk")
    first = bounded(in_order, PLANS)
    by_key = {plan.pk: plan for plan in first.rows}
    rows = list(Aim.objects.filter(plan__in=by_key).order_by("due_on", "pk")[:AIMS])
    progress, tallies = get_progress(rows, today), _tallies(plans, "four_p")
    aims: defaultdict[tuple[int, str], list[AimFacts]] = defaultdict(list)
    for aim in rows:
        aim.plan = by_key[aim.plan_id]
        aims[aim.plan_id, aim.four_p].append(AimFacts(aim, progress[aim.pk]))
    columns = [
        PColumn(
            four_p=p,
            plans=[PlanAims(plan, aims[plan.pk, p]) for plan in first.rows if (plan.pk, p) in aims],
            without=[plan for plan in first.rows if (plan.pk, p) not in aims],
            tally=tallies.get(p.value, Tally()),
        )
        for p in FourP
    ]
    return Sheet(columns, first)


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


def list_units(user: User, body: Organisation, plans: QuerySet[Plan], kind: DataKind, today: date) -> list[Unit]:
    """Of a regional unit the forces of its regions, of another body the areas of the threats that ``plans`` are for.

    None where no threat of the plans has an area.
    """
    if body.kind != OrganisationKind.ROCU:
        plans = plans.filter(Q(threat=None) | seen_at(user, "threat", Threat))
        numbers, tallies = _numbers(plans, "threat__area"), _tallies(plans, "plan__threat__area")
        rows = plans.order_by("threat__area__name").values_list("threat__area", "threat__area__name").distinct()[:UNITS]
        areas = sorted(rows if set(numbers) - {None} else (), key=lambda row: (row[1] is None, row[1] or ""))
        return [
            Unit(None, area, name or "No local policing area stated", numbers[area], tallies.get(area, Tally()))
            for area, name in areas
        ]
    here = Membership.objects.valid_on(today)
    regions = here.filter(organisation=body).values("region")
    members = here.filter(region__in=regions).values("organisation")
    forces = Organisation.objects.visible_to(user).valid_on(today).filter(kind=OrganisationKind.FORCE, pk__in=members)
    of_forces = Plan.objects.visible_to(user).open().of_kind(kind).filter(organisation__in=forces)
    numbers, tallies = _numbers(of_forces, "organisation"), _tallies(of_forces, "plan__organisation")
    return [
        Unit(force, None, force.name, numbers.get(force.pk, 0), tallies.get(force.pk, Tally()))
        for force in forces.order_by("name", "pk")[:UNITS]
    ]


def _numbers(plans: QuerySet[Plan], field: str) -> dict[Any, int]:
    return dict(plans.order_by().values_list(field).annotate(number=Count("pk")))

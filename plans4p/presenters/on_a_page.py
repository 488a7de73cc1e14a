"""A plan on a page in words."""

from collections.abc import Sized
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.http import urlencode

from disruptions.choices import DataKind, FourP
from plans4p.models import Plan
from plans4p.presenters.plans import ShownAim, shown_aim
from plans4p.selectors.on_a_page import PColumn, PlanAims, Sheet, Tally, Unit
from soc_tracker.lib.tables import Column


@dataclass(frozen=True)
class ShownPlan:
    """A plan under one P, each aim with how far it is; ``stages`` are those of its aims, each with its colour."""

    plan: Plan
    area: str
    aims: list[ShownAim]
    stages: list[tuple[str, str]]


@dataclass(frozen=True)
class ShownColumn:
    four_p: FourP
    tally: str
    plans: list[ShownPlan]
    without: list[Plan]


DENSITIES = ((44, "large"), (62, "middling"))
"""Lines up to which a sheet of paper holds them in letters of a size."""


def density(found: Sheet, units: Sized) -> str:
    """How small the letters must be for one sheet of paper: a plan and an aim take about two lines of a column."""
    columns = [sum(2 + 2 * len(each.aims) for each in column.plans) + len(column.without) for column in found.columns]
    lines = max(columns) + len(units)
    return next((name for most, name in DENSITIES if lines <= most), "small")


def columns(found: Sheet, today: date) -> list[ShownColumn]:
    return [_column(column, today) for column in found.columns]


def _column(column: PColumn, today: date) -> ShownColumn:
    plans = [_plan(each, today) for each in column.plans]
    return ShownColumn(column.four_p, tally_in_words(column.tally), plans, column.without)


def _plan(each: PlanAims, today: date) -> ShownPlan:
    aims = [shown_aim(facts, today) for facts in each.aims]
    stages = dict.fromkeys((aim.stage, aim.tag) for aim in aims)
    numbered = [(_stage(stage, [aim.stage for aim in aims].count(stage)), tag) for stage, tag in stages]
    area = each.plan.threat.area if each.plan.threat else None
    return ShownPlan(each.plan, area.name if area else "", aims, numbered)


def _stage(stage: str, number: int) -> str:
    return stage if number == 1 else f"{stage}: {number}"


def tally_in_words(tally: Tally) -> str:
    """Such as: 3 aims. 7 of 20 disruptions counted."""
    if not tally.aims:
        return "No aim."
    aims = f"{tally.aims:,} {'aim' if tally.aims == 1 else 'aims'}."
    return f"{aims} {disruptions_in_words(tally)} disruptions counted." if tally.target else aims


def disruptions_in_words(tally: Tally) -> str:
    """Counted of aimed at; where no aim counts disruptions, that."""
    if not tally.target:
        return "no aim counts them"
    return f"{tally.counted:,} of {_number(tally.target)}"


def _number(value: Decimal) -> str:
    return f"{value.normalize():,f}"


def unit_columns(kind: DataKind, slug: str, *, of_forces: bool) -> tuple[Column, ...]:
    """Units of the body with this slug, each with the way to its page, or to its part of this one."""
    address = reverse("plans4p:on_a_page", args=[slug])

    def url(unit: Unit) -> str:
        if unit.unit:
            own = reverse("plans4p:on_a_page", args=[unit.unit.slug])
            return f"{own}?{urlencode({'data': kind})}"
        return f"{address}?{urlencode({'data': kind, 'area': unit.area})}" if unit.area else ""

    return (
        Column("unit", "Force" if of_forces else "Local policing area", lambda unit: unit.name, url),
        Column("plans", "Open plans", lambda unit: unit.plans, numeric=True),
        Column("aims", "Aims", lambda unit: unit.tally.aims, numeric=True),
        Column("disruptions", "Disruptions counted of those aimed at", lambda unit: disruptions_in_words(unit.tally)),
    )

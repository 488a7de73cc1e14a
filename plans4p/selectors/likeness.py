"""What the comparison of wording found, as it was kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from plans4p.models import Likeness, Plan

SHOWN = 5
"""Other plans that are named."""
TOO_MANY = 0.5
"""The share of a plan's actions from which on it is called generic: half of them stand elsewhere."""


def is_tailored(shared: int, of: int) -> bool:
    """Whether fewer than half of the actions stand in another plan as well."""
    return shared < TOO_MANY * of


@dataclass(frozen=True)
class Alike:
    """Another plan, and how many of this plan's actions stand in it, nearly word for word."""

    reference: str
    title: str
    actions: int


@dataclass(frozen=True)
class Tailored:
    """How many of a plan's actions (``of``) stand nowhere else, and in which plans the others stand, most first."""

    of: int
    shared: int
    alike: tuple[Alike, ...]


def copies(plan: Plan) -> dict[int, Likeness]:
    """For each of its actions that stands elsewhere, by key, where it does so most nearly. One query."""
    found: dict[int, Likeness] = {}
    rows = Likeness.objects.filter(plan=plan, plan__likeness_check__isnull=False)
    for row in rows.select_related("action", "other__aim__plan").order_by("action", "-ratio", "pk"):
        found.setdefault(row.action_id, row)
    return found


def alike(plan: Plan) -> tuple[Alike, ...]:
    """The plans in which most of its actions stand, most first. One query."""
    rows: Iterable[Any] = Likeness.objects.filter(plan=plan).by_plan()[:SHOWN]
    return tuple(Alike(row["other_plan__reference"], row["other_plan__title"], row["actions"]) for row in rows)

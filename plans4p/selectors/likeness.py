"""What the comparison of wording found, as it was kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from plans4p.models import Likeness, LikenessCheck, Plan

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

    @property
    def is_tailored(self) -> bool:
        return is_tailored(self.shared, self.of)

    @property
    def sentence(self) -> str:
        """Such as: 7 of 9 actions also stand, nearly word for word, in plan 4P-00012."""
        if not self.of:
            return "It has no action yet that could be compared with those of other plans."
        if not self.alike:
            return f"None of its {self.of:,} actions stands, nearly word for word, in another plan."
        first = self.alike[0]
        verb = "stands" if first.actions == 1 else "stand"
        return f"{first.actions:,} of {self.of:,} actions also {verb}, nearly word for word, in plan {first.reference}."


def tailored(plan: Plan) -> Tailored | None:
    """None while the comparison is still to come. Three queries; nothing is compared here."""
    check = LikenessCheck.objects.filter(plan=plan).first()
    if check is None:
        return None
    shared = Likeness.objects.filter(plan=plan).values("action").distinct().count()
    return Tailored(check.actions, shared, alike(plan))


def alike(plan: Plan) -> tuple[Alike, ...]:
    """The plans in which most of its actions stand, most first. One query."""
    rows: Iterable[Any] = Likeness.objects.filter(plan=plan).by_plan()[:SHOWN]
    return tuple(Alike(row["other_plan__reference"], row["other_plan__title"], row["actions"]) for row in rows)

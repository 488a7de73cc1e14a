"""A plan in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from plans4p.aims.models import Action
from plans4p.choices import ENDED, ActionStatus
from plans4p.likeness.models import Likeness
from plans4p.plan_page.queries import AimFacts
from plans4p.results.queries import number, progress_in_words

OVERDUE = ("Overdue", "red")
Row = tuple[Any, ...]


def is_overdue(action: Action, today: date) -> bool:
    return bool(action.due_on and action.due_on < today and action.status not in ENDED)


@dataclass(frozen=True)
class ShownAction:
    """An action with the tag that says how far it is: that it is overdue comes before all else.

    ``copied`` is where its wording also stands.
    """

    action: Action
    tag: tuple[str, str]
    copied: Likeness | None

    @property
    def is_open(self) -> bool:
        """Whether something may still come of it."""
        return self.action.status not in ENDED


@dataclass(frozen=True)
class ShownAim:
    """An aim as its column shows it. ``width`` is the part of the bar that is full, in percent."""

    facts: AimFacts
    words: str
    stage: str
    tag: str
    width: int
    baseline: str
    actions: list[ShownAction]


def shown_aim(facts: AimFacts, today: date, copies: Mapping[int, Likeness] | None = None) -> ShownAim:
    aim, progress, copied = facts.aim, facts.progress, copies or {}
    return ShownAim(
        facts=facts,
        words=progress_in_words(aim, progress),
        stage=progress.stage.value,
        tag=progress.stage.tag,
        width=min(100, progress.percent),
        baseline="" if aim.baseline is None else number(aim.baseline, aim.counts),
        actions=[ShownAction(action, _action_tag(action, today), copied.get(action.pk)) for action in facts.actions],
    )


def _action_tag(action: Action, today: date) -> tuple[str, str]:
    status = ActionStatus(action.status)
    return OVERDUE if is_overdue(action, today) else (status.label, status.tag)

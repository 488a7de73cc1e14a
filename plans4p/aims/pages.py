"""A plan in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from plans4p.aims.models import Action, Aim
from plans4p.choices import ENDED, RUNNING, ActionStatus, PlanStatus, ResultKind
from plans4p.likeness.models import Likeness
from plans4p.plan_page.queries import AimFacts, PlanFacts
from plans4p.plans.models import Plan
from plans4p.quality.queries import Question
from plans4p.results.queries import Progress
from plans4p.signatures.queries import Standing
from soc_tracker.core.lists.columns import as_given
from soc_tracker.core.records.states import name_of
from soc_tracker.core.text.days import Precision, in_words

OVERDUE = ("Overdue", "red")
NO_OWNER = "nobody yet"
MOST_CHANGES = 6
"""That are named of a plan that is no longer as signed."""
Row = tuple[Any, ...]


def summary(plan: Plan, facts: PlanFacts, today: date) -> list[Row]:
    """What the head of the page lists."""
    rows: list[Row] = [
        ("Organisation", plan.organisation.name, plan.organisation.get_absolute_url()),
        ("For", *purpose(plan)),
        ("Owner", str(plan.owner or NO_OWNER), plan.owner.get_absolute_url() if plan.owner else ""),
        ("Written by", name_of(plan.author) if plan.author else None),
        ("Deputies", "; ".join(map(str, facts.deputies)) or "none"),
        ("Signed", signature_in_words(facts.standing)),
        *_copies_reason(facts.standing),
        ("Begins on", plan.starts_on),
        *([("Ends by", plan.ends_on)] if plan.ends_on else []),
        ("Next review", review_in_words(plan, today)),
    ]
    if plan.threat:
        rows += [
            ("Threat’s latest MoRiLE total", as_given(facts.score.total) if facts.score else None),
            ("Its disruptions on record", facts.disruptions, disruptions_url(plan)),
        ]
    rows += [("Local profiles used", "; ".join(profile.area.name for profile in facts.profiles))]
    rows += [("Intelligence used", plan.intelligence)]
    if plan.status == PlanStatus.CLOSED:
        rows += [
            ("Closed", plan.closed_on),
            ("Result", plan.get_result_display()),
            ("What was learned", plan.learning),
        ]
    return rows


def disruptions_url(plan: Plan) -> str:
    """The list of the disruptions of the plan's threat."""
    query = {"threat": plan.threat.reference, "data": plan.kind_of_data}
    return f"{reverse('disruptions:disruption_list')}?{urlencode(query)}"


def review_in_words(plan: Plan, today: date) -> date | str | None:
    """The day, and that it has passed where it has and matters."""
    due = plan.review_due_on
    if due and due < today and plan.status in RUNNING:
        return f"{in_words(due, Precision.DAY)}, overdue"
    return due


def purpose(plan: Plan) -> tuple[str, str]:
    """The threat with its address, or the theme."""
    return (str(plan.threat), plan.threat.get_absolute_url()) if plan.threat else (plan.theme, "")


def _copies_reason(stands: Standing) -> list[Row]:
    reason = stands.signature.copies_reason if stands.signature else ""
    return [("Signed with copied actions", reason)] if reason else []


def signature_in_words(stands: Standing) -> str:
    """Who signed the plan when, and whether it still says that."""
    if stands.signature is None:
        return "not yet"
    signed = f"{in_words(stands.signature.on, Precision.DAY)}, by {name_of(stands.signature.by)}"
    return f"{signed}. {'It has changed since' if stands.changed else 'It says what was signed'}"


def changed_in_words(stands: Standing) -> str:
    """What is no longer as signed, that which voids the signature first; "" for nothing."""
    parts = (
        ("no longer as signed", stands.required),
        ("also changed since" if stands.required else "changed since signed", stands.other),
    )
    return "; ".join(f"{words}: {_some(changes)}" for words, changes in parts if changes)


def _some(changes: Sequence[str]) -> str:
    more = len(changes) - MOST_CHANGES
    return f"{'; '.join(changes[:MOST_CHANGES])}{f'; and {more} more' if more > 0 else ''}"


def number(value: Decimal, counts: str) -> str:
    """A number of what an aim counts: £1,200 of assets, 3 of others."""
    shown = f"{value.normalize():,f}"
    return f"£{shown}" if counts == ResultKind.ASSETS else shown


def progress_in_words(aim: Aim, progress: Progress) -> str:
    """Such as: 3 of 4 disruptions."""
    unit = "" if aim.counts == ResultKind.ASSETS else f" {aim.get_counts_display().lower()}"
    return f"{number(progress.counted, aim.counts)} of {number(progress.target, aim.counts)}{unit}"


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


ANSWERS = {True: ("Yes", "green"), False: ("No", "red"), None: ("Not known yet", "grey")}


def answers(questions: Iterable[Question]) -> list[tuple[Question, str, str]]:
    """Each question with its answer and the colour of that."""
    return [(question, *ANSWERS[question.answered]) for question in questions]

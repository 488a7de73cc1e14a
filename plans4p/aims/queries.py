"""How far each aim is: what counts towards it, against its target and its day; and what a plan might count as well."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.db.models import Count, DecimalField, Exists, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Round
from django.http import QueryDict

from disruptions.record.models import Disruption
from plans4p.aims.models import Action, Aim, Contribution, Dismissal
from plans4p.choices import ENDED, ActionStatus, ResultKind, Stage
from plans4p.directory.queries import User
from plans4p.likeness.models import Likeness
from plans4p.plans.models import Plan
from soc_tracker.core.lists.paging import Bounded, paged

MOST_PROPOSALS = 50


@dataclass(frozen=True)
class Progress:
    """``counted`` of ``target``, in the unit of what the aim counts."""

    counted: Decimal
    target: Decimal
    stage: Stage

    @classmethod
    def of(cls, counted: Decimal, target: Decimal, due_on: date, today: date) -> Self:
        """Derived from nothing but what counts, the target and the days."""
        if counted >= target:
            stage = Stage.REACHED
        elif due_on < today:
            stage = Stage.MISSED
        else:
            stage = Stage.UNDER_WAY if counted else Stage.NOTHING
        return cls(counted, target, stage)

    @property
    def percent(self) -> int:
        """Of the target, in whole percent rounded down, so that 100 is said of nothing short of it."""
        return int(100 * self.counted / self.target)


def get_progress(aims: Iterable[Aim], today: date) -> dict[int, Progress]:
    """The progress of each aim by its key: one query."""
    aims = list(aims)
    counted = Contribution.objects.counted().filter(aim__in=[aim.pk for aim in aims])
    sums = dict(counted.order_by().values_list("aim").annotate(number=Sum("amount")))
    return {aim.pk: Progress.of(sums.get(aim.pk, Decimal(0)), aim.target, aim.due_on, today) for aim in aims}


def with_counted(aims: QuerySet[Aim]) -> QuerySet[Aim]:
    """Aims with what counts towards each, in ``counted``."""
    rows = Contribution.objects.counted().filter(aim=OuterRef("pk")).order_by().values("aim")
    # Rounded to the pence that are stored: SQLite adds in binary, and 0.7 + 0.1 falls short of 0.8.
    number = Subquery(rows.annotate(number=Round(Sum("amount"), 2)).values("number"), output_field=DecimalField())
    return aims.annotate(counted=Coalesce(number, Value(Decimal(0))))


def short_of_target(aims: QuerySet[Aim]) -> QuerySet[Aim]:
    """Those that are not reached, sifted in the database: for lists that show the first of many."""
    counted: QuerySet[Any] = with_counted(aims)
    return counted.filter(counted__lt=F("target"))


@dataclass(frozen=True)
class Proposal:
    """A disruption, and the aims towards which it would count."""

    disruption: Disruption
    aims: list[Aim]


@dataclass(frozen=True)
class WaitingPlan:
    """A plan, and how many disruptions wait to be linked to it."""

    plan: Plan
    disruptions: int


def proposable(user: User, **plans: Any) -> QuerySet[Any]:
    """For any of the plans, ``threat__plans`` of a disruption: on the record as it is now, and for one of them neither
    linked nor dismissed yet.

    Each row once for each plan that it fits, whose key is its ``plan``; none where no aim counts disruptions.
    """
    fitting = Aim.objects.filter(
        counts=ResultKind.DISRUPTIONS,
        four_p=OuterRef("four_p"),
        plan=OuterRef("threat__plans"),
        plan__starts_on__lte=OuterRef("activity_date"),
        due_on__gte=OuterRef("activity_date"),
        plan__kind_of_data=OuterRef("kind_of_data"),
    )
    of_plan = {"disruption": OuterRef("pk")}
    linked = Contribution.objects.filter(aim__plan=OuterRef("threat__plans"), **of_plan)
    dismissed = Dismissal.objects.filter(plan=OuterRef("threat__plans"), **of_plan)
    rows = Disruption.objects.visible_to(user).current().filter(known_to__isnull=True)
    # In one call, so that all of it is about one and the same of the threat's plans.
    rows = rows.filter(Exists(fitting), ~Exists(linked), ~Exists(dismissed), **plans)
    return rows.for_list().annotate(plan=F("threat__plans"))


def list_proposals(user: User, plan: Plan, aims: list[Aim], *, params: QueryDict) -> tuple[list[Proposal], Bounded]:
    """The latest of them, or those at which ``params`` open the page, each with the aims that it fits; and how many
    there are in all.
    """
    if plan.threat_id is None:
        return [], Bounded([], 0)
    waiting = proposable(user, threat__plans=plan.pk)
    rows = paged(waiting, ("-activity_date", "-pk"), MOST_PROPOSALS, name="proposals", params=params)
    return [
        Proposal(
            row,
            [
                aim
                for aim in aims
                if aim.counts == ResultKind.DISRUPTIONS
                and aim.four_p == row.four_p
                and plan.starts_on <= row.activity_date <= aim.due_on
            ],
        )
        for row in rows.rows
    ], rows


def list_waiting(user: User, plans: Iterable[Plan]) -> list[WaitingPlan]:
    """The plans for which disruptions wait, most first: one query."""
    by_key = {plan.pk: plan for plan in plans if plan.threat_id}
    counts = (
        proposable(user, threat__plans__in=list(by_key)).order_by().values_list("plan").annotate(number=Count("pk"))
    )
    waiting = [WaitingPlan(by_key[key], number) for key, number in counts]
    return sorted(waiting, key=lambda row: (-row.disruptions, row.plan.reference))


def in_unit(value: Decimal, counts: str) -> str:
    """A number of what an aim counts: £1,200 of assets, 3 of others."""
    text = f"{value.normalize():,f}"
    return f"£{text}" if counts == ResultKind.ASSETS else text


def progress_in_words(aim: Aim, progress: Progress) -> str:
    """Such as: 3 of 4 disruptions."""
    unit = "" if aim.counts == ResultKind.ASSETS else f" {aim.get_counts_display().lower()}"
    return f"{in_unit(progress.counted, aim.counts)} of {in_unit(progress.target, aim.counts)}{unit}"


@dataclass(frozen=True)
class ActionFacts:
    """An action on a day. ``copy`` is where its wording also stands."""

    action: Action
    today: date
    copy: Likeness | None

    @property
    def is_open(self) -> bool:
        """Whether something may still come of it."""
        return self.action.status not in ENDED

    @property
    def tag(self) -> tuple[str, str]:
        """How far it is, with a colour: that it is overdue comes before all else."""
        if self.is_open and self.action.due_on and self.action.due_on < self.today:
            return "Overdue", "red"
        status = ActionStatus(self.action.status)
        return status.label, status.tag


@dataclass(frozen=True)
class AimFacts:
    """An aim with its actions, the latest of what counts towards it, and how far it is."""

    aim: Aim
    progress: Progress
    actions: list[ActionFacts] = field(default_factory=list)
    results: list[Contribution] = field(default_factory=list)
    more_results: int = 0

    @property
    def words(self) -> str:
        return progress_in_words(self.aim, self.progress)

    @property
    def width(self) -> int:
        """The part of its bar that is full, in percent."""
        return min(100, self.progress.percent)

    @property
    def baseline(self) -> str:
        return "" if self.aim.baseline is None else in_unit(self.aim.baseline, self.aim.counts)

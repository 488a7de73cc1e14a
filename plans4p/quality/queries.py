"""Which of the inspectors' questions a plan answers: computed from what it says, each with what to do.

The questions are what inspectors found wanting in plans of forces: owners and actions unclear, out of date, generic,
partners not asked, no review and no outcomes.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.db.models import Count, F, OuterRef, QuerySet, prefetch_related_objects
from django.utils.text import get_text_list

from disruptions.choices import FourP
from plans4p.aims.models import Action, Aim, Omission
from plans4p.choices import ENDED, PlanStatus, QuestionKey
from plans4p.directory.queries import User, number_of
from plans4p.likeness.models import Likeness
from plans4p.plans.models import Consultation, Plan

VERBS = frozenset(
    re.findall(
        r"\S+",
        """
    accompany acquire act add address administer advise agree alert allocate analyse apply appoint approach arrange
    arrest ask assess assign assist attend audit ban block brief bring broadcast build buy call cancel carry change
    charge check circulate clear close collate collect commission communicate compare compile complete conduct
    confirm consider consult contact control coordinate co-ordinate counsel cover create cut debrief deliver deploy
    deport design develop direct disclose discuss dismantle disqualify disrupt distribute divert document draft draw
    educate enforce engage enrol ensure enter escort establish evaluate evict examine exchange exclude execute
    extend extradite feed film find fit flag follow forfeit form freeze fund gather give guide harden help hold host
    house identify implement improve inform inspect install instruct interview introduce investigate invite issue
    join keep label launch lead limit link list locate lock log maintain make manage map mark measure meet mentor
    monitor move notify obtain offer open organise patrol pay phone photograph pilot place plan police prepare
    present press prevent prioritise produce profile prosecute protect provide publish pursue put raid raise reach
    recover recruit reduce refer refresh register rehouse relocate remand remove renew repeat replace report request
    research respond restrain restrict review revisit revoke run safeguard scan schedule screen seal search secure
    seek seize send serve set share show sign site speak stop strengthen submit summarise supervise support surveil
    survey suspend tackle take target task teach tell test trace track train trial turn update upgrade use verify
    visit vet warn withdraw work write
    """,
    )
)
"""Verbs with which the actions of a plan begin: those that plans use, not all that English has."""

MOST_ALIKE = 5
"""Other plans that are named."""
OTHER_PLAN = ("other_plan__reference", "other_plan__title")
TOO_MANY = 0.5
"""The share of a plan's actions from which on it is called generic: half of them stand elsewhere."""
Spread = dict[QuestionKey, Counter[bool | None]]


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


@dataclass(frozen=True)
class Question:
    """One question of a plan. ``answered`` is None where that is not known; ``to_do`` is "" where it is answered."""

    key: QuestionKey
    answered: bool | None
    to_do: str

    @property
    def answer(self) -> tuple[str, str]:
        """In a word, with the colour of its tag."""
        return {True: ("Yes", "green"), False: ("No", "red"), None: ("Not known yet", "grey")}[self.answered]


@dataclass(frozen=True)
class PlanParts:
    """A plan with all that the questions are about, read at once. ``shared`` is None until its wording was compared.

    ``compared`` is how many of its actions were, ``shared`` how many of them stand in another plan as well.
    """

    plan: Plan
    today: date
    aims: list[Aim]
    actions: list[Action]
    omissions: list[Omission]
    consulted: int
    profiles: int
    compared: int
    shared: int | None

    @classmethod
    def of(cls, plan: Plan, today: date, consulted: int, compared: int | None, shared: int) -> Self:
        """``compared`` is None of a plan that is still to be compared."""
        return cls(
            plan=plan,
            today=today,
            aims=list(plan.aims.all()),
            actions=[action for aim in plan.aims.all() for action in aim.actions.all()],
            omissions=list(plan.omissions.all()),
            consulted=consulted,
            profiles=len(plan.profiles.all()),
            compared=compared or 0,
            shared=None if compared is None else shared,
        )


def with_numbers(user: User, plans: QuerySet) -> QuerySet:
    """Plans with how often each ``consulted``, and how many of its actions were ``compared`` and are ``shared`` with
    plans that the user may see.
    """
    numbered: QuerySet = plans.annotate(
        consulted=number_of("pk", Consultation.objects.filter(plan=OuterRef("pk")), "plan"),
        compared=F("likeness_check__actions"),
        shared=number_of("action", Likeness.objects.visible_to(user).filter(plan=OuterRef("pk")), "plan"),
    )
    return numbered


def list_parts(user: User, plans: Iterable[Plan], today: date) -> list[PlanParts]:
    """Read all that the questions are about, and leave it with the plans: as many queries for many as for one.

    Whether its wording is shared is told as far as the ``user`` may see other plans.
    """
    plans = list(plans)
    prefetch_related_objects(plans, "aims__actions", "omissions", "profiles")
    rows = with_numbers(user, Plan.objects.filter(pk__in=[plan.pk for plan in plans])).order_by()
    numbers = {key: rest for key, *rest in rows.values_list("pk", "consulted", "compared", "shared")}
    return [PlanParts.of(plan, today, *numbers.get(plan.pk, (0, None, 0))) for plan in plans]


def list_questions(parts: PlanParts) -> list[Question]:
    """Every question, in the order in which one writes a plan."""
    plan, today = parts.plan, parts.today
    to_do = dict.fromkeys([key for key in QuestionKey if key != QuestionKey.TAILORED], "")
    if plan.owner_id is None:
        to_do[QuestionKey.OWNER] = "Name one lead responsible officer."
    covered = {aim.four_p for aim in parts.aims} | {omission.four_p for omission in parts.omissions}
    if uncovered := [p.label for p in FourP if p not in covered]:
        missing = get_text_list(uncovered, "and")
        to_do[QuestionKey.COVERED] = f"Write an aim, or say why there is none, under {missing}."
    to_do[QuestionKey.ACTIONS] = _unclear_actions(parts)
    if late := sum(bool(a.due_on and a.due_on < today and a.status not in ENDED) for a in parts.actions):
        actions = _count(late, "action")
        to_do[QuestionKey.IN_DATE] = f"Say what came of {actions} whose date has passed, or move the date."
    if plan.review_due_on is None:
        to_do[QuestionKey.REVIEWED] = "Say when it is next reviewed."
    elif plan.review_due_on < today and plan.status != PlanStatus.CLOSED:
        to_do[QuestionKey.REVIEWED] = "Review it: the day for that has passed."
    if not parts.consulted:
        to_do[QuestionKey.PARTNERS] = "Ask the partners who can help, and record whom you asked and when."
    if not (parts.profiles or plan.intelligence.strip()):
        to_do[QuestionKey.EVIDENCE] = "Name the SOC local profile or the intelligence on which it rests."
    return [*(Question(key, not words, words) for key, words in to_do.items()), _tailored(parts)]


def get_tailored(user: User, parts: PlanParts) -> Tailored | None:
    """Where its actions stand elsewhere, in plans that the user may see; None while the comparison is still to come.
    At most one query.
    """
    if parts.shared is None:
        return None
    if not parts.shared:
        return Tailored(parts.compared, 0, ())
    others = Likeness.objects.visible_to(user).filter(plan=parts.plan).order_by().values("other_plan", *OTHER_PLAN)
    rows = others.annotate(actions=Count("action", distinct=True)).order_by("-actions", "other_plan__reference")
    alike = [Alike(*row) for row in rows.values_list(*OTHER_PLAN, "actions")[:MOST_ALIKE]]
    return Tailored(parts.compared, parts.shared, tuple(alike))


def list_failing(user: User, plans: Iterable[Plan], keys: Collection[str], today: date) -> list[int]:
    """The keys of the plans that answer at least one of these questions with no."""
    return [
        parts.plan.pk
        for parts in list_parts(user, plans, today)
        if any(question.key in keys and question.answered is False for question in list_questions(parts))
    ]


def get_spread_by_body(user: User, plans: Iterable[Plan], today: date) -> dict[int, Spread]:
    """For each question, how many plans of a body answer it (True), do not (False), or cannot be told yet (None).

    By the key of the body, for each that has any of the plans.
    """
    spreads: defaultdict[int, Spread] = defaultdict(lambda: {key: Counter() for key in QuestionKey})
    for parts in list_parts(user, plans, today):
        for question in list_questions(parts):
            spreads[parts.plan.organisation_id][question.key][question.answered] += 1
    return dict(spreads)


def _unclear_actions(parts: PlanParts) -> str:
    """What to mend so that every action has an owner, a date and a verb to begin with, and every aim an action."""
    actions, with_actions = parts.actions, {action.aim_id for action in parts.actions}
    without = {
        "an owner": sum(not action.owner.strip() for action in actions),
        "a date": sum(action.due_on is None for action in actions),
        "a verb to begin with": sum(not begins_with_verb(action.description) for action in actions),
    }
    faults = [f"{_count(number, 'action')} without {what}" for what, number in without.items() if number]
    if bare := sum(aim.pk not in with_actions for aim in parts.aims):
        faults.append(f"{_count(bare, 'aim')} without an action")
    if not parts.aims and not actions:
        faults.append("no action at all")
    return f"Mend: {get_text_list(faults, 'and')}." if faults else ""


def _tailored(parts: PlanParts) -> Question:
    key = QuestionKey.TAILORED
    if parts.actions and parts.shared is None:
        return Question(key, None, "Its wording is being compared with that of other plans.")
    if parts.shared is None or not parts.compared:
        return Question(key, None, "It has no action yet that could be compared with other plans.")
    if parts.shared < TOO_MANY * parts.compared:
        return Question(key, True, "")
    shared = f"{parts.shared:,} of {parts.compared:,} actions also stand, nearly word for word, in other plans"
    return Question(key, False, f"{shared}: rewrite them for this threat.")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def begins_with_verb(text: str) -> bool:
    """Whether the first word is one of the verbs, in its plain form: "Visit", not "Visits to" or "A visit"."""
    first = re.search(r"[^\W\d_]+(?:-[^\W\d_]+)*", text)
    if first is None or first[0].lower() not in VERBS:
        return False
    return not text[: first.start()].strip(" \t\n-–•*0123456789.()\"“'")

"""Whether an action says what is done: whether its first word is a verb."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from django.db.models import Count, OuterRef, QuerySet

from disruptions.choices import FourP
from plans4p.aims.models import Action, Aim, Omission
from plans4p.choices import ENDED, PlanStatus
from plans4p.directory.queries import number_of
from plans4p.likeness.models import Likeness, LikenessCheck
from plans4p.likeness.queries import Tailored, alike, is_tailored
from plans4p.plans.models import Plan
from plans4p.reviews.models import Consultation

_WORD = re.compile(r"\S+")
VERBS = frozenset(
    _WORD.findall("""
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
    """)
)
"""Verbs with which the actions of a plan begin: those that plans use, not all that English has."""

_FIRST_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def begins_with_verb(text: str) -> bool:
    """Whether the first word is one of the verbs, in its plain form: "Visit", not "Visits to" or "A visit"."""
    first = _FIRST_WORD.search(text)
    if first is None or first[0].lower() not in VERBS:
        return False
    return not text[: first.start()].strip(" \t\n-–•*0123456789.()\"“'")


# Which of the inspectors' questions a plan answers: computed from what it says, each with what to do.


class Key(Enum):
    """The questions, by the value that a filter's address has."""

    OWNER = "owner"
    COVERED = "covered"
    ACTIONS = "actions"
    IN_DATE = "in_date"
    REVIEWED = "reviewed"
    PARTNERS = "partners"
    EVIDENCE = "evidence"
    TAILORED = "tailored"


WORDS = {
    Key.OWNER: "One clear owner",
    Key.COVERED: "Every P covered or explained",
    Key.ACTIONS: "Every action has an owner, a date and a verb",
    Key.IN_DATE: "No date has passed without a result",
    Key.REVIEWED: "Reviewed in time",
    Key.PARTNERS: "Partners consulted",
    Key.EVIDENCE: "Local profile or intelligence used",
    Key.TAILORED: "Tailored to its threat",
}
REQUIRED = (Key.OWNER, Key.COVERED, Key.ACTIONS, Key.EVIDENCE)
"""A plan is approved once it answers these; the others prompt."""

Spread = dict[Key, Counter[bool | None]]


@dataclass(frozen=True)
class Question:
    """One question of a plan. ``answered`` is None where that is not known; ``to_do`` is "" where it is answered."""

    key: Key
    words: str
    answered: bool | None
    to_do: str

    @property
    def is_required(self) -> bool:
        return self.key in REQUIRED


@dataclass(frozen=True)
class Written:
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

    def late(self) -> list[Action]:
        return [a for a in self.actions if a.due_on and a.due_on < self.today and a.status not in ENDED]


def written(plans: Iterable[Plan], today: date) -> list[Written]:
    """Read all that the questions are about: as many queries for many plans as for one."""
    plans = list(plans)
    keys = [plan.pk for plan in plans]
    rows = Plan.objects.filter(pk__in=keys).prefetch_related("aims__actions", "omissions", "profiles")
    asked = number_of("pk", Consultation.objects.filter(plan=OuterRef("pk")), "plan")
    stored = rows.annotate(consulted=asked).in_bulk()
    compared = dict(LikenessCheck.objects.filter(plan__in=keys).values_list("plan", "actions"))
    shared = _counts(Likeness.objects.filter(plan__in=keys), "action")
    return [
        Written(
            plan=plan,
            today=today,
            aims=list(plan.aims.all()),
            actions=[action for aim in plan.aims.all() for action in aim.actions.all()],
            omissions=list(plan.omissions.all()),
            consulted=getattr(plan, "consulted", 0),
            profiles=len(plan.profiles.all()),
            compared=compared.get(plan.pk, 0),
            shared=shared.get(plan.pk, 0) if plan.pk in compared else None,
        )
        for plan in (stored.get(plan.pk, plan) for plan in plans)
    ]


def _counts(rows: QuerySet, what: str) -> dict[int, int]:
    """How many different ones each plan has."""
    return dict(rows.order_by().values_list("plan").annotate(number=Count(what, distinct=True)))


def questions(said: Written) -> list[Question]:
    """Every question, in the order in which one writes a plan."""
    return [
        _owner(said),
        _covered(said),
        _actions(said),
        _in_date(said),
        _reviewed(said),
        _partners(said),
        _evidence(said),
        _tailored(said),
    ]


def unanswered(said: Written) -> list[Question]:
    """The required questions that a plan leaves open."""
    return [question for question in questions(said) if question.is_required and not question.answered]


def tailored(said: Written) -> Tailored | None:
    """Where its actions stand elsewhere; None while the comparison is still to come. At most one query."""
    if said.shared is None:
        return None
    return Tailored(said.compared, said.shared, alike(said.plan) if said.shared else ())


def failing(plans: Iterable[Plan], keys: Collection[str], today: date) -> list[int]:
    """The keys of the plans that answer at least one of these questions with no."""
    return [
        said.plan.pk
        for said in written(plans, today)
        if any(question.key.value in keys and question.answered is False for question in questions(said))
    ]


def spread_by_body(plans: Iterable[Plan], today: date) -> dict[int, Spread]:
    """For each question, how many plans of a body answer it (True), do not (False), or cannot be told yet (None).

    By the key of the body, for each that has any of the plans.
    """
    by_body: defaultdict[int, list[Written]] = defaultdict(list)
    for said in written(plans, today):
        by_body[said.plan.organisation_id].append(said)
    return {body: _spread(found) for body, found in by_body.items()}


def _spread(found: Iterable[Written]) -> Spread:
    counts: Spread = {key: Counter() for key in Key}
    for said in found:
        for question in questions(said):
            counts[question.key][question.answered] += 1
    return counts


def _owner(said: Written) -> Question:
    is_owned = said.plan.owner_id is not None
    return Question(Key.OWNER, WORDS[Key.OWNER], is_owned, "" if is_owned else "Name one lead responsible officer.")


def _covered(said: Written) -> Question:
    have = {aim.four_p for aim in said.aims} | {omission.four_p for omission in said.omissions}
    open_ps = [p for p in FourP if p not in have]
    to_do = f"Write an aim, or say why there is none, under {_listed(p.label for p in open_ps)}." if open_ps else ""
    return Question(Key.COVERED, WORDS[Key.COVERED], not open_ps, to_do)


def _actions(said: Written) -> Question:
    with_actions = {action.aim_id for action in said.actions}
    bare = [aim for aim in said.aims if aim.pk not in with_actions]
    wrong = [
        *_wanting("an owner", (a for a in said.actions if not a.owner.strip())),
        *_wanting("a date", (a for a in said.actions if a.due_on is None)),
        *_wanting("a verb to begin with", (a for a in said.actions if not begins_with_verb(a.description))),
        *([f"{_count(len(bare), 'aim')} without an action"] if bare else []),
        *(["no action at all"] if not said.aims and not said.actions else []),
    ]
    to_do = f"Mend: {_listed(wrong)}." if wrong else ""
    return Question(Key.ACTIONS, WORDS[Key.ACTIONS], not wrong, to_do)


def _wanting(what: str, actions: Iterable[Action]) -> list[str]:
    number = sum(1 for _ in actions)
    return [f"{_count(number, 'action')} without {what}"] if number else []


def _in_date(said: Written) -> Question:
    late = said.late()
    to_do = f"Say what came of {_count(len(late), 'action')} whose date has passed, or move the date." if late else ""
    return Question(Key.IN_DATE, WORDS[Key.IN_DATE], not late, to_do)


def _reviewed(said: Written) -> Question:
    words = WORDS[Key.REVIEWED]
    due = said.plan.review_due_on
    if due is None:
        return Question(Key.REVIEWED, words, False, "Say when it is next reviewed.")
    if due < said.today and said.plan.status != PlanStatus.CLOSED:
        return Question(Key.REVIEWED, words, False, "Review it: the day for that has passed.")
    return Question(Key.REVIEWED, words, True, "")


def _partners(said: Written) -> Question:
    to_do = "" if said.consulted else "Ask the partners who can help, and record whom you asked and when."
    return Question(Key.PARTNERS, WORDS[Key.PARTNERS], bool(said.consulted), to_do)


def _evidence(said: Written) -> Question:
    is_used = bool(said.profiles or said.plan.intelligence.strip())
    to_do = "" if is_used else "Name the SOC local profile or the intelligence on which it rests."
    return Question(Key.EVIDENCE, WORDS[Key.EVIDENCE], is_used, to_do)


def _tailored(said: Written) -> Question:
    words = WORDS[Key.TAILORED]
    if said.actions and said.shared is None:
        return Question(Key.TAILORED, words, None, "Its wording is being compared with that of other plans.")
    if said.shared is None or not said.compared:
        return Question(Key.TAILORED, words, None, "It has no action yet that could be compared with other plans.")
    if is_tailored(said.shared, said.compared):
        return Question(Key.TAILORED, words, True, "")
    told = f"{said.shared:,} of {said.compared:,} actions also stand, nearly word for word, in other plans"
    return Question(Key.TAILORED, words, False, f"{told}: rewrite them for this threat.")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _listed(items: Iterable[Any]) -> str:
    *most, last = map(str, items)
    return f"{', '.join(most)} and {last}" if most else last


ANSWERS = {True: ("Yes", "green"), False: ("No", "red"), None: ("Not known yet", "grey")}


def answers(questions: Iterable[Question]) -> list[tuple[Question, str, str]]:
    """Each question with its answer and the colour of that."""
    return [(question, *ANSWERS[question.answered]) for question in questions]

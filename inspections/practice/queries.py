"""Practices that others may learn from, problems that bodies have, and which of these are on the same topics."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localdate

from forces.models import Organisation
from inspections.findings.models import Finding, Topic
from inspections.practice.models import Uptake
from inspections.queries import User
from inspections.repeats.choices import RevisitOutcome
from inspections.repeats.models import Revisit
from inspections.repeats.queries import AGAINST
from inspections.requirements.models import Requirement
from soc_tracker.core.access.roles import Role, has_role, is_administrator

ENOUGH = 2
"""Topics that a practice and a problem share, or all of the practice's where it has fewer."""


def list_practices(user: User) -> QuerySet[Finding]:
    """What reports set apart for others to learn from, the newest first, each with its topics."""
    rows = Finding.objects.visible_to(user).filter(kind__is_practice=True, topics__isnull=False).distinct()
    return rows.with_bodies().prefetch_related("topics").order_by("-inspection__programme__year", "order", "pk")


def list_problems(user: User) -> list[Finding]:
    """Findings about bodies that may still ask for something: of the newest inspection of each body that speaks of it,
    and older ones that must be followed up.
    """
    closed = Requirement.objects.filter(finding=OuterRef("pk"), recommendation__isnull=True, status__is_open=False)
    revisits = Revisit.objects.visible_to(user)
    resolved = revisits.filter(finding=OuterRef("pk"), outcome=RevisitOutcome.RESOLVED)
    rows = (
        Finding.objects.visible_to(user)
        .filter(~Exists(resolved), ~Exists(closed), tone__in=AGAINST, organisation__isnull=False)
        .select_related("inspection__programme")
        .prefetch_related("topics")
        .order_by("-inspection__programme__year", "kind__order", "order", "pk")
    )
    newest: dict[int | None, int] = {}
    problems = []
    for row in rows:
        year = row.inspection.programme.year
        if newest.setdefault(row.organisation_id, year) == year or row.kind.must_be_followed_up:
            problems.append(row)
    return problems


@dataclass(frozen=True)
class Match:
    """A practice, the problems of a body that are on its topics, and the topics that they share."""

    practice: Finding
    body: int
    problems: Sequence[Finding]
    topics: Sequence[Topic]


def match(practices: Iterable[Finding], problems: Iterable[Finding]) -> list[Match]:
    """Which practices may help which bodies; nobody learns from itself."""
    practices, matches = list(practices), list[Match]()
    by_body: dict[int, list[Finding]] = {}
    for problem in problems:
        if problem.organisation_id:
            by_body.setdefault(problem.organisation_id, []).append(problem)
    for practice, (body, of_body) in product(practices, by_body.items()):
        topics = list(practice.topics.all())
        shared = {problem: {*topics} & {*problem.topics.all()} for problem in of_body}
        fitting = [problem for problem, both in shared.items() if both and len(both) >= min(ENOUGH, len(topics))]
        if fitting and body != practice.organisation_id:
            of_all = set().union(*(shared[problem] for problem in fitting))
            best_first = sorted(fitting, key=lambda problem: -len(shared[problem]))
            matches.append(Match(practice, body, best_first, [topic for topic in topics if topic in of_all]))
    return matches


def latest_uptakes(user: User) -> dict[tuple[int, int], Uptake]:
    """Where each practice and body stand with each other: the last step, by their keys."""
    steps = Uptake.objects.visible_to(user).select_related("organisation", "by").order_by("on", "pk")
    return {(step.practice_id, step.organisation_id): step for step in steps}


def list_own_bodies(user: User) -> QuerySet[Organisation]:
    """The bodies that a user acts for: those that a reach of theirs names, as officers and analysts have it. For an
    administrator, every body.
    """
    bodies = Organisation.objects.visible_to(user).valid_on(localdate()).order_by("name", "pk")
    if is_administrator(user):
        return bodies
    account: Any = user
    if not any(has_role(account, role) for role in (Role.LEAD_RESPONSIBLE_OFFICER, Role.ANALYST)):
        return bodies.none()
    return bodies.filter(pk__in=account.reaches.in_force(localdate()).values("organisation"))

"""Gradings of the question on serious and organised crime, and how they were changed, read from their history."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import F, Window
from django.db.models.functions import Lag

from forces.models import Organisation
from inspections.gradings.models import Grading, GradingQuerySet
from soc_tracker.core.records.history import BY_FILE
from soc_tracker.core.records.states import name_of

User = AbstractBaseUser | AnonymousUser
MOST = 500
NEWEST_FIRST = (
    F("inspection__programme__year").desc(),
    F("inspection__published_on").desc(nulls_last=True),
    F("question__order").asc(),
    F("pk").desc(),
)


def gradings_newest_first(user: User) -> GradingQuerySet:
    """All gradings that the user may see, those of the newest programme first."""
    return Grading.objects.visible_to(user).for_list().order_by(*NEWEST_FIRST)


def latest_by_organisation(gradings: Iterable[Grading]) -> dict[int, Grading]:
    """The first grading of each organisation, by the organisation's primary key."""
    latest: dict[int, Grading] = {}
    for grading in gradings:
        latest.setdefault(grading.organisation_id, grading)
    return latest


def list_gradings(user: User, bodies: Collection[Organisation]) -> tuple[Grading, ...]:
    """What graded the bodies on serious and organised crime, the newest first. One query."""
    return tuple(gradings_newest_first(user).about_soc().filter(organisation__in=bodies)[:MOST])


CHANGES = 20


@dataclass(frozen=True)
class GradeChange:
    """One change of a grade: what it was, what it became, when, by whom and why."""

    grading: int
    when: datetime
    who: str
    reason: str
    before: str
    after: str


def grade_changes(user: User, organisation: Organisation) -> tuple[GradeChange, ...]:
    """The newest changes of grade of gradings that the user may see, in one query."""
    earlier = Window(Lag("grade"), partition_by=[F("id")], order_by=[F("version"), F("history_id")])
    rows = (
        Grading.history.filter(id__in=Grading.objects.visible_to(user).filter(organisation=organisation).values("pk"))
        .annotate(before=earlier)
        .filter(before__isnull=False)
        .exclude(before=F("grade"))
        .select_related("history_user")
        .order_by("-history_date", "-history_id")
    )
    return tuple(
        GradeChange(
            grading=row.id,
            when=row.history_date,
            who=name_of(row.history_user) if row.history_user else BY_FILE,
            reason=row.history_change_reason or "",
            before=row.before,
            after=row.grade,
        )
        for row in rows[:CHANGES]
    )

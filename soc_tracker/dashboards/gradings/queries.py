"""Gradings of the question on serious and organised crime, and how they were changed, read from their history."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Case, F, Value, When, Window
from django.db.models.functions import Coalesce, ExtractYear, Lag

from forces.models import Organisation
from inspections.gradings.models import Grading, GradingQuerySet
from inspections.vocabularies.models import Grade
from soc_tracker.core.records.history import BY_FILE
from soc_tracker.core.records.states import name_of
from soc_tracker.dashboards.published.queries import Held

User = AbstractBaseUser | AnonymousUser
MOST = 500
NEWEST_FIRST = (
    Coalesce(ExtractYear("inspection__published_on"), F("inspection__programme__year")).desc(),
    F("inspection__published_on").desc(nulls_last=True),
    F("inspection__programme__year").desc(),
    F("question__order").asc(),
    F("pk").desc(),
)
"""By the day of publication; where none is stated, by the year in which the programme began."""
GRADES_FIRST = (Case(When(grade__is_judgement=True, then=Value(0)), default=Value(1)).asc(), *NEWEST_FIRST)
"""What says only why there is no grade, such as "ungraded", comes after every grade."""


def gradings_newest_first(user: User) -> GradingQuerySet:
    """All gradings that the user may see, the latest first, whatever their programme."""
    return Grading.objects.visible_to(user).for_list().order_by(*NEWEST_FIRST)


@dataclass(frozen=True)
class Latest:
    """The latest grade of a body; ``since`` is what was published after it without a grade, such as "ungraded".
    ``held`` says why there is no grading, where there is none.
    """

    grading: Grading | None = None
    since: Grading | None = None
    held: Held = Held.NOT_INSPECTED

    @property
    def label(self) -> str:
        """The word of the grade, else why there is none."""
        return self.grading.grade.label if self.grading else self.held.no_grade

    @property
    def since_in_words(self) -> str:
        """As in "Ungraded in PEEL 2023, May 2024"; "" where nothing was."""
        if self.since is None:
            return ""
        inspection = self.since.inspection
        return f"{self.since.grade} in {inspection.programme.name}, {inspection.published}"


def latest_of(gradings: Iterable[Grading]) -> Latest:
    """Of gradings of one body, the latest first; where none of them is a grade, the latest of them."""
    rows = list(gradings)
    newest = next(iter(rows), None)
    grade = next((row for row in rows if row.grade.is_judgement), newest)
    return Latest(grade, None if newest is grade else newest)


def latest_by_organisation(gradings: Iterable[Grading]) -> dict[int, Latest]:
    """The latest grade of each organisation, by the organisation's primary key; ``gradings`` come the latest first."""
    by_organisation: dict[int, list[Grading]] = {}
    for grading in gradings:
        by_organisation.setdefault(grading.organisation_id, []).append(grading)
    return {organisation: latest_of(rows) for organisation, rows in by_organisation.items()}


def list_gradings(user: User, bodies: Collection[Organisation]) -> tuple[Grading, ...]:
    """What graded the bodies on serious and organised crime, the latest first. One query."""
    return tuple(gradings_newest_first(user).about_soc().filter(organisation__in=bodies)[:MOST])


CHANGES = 20


@dataclass(frozen=True)
class GradeChange:
    """One change of a grade: what it was, what it became, when, by whom and why."""

    grading: int
    when: datetime
    who: str
    reason: str
    before: Grade
    after: Grade


def grade_changes(user: User, organisation: Organisation) -> tuple[GradeChange, ...]:
    """The newest changes of grade of gradings that the user may see, since they were published; in one query."""
    earlier = Window(Lag("grade"), partition_by=[F("id")], order_by=[F("version"), F("history_id")])
    rows = (
        Grading.history.filter(id__in=Grading.objects.visible_to(user).filter(organisation=organisation).values("pk"))
        .annotate(before=earlier, out_at=F("inspection__out_at"))
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
            before=Grade.named(row.before),
            after=Grade.named(row.grade_id),
        )
        for row in [row for row in rows if not row.out_at or row.history_date >= row.out_at][:CHANGES]
    )

"""What must change, read as histories: its report's day, its steps, and the dates by which it was due.

Where only a month or a year of a day is known, the first day of it counts, and of a due date the last. A step without
a day counts on that of its document, else on the day on which it was entered here.
"""

import calendar
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import BigIntegerField, DateField, Exists, F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, TruncDate, TruncMonth, TruncYear
from django.urls import reverse
from django.utils.timezone import make_aware

from inspections.choices import DuePrecision
from inspections.recommendations.models import FollowedQuerySet
from inspections.requirements.models import DeadlineMove, Requirement, Step
from inspections.vocabularies.models import RequirementStatus, nothing_later
from soc_tracker.core.lists.paging import Bounded, bounded
from soc_tracker.core.stats.frames import quarter_of
from soc_tracker.core.stats.histories import SOON, Deadline, History, Line, Moved, Movement
from soc_tracker.core.text.days import Period, in_words, month_after, span

LIST = "inspections:requirement_list"
NAMES_OF_REQUIREMENT = ("recommendation__addressed_to", "finding__kind", "organisation", "region")
"""What its words are taken from."""


@dataclass(frozen=True)
class Stood:
    """From ``day`` on, which is known as precisely as ``words`` say, it stood at the status with this slug."""

    day: date
    words: str
    status: str


@dataclass(frozen=True)
class Followed:
    """A requirement with its history. ``stood`` are its steps, ``moves`` those of its date, in order of time."""

    requirement: Requirement
    history: History
    stood: tuple[Stood, ...]
    moves: tuple[DeadlineMove, ...]

    def status_on(self, day: date) -> RequirementStatus:
        """Where it stood at the end of the day; nothing was known of it before its first step."""
        slug = next((each.status for each in reversed(self.stood) if each.day <= day), nothing_later())
        return next(word for word in RequirementStatus.rows() if word.slug == slug)

    def in_words(self, moved: Moved) -> str:
        """The day of a movement, with no more than is known."""
        if moved.movement == Movement.MADE:
            return str(self.requirement.inspection.published)
        return next(
            (each.words for each in self.stood if each.day == moved.on), str(self.requirement.inspection.published)
        )

    def due_on(self, day: date) -> str:
        """By when it was due, as at the day, in words."""
        place = len(self.history.dues(day)) - 1
        return self.moves[place - 1].new if place else self.first_due

    @property
    def first_due(self) -> str:
        """The date that it was made with, in words."""
        return self.moves[0].old if self.moves and not self.moves[0].old_on else self.requirement.first_due


@dataclass(frozen=True)
class Following:
    """What is followed, in the order of keys; ``undated`` are as many again, whose report has no day."""

    rows: list[Followed]
    undated: int


def read_following(requirements: FollowedQuerySet) -> Following:
    """Three queries."""
    words = {word.slug: word for word in RequirementStatus.rows()}
    stood = defaultdict(list)
    steps = Step.objects.standing().filter(requirement__in=requirements.values("pk"))
    for step in with_days(steps):
        known = in_words(step.on, step.on_precision) if step.on else in_words(step.since)
        stood[step.requirement_id].append(Stood(step.since, known, step.status_id))
    moves = defaultdict(list)
    for move in DeadlineMove.objects.filter(requirement__in=requirements.values("pk")).order_by("on", "pk"):
        moves[move.requirement_id].append(move)
    followed = []
    rows: Any = requirements.for_list().select_related("finding__repeats__inspection__programme").order_by("pk")
    every = list(rows)
    for row in every:
        if row.inspection.published_on is None:
            continue
        made, moved = row.inspection.published_on, moves[row.pk]
        for move in moved:
            move.requirement = row
        lines = (Line(each.day, words[each.status].is_open, words[each.status].is_done) for each in stood[row.pk])
        first = None if moved and moved[0].old_on is None else row.first_due_on  # a date that was set later is no first
        deadlines = [Deadline(made, span(first, row.first_due_precision).last if first else None)]
        deadlines += [Deadline(move.on, span(move.new_on, move.new_precision).last) for move in moved]
        history = History(row.pk, made, tuple(lines), tuple(deadlines))
        followed.append(Followed(row, history, tuple(stood[row.pk]), tuple(moved)))
    return Following(followed, len(every) - len(followed))


def with_days(steps: Any) -> Any:
    """In the order in which they hold, each with ``since``, the day from which it counts, and its place ``in_turn``
    among those of one day.
    """
    entered = (
        Step.history.model.objects.filter(id=OuterRef("pk")).order_by().values("id").annotate(on=Min("history_date"))
    )
    day = Coalesce("on", "source__published_on", TruncDate(Subquery(entered.values("on"))), output_field=DateField())
    return steps.annotate(since=day, in_turn=Coalesce("place", "pk", output_field=BigIntegerField())).order_by(
        "since", "in_turn", "pk"
    )


def with_closing(requirements: FollowedQuerySet) -> FollowedQuerySet:
    """Each with ``closed_on``, the day of the closing that stands now; None while it is open.

    That is the day of the first step by which it was closed after the last by which it was open.
    """
    steps = with_days(Step.objects.standing())
    later = Q(since__gt=OuterRef("since")) | Q(since=OuterRef("since"), in_turn__gt=OuterRef("in_turn"))
    open_later = steps.filter(later, requirement=OuterRef("requirement"), status__is_open=True).order_by()
    closings = steps.filter(~Exists(open_later), requirement=OuterRef("pk"), status__is_open=False)
    return requirements.annotate(closed_on=Subquery(closings.values("since")[:1]))


def so_timely(requirements: FollowedQuerySet, value: str, today: date) -> FollowedQuerySet:
    """Those that stand so, by the rule of ``timeliness``, against the present date; ``overdue_first`` against the
    first, and ``moved`` where the two differ.
    """
    is_open, soon = requirements.not_closed(), today + timedelta(days=SOON + 1)
    not_closed = {
        "open": is_open,
        "overdue": is_open.due_before(today),
        "overdue_first": is_open.due_before(today, "first_due"),
        "to_come": is_open.due_from(today),
        "due_soon": is_open.due_from(today).due_before(soon),
        "not_yet_due": is_open.due_from(soon),
        "no_date": is_open.filter(due_on__isnull=True),
    }
    if value in not_closed:
        return not_closed[value]
    if value == "moved":
        as_first = {"first_due_on": F("due_on"), "first_due_precision": F("due_precision")}
        return requirements.filter(moves__isnull=False).exclude(**as_first).distinct()
    late = (
        Q(due_precision=DuePrecision.DAY, due_on__lt=F("closed_on"))
        | Q(due_precision=DuePrecision.MONTH, due_on__lt=TruncMonth("closed_on"))
        | Q(due_precision=DuePrecision.YEAR, due_on__lt=TruncYear("closed_on"))
    )
    closed = with_closing(requirements).filter(status__is_open=False, due_on__isnull=False)
    return closed.filter(late) if value == "closed_late" else closed.exclude(late)


def list_url(timeliness: str = "open", **where: str | Sequence[str]) -> str:
    """The list of what stands so, "open", "overdue" or "no_date", of the bodies, regions or inspections by slug."""
    return f"{reverse(LIST)}?{urlencode({**where, 'timeliness': timeliness}, doseq=True)}"


@dataclass(frozen=True)
class Quarter:
    """A quarter of a calendar year; ``name`` is as in addresses, such as "2025-Q4"."""

    name: str
    period: Period

    @property
    def words(self) -> str:
        """January to March 2025."""
        first, last = self.period.first, self.period.last
        return f"{calendar.month_name[first.month]} to {calendar.month_name[last.month]} {last.year}"


def list_quarters(today: date, number: int) -> list[Quarter]:
    """So many that are over, the newest first."""
    starts = [month_after(quarter_of(today), -3 * back) for back in range(1, number + 1)]
    return [
        Quarter(f"{first.year}-Q{first.month // 3 + 1}", Period(first, month_after(first, 3) - timedelta(days=1)))
        for first in starts
    ]


def list_own(user: Any, today: date) -> FollowedQuerySet:
    """What a user answers for: as the inspector responsible, or for a body that a reach of theirs names."""
    bodies = user.reaches.in_force(today).values("organisation")
    own = Q(inspector=user.pk) | Q(organisation__isnull=False, organisation__in=bodies)
    rows: FollowedQuerySet = Requirement.objects.visible_to(user).filter(own)
    return rows


@dataclass(frozen=True)
class OwnDue:
    """Of what a user answers for: what is overdue, and what is due within some days, the earliest first."""

    overdue: Bounded[Any]
    due: Bounded[Any]


def get_own_due(user: Any, today: date, *, days: int, rows: int) -> OwnDue:
    """At most so many rows of each. Two queries."""
    is_open = list_own(user, today).not_closed().for_list().order_by("due_on", "pk")
    near = is_open.due_from(today).due_before(today + timedelta(days=days + 1))
    return OwnDue(bounded(is_open.due_before(today), rows), bounded(near, rows))


def list_own_changes(user: Any, since: date, today: date, most: int) -> list[Step | DeadlineMove]:
    """Steps that others have taken, and dates that they have moved, on what a user answers for, the newest first."""
    changes: list[Any] = []
    own, start = list_own(user, today), make_aware(datetime.combine(since, time.min))
    for model in (Step, DeadlineMove):
        entered = model.history.filter(history_type="+", history_date__gte=start).exclude(history_user=user.pk)
        rows = model.objects.filter(requirement__in=own.values("pk"), pk__in=entered.values("id")).order_by("-pk")
        changes += rows.select_related(*(f"requirement__{name}" for name in NAMES_OF_REQUIREMENT))[:most]
    return sorted(changes, key=lambda change: change.on or date.min, reverse=True)[:most]

"""On which rung each body stands, and what led there: rungs and grades over time."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery

from forces.choices import OrganisationKind
from forces.models import Membership, Organisation
from inspections.escalation.models import MonitoringPeriod
from inspections.gradings.models import Grading
from inspections.vocabularies.models import MonitoringStage

User = AbstractBaseUser | AnonymousUser
MOST_GRADINGS = 50


def with_rungs(user: User, today: date) -> QuerySet[Organisation]:
    """Every body with what the user may know of its rungs.

    Each has its ``periods``, the newest first; ``rung`` and ``rung_order`` are of the one that goes on, None where none
    is known; ``known`` of how many rungs something is; ``region_name``.
    """
    periods = MonitoringPeriod.objects.visible_to(user).for_list()
    present = periods.filter(organisation=OuterRef("pk"), started_on__lte=today, ended_on__isnull=True)
    present = present.order_by("-started_on", "-pk")
    places = Membership.objects.valid_on(today).filter(organisation=OuterRef("pk")).order_by("region__name")
    bodies = Organisation.objects.visible_to(user).annotate(
        rung=Subquery(present.values("stage")[:1]),
        rung_order=Subquery(present.values("stage__order")[:1]),
        rung_since=Subquery(present.values("started_on")[:1]),
        known=Count("monitoring", filter=Q(monitoring__in=periods.order_by().values("pk"))),
        region_name=Subquery(places.values("region__name")[:1]),
    )
    in_order = Prefetch("monitoring", periods.order_by("-started_on", "-pk"), to_attr="periods")
    return bodies.prefetch_related(in_order)


def list_on_rungs(user: User, today: date) -> QuerySet[Organisation]:
    """The forces and units of today, and whatever else stands or stood on a rung: see ``with_rungs``."""
    known = MonitoringPeriod.objects.visible_to(user).values("organisation")
    of_today = Organisation.objects.valid_on(today).filter(kind__in=(OrganisationKind.FORCE, OrganisationKind.ROCU))
    return with_rungs(user, today).filter(Q(pk__in=known) | Q(pk__in=of_today.values("pk")))


def standing(body: Any) -> MonitoringPeriod | None:
    """The period that goes on, of a body of ``with_rungs``."""
    return next((period for period in body.periods if period.ended_on is None), None)


def next_rung(period: MonitoringPeriod | None) -> tuple[MonitoringStage | None, date | None]:
    """The rung above, and from which day on it may follow: None where the ladder sets no days, or no day is known."""
    ladder = MonitoringStage.rows()
    place = ladder.index(period.stage) if period else 0
    above = ladder[place + 1] if place + 1 < len(ladder) else None
    days = period.stage.delay if period else None
    if period is None or days is None or period.started_precision != "day":
        return above, None
    return above, period.started_on + timedelta(days=days)


@dataclass(frozen=True)
class Event:
    """Something that happened to a body: it came to a rung, left one, or was graded."""

    day: date
    when: str
    title: str
    text: str
    url: str
    kind_of_data: str


def list_events(user: User, body: Any) -> list[Event]:
    """Rungs and grades on serious and organised crime, the newest first; a grade whose day is not known stands at the
    beginning of the year of its programme.
    """
    gradings = Grading.objects.visible_to(user).filter(organisation=body).about_soc().for_list()
    gradings = gradings.order_by("-inspection__programme__year", "-inspection__published_on", "pk")
    events = []
    for period in body.periods:
        skipped = f" Rungs passed over: {period.skipped}" if period.skipped else ""
        kind = period.kind_of_data
        title = f"{period.stage.label} begins"
        events.append(Event(period.started_on, period.started, title, f"{period.reason}{skipped}", "", kind))
        goes_on = any(other.started_on == period.ended_on and other != period for other in body.periods)
        if period.ended_on and not goes_on:
            events.append(Event(period.ended_on, period.ended, f"{period.stage.label} ends", "", "", kind))
    for grading in gradings[:MOST_GRADINGS]:
        inspection = grading.inspection
        day = inspection.published_on or date(inspection.programme.year, 1, 1)
        title = f"Graded {grading.grade.label.lower()}, {inspection.programme}"
        events.append(Event(day, inspection.published, title, "", grading.get_absolute_url(), "published"))
    return sorted(events, key=lambda event: event.day, reverse=True)

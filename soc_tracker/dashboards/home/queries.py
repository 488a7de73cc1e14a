"""What the home pages read, role by role."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F
from django.urls import reverse

from disruptions.extracts.models import Extract, Upload
from disruptions.saved_views.models import SavedView
from inspections.following.queries import list_url
from inspections.programmes.models import Inspection
from inspections.recommendations.models import FollowedQuerySet
from inspections.requirements.models import Requirement, Step
from inspections.responses.models import Response
from inspections.responses.queries import list_spoken_for
from inspections.work.queries import list_to_check
from plans4p.due.queries import InShort, get_in_short
from plans4p.plans.models import Plan
from soc_tracker.core.lists.paging import Bounded, bounded
from soc_tracker.dashboards.bodies.queries import User

NEWS = 5
DUE = 5
MOST = 5
PLANS = 10


@dataclass(frozen=True)
class Due:
    """What must change and is not closed, as at a day, by what is known of its date."""

    overdue: Bounded[Requirement]
    coming: Bounded[Requirement]
    undated: Bounded[Requirement]


def list_latest_inspections(user: User) -> tuple[Inspection, ...]:
    """What was published last; inspections without a date of publication are left out."""
    published = Inspection.objects.visible_to(user).for_list().filter(published_on__isnull=False)
    return tuple(published.order_by(F("published_on").desc(nulls_last=True), "title", "pk")[:NEWS])


def get_due(user: User, today: date) -> Due:
    """What is overdue, comes next, or cannot be placed because its year or date is not stated."""
    is_open = Requirement.objects.visible_to(user).not_closed()

    def soonest(rows: FollowedQuerySet, url: str = "") -> Bounded[Requirement]:
        """Those that give a day and month before those that give no date at all."""
        order = ("due_on", "-due_precision", "finding_id", "number", "pk")
        return bounded(rows.for_list().order_by(*order), DUE, url)

    return Due(
        soonest(is_open.due_before(today), list_url("overdue")),
        soonest(is_open.due_from(today), list_url("to_come")),
        soonest(is_open.filter(due_on__isnull=True), list_url("no_date")),
    )


@dataclass(frozen=True)
class Waiting:
    """What inspectors ask of a body: to check the facts of a report, or to respond to one by a day."""

    what: str
    url: str


@dataclass(frozen=True)
class OfficerHome:
    """How actions and reviews stand ``in_short``, None where the user is no officer on record; the open plans that
    the user owns or is a deputy for, the next review first; and what waits of the bodies that they act for.
    """

    in_short: InShort | None
    plans: Bounded[Plan]
    waiting: list[Waiting]


def get_officer_home(user: Any, today: date) -> OfficerHome:
    """A response whose time is over is not among what waits."""
    plans = Plan.objects.visible_to(user).open().of_writer(user).select_related("organisation")
    by_review = plans.order_by(F("review_due_on").asc(nulls_last=True), "reference")
    checks = [
        Waiting(
            f"Check the facts before they are published: {inspection}, {body.name}",
            reverse("inspections:check", args=[inspection.slug, body.slug]),
        )
        for inspection, body in list_to_check(user)
    ]
    awaited = Response.objects.visible_to(user).filter(organisation__in=list_spoken_for(user), is_published=False)
    responses = awaited.filter(due_to__gte=today).for_list().order_by("due_to", "pk")
    to_give = [
        Waiting(f"Respond by {row.due}: {row.inspection}, {row.organisation.name}", row.get_absolute_url())
        for row in responses[:MOST]
    ]
    return OfficerHome(
        in_short=get_in_short(user, today),
        plans=bounded(by_review, PLANS, counted=False),
        waiting=checks + to_give,
    )


@dataclass(frozen=True)
class InspectorHome:
    """What is due, what was published last, and the latest steps of what must change."""

    due: Due
    inspections: tuple[Inspection, ...]
    steps: list[Step]


def get_inspector_home(user: User, today: date) -> InspectorHome:
    about = ("requirement__organisation", "requirement__region", "requirement__recommendation", "requirement__finding")
    steps = Step.objects.visible_to(user).standing().select_related(*about)
    return InspectorHome(
        due=get_due(user, today),
        inspections=list_latest_inspections(user),
        steps=list(steps.latest_first()[:NEWS]),
    )


@dataclass(frozen=True)
class AnalystHome:
    """The newest extracts, and files that are neither loaded nor given up; the user's own views, and those that others
    share.
    """

    extracts: list[Extract]
    files: list[Upload]
    views: Bounded[SavedView]


def get_analyst_home(user: User) -> AnalystHome:
    """Three queries."""
    extracts = Extract.objects.visible_to(user).in_force().select_related("loaded_by")
    files = Upload.objects.visible_to(user).under_way().select_related("uploaded_by")
    views = SavedView.objects.visible_to(user).select_related("owner")
    return AnalystHome(
        extracts=list(extracts.order_by("-loaded_at", "-pk")[:MOST]),
        files=list(files.order_by("-uploaded_at", "-pk")[:MOST]),
        views=bounded(views.order_by("name", "pk"), MOST, counted=False),
    )

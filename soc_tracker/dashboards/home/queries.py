"""What the home page reads."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Prefetch

from forces.models import Organisation, Region
from inspections.choices import DuePrecision
from inspections.gradings.models import Grading
from inspections.programmes.models import Inspection, Programme
from inspections.recommendations.models import Recommendation, RecommendationQuerySet
from soc_tracker.dashboards.bodies.queries import (
    First,
    User,
    current_memberships,
    first,
    gradings_newest_first,
    in_order,
    latest_by_organisation,
)

NEWS = 5
DUE = 5


@dataclass(frozen=True)
class Graded:
    """An organisation with its grading; None where there is no data."""

    organisation: Organisation
    grading: Grading | None


@dataclass(frozen=True)
class RegionGrades:
    """A region with its bodies as graded; the region itself has no grade."""

    region: Region
    bodies: tuple[Graded, ...]


@dataclass(frozen=True)
class GradeMap:
    """All regions under one programme. ``elsewhere``: bodies that were graded but are in no region on the day."""

    regions: tuple[RegionGrades, ...]
    elsewhere: tuple[Graded, ...]


@dataclass(frozen=True)
class Due:
    """Recommendations that are not closed, as at a day, by what is known of their date."""

    overdue: First[Recommendation]
    coming: First[Recommendation]
    undated: First[Recommendation]


def programmes(user: User) -> tuple[Programme, ...]:
    """Every programme that the user may see, the newest first."""
    return tuple(Programme.objects.visible_to(user).order_by("-year", "name", "pk"))


def grade_map(user: User, programme: Programme, day: date) -> GradeMap:
    """The regions' bodies on the day, each with its grade on serious and organised crime in the programme."""
    gradings = gradings_newest_first(user).about_soc().filter(question__programme=programme)
    latest = latest_by_organisation(gradings)
    regions = tuple(
        RegionGrades(region, tuple(Graded(body, latest.pop(body.pk, None)) for body in _bodies(region)))
        for region in _regions(user, day)
    )
    elsewhere = tuple(Graded(grading.organisation, grading) for grading in latest.values())
    return GradeMap(regions, tuple(sorted(elsewhere, key=lambda graded: graded.organisation.name)))


def latest_inspections(user: User) -> tuple[Inspection, ...]:
    """What was published last; inspections without a date of publication are left out."""
    published = Inspection.objects.visible_to(user).for_list().filter(published_on__isnull=False)
    return tuple(published.order_by(F("published_on").desc(), "title", "pk")[:NEWS])


def due(user: User, today: date) -> Due:
    """Recommendations that are overdue, come next, or cannot be placed because their year or date is not stated."""
    recommendations = Recommendation.objects.visible_to(user)
    overdue = recommendations.overdue(today)
    coming = recommendations.not_closed().due_from(today)
    undated = recommendations.not_closed().filter(due_precision__in=(DuePrecision.YEAR_NOT_STATED, DuePrecision.NONE))
    return Due(_soonest(overdue), _soonest(coming), _soonest(undated))


def _regions(user: User, day: date) -> list[Region]:
    places = Prefetch("memberships", current_memberships(user, day), to_attr="places")
    return list(Region.objects.visible_to(user).prefetch_related(places).order_by("name", "pk"))


def _bodies(region: Region) -> tuple[Organisation, ...]:
    return in_order(place.organisation for place in region.places)  # type: ignore[attr-defined]


def _soonest(recommendations: RecommendationQuerySet) -> First[Recommendation]:
    """Those that give a day and month before those that give no date at all."""
    return first(recommendations.for_list().order_by("due_on", "-due_precision", "finding_id", "number", "pk"), DUE)

"""What the directory reads: every region with its bodies as one programme graded them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from forces.models import Organisation, Region
from inspections.gradings.models import Grading
from inspections.programmes.models import Programme
from soc_tracker.dashboards.bodies.queries import User, current_memberships, in_order
from soc_tracker.dashboards.gradings.queries import gradings_newest_first, latest_by_organisation


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


def list_programmes(user: User) -> tuple[Programme, ...]:
    """Every programme that the user may see, the newest first."""
    return tuple(Programme.objects.visible_to(user).order_by("-year", "name", "pk"))


def get_grade_map(user: User, programme: Programme, day: date) -> GradeMap:
    """The regions' bodies on the day, each with its grade on serious and organised crime in the programme."""
    gradings = gradings_newest_first(user).about_soc().filter(question__programme=programme)
    latest = latest_by_organisation(gradings)
    places = Prefetch("memberships", current_memberships(user, day), to_attr="places")
    regions = tuple(
        RegionGrades(
            region,
            tuple(
                Graded(body, latest.pop(body.pk, None))
                for body in in_order(place.organisation for place in region.places)
            ),
        )
        for region in Region.objects.visible_to(user).prefetch_related(places).order_by("name", "pk")
    )
    elsewhere = tuple(Graded(grading.organisation, grading) for grading in latest.values())
    return GradeMap(regions, tuple(sorted(elsewhere, key=lambda graded: graded.organisation.name)))

"""What the directory reads: every region with its bodies and their latest grades."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from forces.models import Organisation, Region
from inspections.programmes.models import Programme
from soc_tracker.dashboards.bodies.queries import User, current_memberships, in_order
from soc_tracker.dashboards.gradings.queries import Latest, gradings_newest_first, latest_by_organisation
from soc_tracker.dashboards.published.queries import get_coverage


@dataclass(frozen=True)
class Graded:
    """An organisation with its latest grade, or with the reason why none is held."""

    organisation: Organisation
    latest: Latest


@dataclass(frozen=True)
class RegionGrades:
    """A region with its bodies as graded; the region itself has no grade."""

    region: Region
    bodies: tuple[Graded, ...]


@dataclass(frozen=True)
class GradeMap:
    """All regions. ``elsewhere``: bodies that were graded but are in no region on the day."""

    regions: tuple[RegionGrades, ...]
    elsewhere: tuple[Graded, ...]


def get_grade_map(user: User, programme: Programme | None, day: date) -> GradeMap:
    """The regions' bodies on the day, each with its latest grade on serious and organised crime: of the programme,
    where one is given.
    """
    gradings = gradings_newest_first(user).about_soc()
    latest = latest_by_organisation(gradings.filter(question__programme=programme) if programme else gradings)
    places = Prefetch("memberships", current_memberships(user, day), to_attr="places")
    regions = tuple(Region.objects.visible_to(user).prefetch_related(places).order_by("name", "pk"))
    bodies = {region: in_order(place.organisation for place in region.places) for region in regions}
    ungraded = [body for each in bodies.values() for body in each if body.pk not in latest]
    held = get_coverage(user, ungraded, programme=programme) if ungraded else {}
    latest |= {body.pk: Latest(held=held[body.pk]) for body in ungraded}
    in_regions = tuple(
        RegionGrades(region, tuple(Graded(body, latest.pop(body.pk)) for body in bodies[region])) for region in regions
    )
    elsewhere = (Graded(each.grading.organisation, each) for each in latest.values() if each.grading)
    return GradeMap(in_regions, tuple(sorted(elsewhere, key=lambda graded: graded.organisation.name)))

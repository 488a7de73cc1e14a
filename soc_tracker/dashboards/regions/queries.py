"""A region with its bodies on a day, and what was published of it beside what was published of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import F, Q

from forces.models import Membership, Organisation, Region
from forces.queries import until
from inspections.figures.models import PublishedFigure
from inspections.findings.models import Finding
from inspections.programmes.models import Inspection
from soc_tracker.dashboards.bodies.queries import User, in_order

REGION_FINDINGS, INSPECTIONS, FIGURES = 30, 30, 400
DAY = timedelta(days=1)


@dataclass(frozen=True)
class RegionHead:
    """What stands at the top of every page of a region.

    ``bodies`` are those of today; ``former`` were in it once, and are named with their last day there.
    """

    region: Region
    today: date
    places: tuple[Membership, ...]

    @cached_property
    def bodies(self) -> tuple[Organisation, ...]:
        return self.bodies_in(self.today, self.today)

    @cached_property
    def former(self) -> tuple[Organisation, ...]:
        past = [place for place in self.places if place.organisation not in self.bodies]
        return in_order(until(each.organisation, last + DAY) for each in past if (last := _last(each)) < self.today)

    def bodies_in(self, first: date, last: date) -> tuple[Organisation, ...]:
        """Those that were in it on the last day, and those that ended between the days while they were in it."""
        return in_order(
            place.organisation
            for place in self.places
            if max(place.valid_from or first, place.organisation.valid_from or first) <= last
            and (_last(place) >= last or (place.organisation.valid_to == _last(place) and _last(place) >= first))
        )


def _last(place: Membership) -> date:
    """The last day on which the body was in the region, as far as it is known."""
    return min(place.valid_to or date.max, place.organisation.valid_to or date.max)


def get_region_head(user: User, slug: str, today: date) -> RegionHead:
    """The region and its bodies over time. Raises Region.DoesNotExist. Two queries."""
    return head_of(user, Region.objects.visible_to(user).get(slug=slug), today)


def head_of(user: User, region: Region, today: date) -> RegionHead:
    """One query."""
    places = Membership.objects.visible_to(user).filter(region=region).select_related("organisation")
    return RegionHead(region, today, tuple(places.order_by("organisation__name", "pk")))


def list_region_figures(
    user: User, region: Region, bodies: Collection[Organisation] = ()
) -> tuple[PublishedFigure, ...]:
    """Figures about the region, and about the bodies where they are given, in the order of their measures."""
    figures = PublishedFigure.objects.visible_to(user).for_list().filter(_about(region, bodies))
    return tuple(figures.by_measure()[:FIGURES])


def list_region_findings(user: User, region: Region, programme: str) -> tuple[Finding, ...]:
    """What a programme, by its slug, found of the region as a whole, in the order of its report."""
    findings = Finding.objects.visible_to(user).filter(region=region, inspection__programme__slug=programme)
    return tuple(findings.for_list().order_by("order", "pk")[:REGION_FINDINGS])


def list_inspections(user: User, region: Region, bodies: Collection[Organisation]) -> tuple[Inspection, ...]:
    """Those of the region or of one of its bodies, and any other that has a finding about one of them."""
    about = _about(region, bodies)
    findings = Finding.objects.visible_to(user).filter(about)
    inspections = Inspection.objects.visible_to(user).for_list()
    newest_first = ("-programme__year", F("published_on").desc(nulls_last=True), "title", "pk")
    return tuple(
        inspections.filter(about | Q(pk__in=findings.values("inspection"))).order_by(*newest_first)[:INSPECTIONS]
    )


def _about(region: Region, bodies: Collection[Organisation]) -> Q:
    return Q(region=region) | Q(organisation__in=[body.pk for body in bodies])

"""A region with its bodies on a day, and what was published of it beside what was published of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from forces.models import Organisation, Region
from inspections.figures.models import PublishedFigure
from inspections.findings.models import Finding
from inspections.programmes.models import Inspection
from soc_tracker.dashboards.bodies.queries import User, members

REGION_FINDINGS, INSPECTIONS, FIGURES = 30, 30, 400


@dataclass(frozen=True)
class RegionHead:
    """What stands at the top of every page of a region."""

    region: Region
    bodies: tuple[Organisation, ...]
    today: date


def get_region_head(user: User, slug: str, today: date) -> RegionHead:
    """The region and its bodies on the day. Raises Region.DoesNotExist. Two queries."""
    region = Region.objects.visible_to(user).get(slug=slug)
    return RegionHead(region, members(user, region, today), today)


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

"""Searching regions, organisations, findings, figures and inspections for words.

Each kind is searched with the words filter of its own list, so that the link
to the list shows exactly the rest of what was found.
"""

from dataclasses import dataclass

from django.db.models import F, QuerySet

from forces.filters import BodyFilter, RegionFilter
from forces.models import Organisation, Region
from inspections.filters import FigureFilter, FindingFilter, InspectionFilter
from inspections.models import Finding, Inspection, PublishedFigure
from soc_tracker.dashboards.selectors.bodies import User
from soc_tracker.dashboards.selectors.bounds import First, first
from soc_tracker.lib.filters import StrictFilterSet

MOST = 20


@dataclass(frozen=True)
class Results:
    """What was found, kind by kind."""

    regions: First[Region]
    organisations: First[Organisation]
    findings: First[Finding]
    figures: First[PublishedFigure]
    inspections: First[Inspection]


def search(user: User, text: str) -> Results:
    """Rows that the user may see and in which every word of the text occurs, without regard to case."""
    regions = _holding(text, RegionFilter, Region.objects.visible_to(user))
    organisations = _holding(text, BodyFilter, Organisation.objects.visible_to(user))
    findings = _holding(text, FindingFilter, Finding.objects.visible_to(user))
    figures = _holding(text, FigureFilter, PublishedFigure.objects.visible_to(user).for_list())
    inspections = _holding(text, InspectionFilter, Inspection.objects.visible_to(user).for_list())
    return Results(
        regions=first(regions.order_by("name", "pk"), MOST),
        organisations=first(organisations.order_by("name", "pk"), MOST),
        findings=first(_newest_first(findings), MOST),
        figures=first(figures.order_by("measure__order", "measure__name", "slug", "pk"), MOST),
        inspections=first(inspections.order_by(F("published_on").desc(nulls_last=True), "title", "pk"), MOST),
    )


def _holding(text: str, filterset: type[StrictFilterSet], rows: QuerySet) -> QuerySet:
    found: QuerySet = filterset.base_filters["q"].filter(rows, text)
    return found


def _newest_first(findings: QuerySet[Finding]) -> QuerySet[Finding]:
    in_order = (F("inspection__programme__year").desc(), "inspection_id", "order", "pk")
    return findings.select_related("inspection__programme", "organisation", "region").order_by(*in_order)

"""What the page of a region reads."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q

from forces.models import Organisation, Region
from inspections.figures.models import PublishedFigure
from inspections.findings.models import Finding, FindingQuerySet
from inspections.gradings.models import Grading
from inspections.programmes.models import Inspection, Programme
from soc_tracker.dashboards.bodies.queries import User, gradings_newest_first, members

GRADINGS = 200
REGION_FINDINGS = 30
INSPECTIONS = 30
FIGURES = 400


@dataclass(frozen=True)
class TopicCount:
    """How many findings of one tone on one topic speak of one body; ``organisation`` is None for the region itself."""

    topic: str
    topic_name: str
    topic_order: int
    tone: str
    organisation: int | None
    findings: int


@dataclass(frozen=True)
class RegionPage:
    """A region, its bodies on a day, and what was published of them.

    Findings are those of ``programme``, the newest under which an inspection
    spoke of the region or one of its bodies; None where none did.
    """

    region: Region
    bodies: tuple[Organisation, ...]
    programme: Programme | None
    gradings: tuple[Grading, ...]
    figures: tuple[PublishedFigure, ...]
    topics: tuple[TopicCount, ...]
    kinds: Counter[tuple[int | None, str]]
    region_findings: tuple[Finding, ...]
    inspections: tuple[Inspection, ...]

    @property
    def with_data(self) -> set[int | None]:
        """The organisations of which the programme says anything, and None where it does of the region itself."""
        graded = {
            grading.organisation_id for grading in self.gradings if grading.inspection.programme == self.programme
        }
        return graded | {organisation for organisation, _ in self.kinds}


def region_page(user: User, slug: str, today: date) -> RegionPage:
    """Everything that the page and the files of its charts show. Raises Region.DoesNotExist."""
    region = Region.objects.visible_to(user).get(slug=slug)
    bodies = members(user, region, today)
    inspections = _inspections(user, region, bodies)
    programme = inspections[0].programme if inspections else None
    findings = _findings(user, region, bodies).filter(inspection__programme=programme)
    return RegionPage(
        region=region,
        bodies=bodies,
        programme=programme,
        gradings=tuple(gradings_newest_first(user).about_soc().filter(organisation__in=bodies)[:GRADINGS]),
        figures=_figures(user, region, bodies),
        topics=_topics(findings),
        kinds=_kinds(findings),
        region_findings=_of_the_region_itself(findings, region),
        inspections=inspections,
    )


def _about(region: Region, bodies: tuple[Organisation, ...]) -> Q:
    return Q(region=region) | Q(organisation__in=bodies)


def _findings(user: User, region: Region, bodies: tuple[Organisation, ...]) -> FindingQuerySet:
    return Finding.objects.visible_to(user).filter(_about(region, bodies))


def _inspections(user: User, region: Region, bodies: tuple[Organisation, ...]) -> tuple[Inspection, ...]:
    """Those of the region or of one of its bodies, and any other that has a finding about one of them."""
    speaks_of_them = Q(pk__in=_findings(user, region, bodies).values("inspection"))
    found = Inspection.objects.visible_to(user).for_list().filter(_about(region, bodies) | speaks_of_them)
    newest_first = ("-programme__year", F("published_on").desc(nulls_last=True), "title", "pk")
    return tuple(found.order_by(*newest_first)[:INSPECTIONS])


def _figures(user: User, region: Region, bodies: tuple[Organisation, ...]) -> tuple[PublishedFigure, ...]:
    found = PublishedFigure.objects.visible_to(user).for_list().filter(_about(region, bodies))
    return tuple(found.order_by("measure__order", "measure__name", "as_at", "slug", "pk")[:FIGURES])


def _topics(findings: FindingQuerySet) -> tuple[TopicCount, ...]:
    counts = (
        findings.filter(topics__isnull=False)
        .order_by("topics__order", "topics__name", "organisation_id", "tone")
        .values_list("topics__slug", "topics__name", "topics__order", "tone", "organisation")
        .annotate(findings=Count("pk", distinct=True))
    )
    return tuple(TopicCount(*row) for row in counts)


def _kinds(findings: FindingQuerySet) -> Counter[tuple[int | None, str]]:
    rows = findings.order_by().values_list("organisation", "kind").annotate(findings=Count("pk"))
    return Counter({(organisation, kind): number for organisation, kind, number in rows})


def _of_the_region_itself(findings: FindingQuerySet, region: Region) -> tuple[Finding, ...]:
    return tuple(findings.filter(region=region).for_list().order_by("order", "pk")[:REGION_FINDINGS])

"""What the page of a force, a regional unit or another body reads."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F

from forces.models import LocalPolicingArea, Organisation
from forces.names import normalise
from inspections.models import Finding, Grading, MonitoringPeriod, PublishedFigure, Recommendation
from soc_tracker.dashboards.selectors.bodies import User
from soc_tracker.dashboards.selectors.bounds import First, first
from soc_tracker.dashboards.selectors.changes import GradeChange, grade_changes
from soc_tracker.dashboards.selectors.gradings import gradings_newest_first
from soc_tracker.dashboards.selectors.links import Link, Relation, links_of

GRADINGS = 100
FINDINGS = 100
RECOMMENDATIONS = 50
FIGURES = 100
AREAS = 100
MONITORING = 50


@dataclass(frozen=True)
class OrganisationPage:
    """A body and everything published of it, as at a day. Lists end at the bounds above."""

    organisation: Organisation
    aliases: tuple[str, ...]
    links: tuple[Link, ...]
    gradings: First[Grading]
    changes: tuple[GradeChange, ...]
    findings: First[Finding]
    recommendations: First[Recommendation]
    monitoring: First[MonitoringPeriod]
    figures: First[PublishedFigure]
    areas: First[LocalPolicingArea]
    today: date

    def linked(self, relation: Relation) -> tuple[Link, ...]:
        return tuple(link for link in self.links if link.relation == relation)


def organisation_page(user: User, slug: str, today: date) -> OrganisationPage:
    """Everything that the page shows. Raises Organisation.DoesNotExist."""
    organisation, aliases = _with_other_names(user, slug)
    return OrganisationPage(
        organisation=organisation,
        aliases=aliases,
        links=links_of(user, organisation, today),
        gradings=first(gradings_newest_first(user).filter(organisation=organisation), GRADINGS),
        changes=grade_changes(user, organisation),
        findings=_findings(user, organisation),
        recommendations=_recommendations(user, organisation),
        monitoring=_monitoring(user, organisation),
        figures=_figures(user, organisation),
        areas=_areas(user, organisation),
        today=today,
    )


def _with_other_names(user: User, slug: str) -> tuple[Organisation, tuple[str, ...]]:
    """The organisation, and its aliases that are not just its own name: one row of the query for each alias."""
    rows = list(
        Organisation.objects.visible_to(user)
        .filter(slug=slug)
        .annotate(alias=F("aliases__name"))
        .order_by("alias", "aliases__pk")
    )
    if not rows:
        raise Organisation.DoesNotExist(f"No organisation has the slug {slug!r}.")
    own = {normalise(name) for name in (rows[0].name, rows[0].short_name, rows[0].slug)}
    return rows[0], tuple(row.alias for row in rows if row.alias and normalise(row.alias) not in own)


def _findings(user: User, organisation: Organisation) -> First[Finding]:
    found = Finding.objects.visible_to(user).filter(organisation=organisation)
    newest_first = (
        F("inspection__programme__year").desc(),
        F("inspection__published_on").desc(nulls_last=True),
        "inspection_id",
        "order",
        "pk",
    )
    return first(found.select_related("inspection__programme", "source").order_by(*newest_first), FINDINGS)


def _recommendations(user: User, organisation: Organisation) -> First[Recommendation]:
    found = Recommendation.objects.visible_to(user).filter(addressed_to=organisation).for_list()
    in_order = (F("due_on").asc(nulls_last=True), "finding_id", "number", "pk")
    return first(found.order_by(*in_order), RECOMMENDATIONS)


def _monitoring(user: User, organisation: Organisation) -> First[MonitoringPeriod]:
    found = MonitoringPeriod.objects.visible_to(user).filter(organisation=organisation)
    return first(found.select_related("source").order_by("-started_on", "pk"), MONITORING)


def _figures(user: User, organisation: Organisation) -> First[PublishedFigure]:
    found = PublishedFigure.objects.visible_to(user).filter(organisation=organisation).for_list()
    return first(found.order_by("measure__order", "measure__name", "as_at", "slug", "pk"), FIGURES)


def _areas(user: User, organisation: Organisation) -> First[LocalPolicingArea]:
    found = LocalPolicingArea.objects.visible_to(user).filter(organisation=organisation)
    return first(found.select_related("profile").order_by("name", "pk"), AREAS)

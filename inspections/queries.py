"""What each detail page reads. Every list on it is bounded, in one query, with the address of the whole list."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Count, F, QuerySet
from django.urls import reverse

from inspections.figures.models import FigureQuerySet, PublishedFigure
from inspections.findings.models import Finding
from inspections.gradings.models import Grading, GradingQuerySet
from inspections.programmes.models import Inspection
from inspections.recommendations.models import (
    MonitoringPeriod,
    Recommendation,
    RecommendationQuerySet,
    RecommendationUpdate,
)
from inspections.sources.models import SourceDocument
from soc_tracker.core.lists.bounded import Bounded, bounded

User = AbstractBaseUser | AnonymousUser

GRADINGS, FINDINGS, RECOMMENDATIONS, FIGURES, OTHERS = 100, 200, 50, 25, 25


@dataclass(frozen=True)
class InspectionFacts:
    """Everything that one inspection said; ``kinds`` counts its findings by kind."""

    gradings: Bounded
    findings: Bounded
    kinds: dict[str, int]
    recommendations: Bounded
    figures: Bounded


@dataclass(frozen=True)
class FindingFacts:
    repeated_by: list[Finding]
    recommendations: Bounded
    figures: Bounded


@dataclass(frozen=True)
class SourceFacts:
    """Everything taken from one document."""

    inspections: Bounded
    gradings: Bounded
    findings: Bounded
    recommendations: Bounded
    figures: Bounded
    monitoring: Bounded


def of_inspection(user: User, inspection: Inspection) -> InspectionFacts:
    where = {"inspection": inspection.slug}
    findings = _findings(user).filter(inspection=inspection)
    return InspectionFacts(
        gradings=_gradings(user, Grading.objects.filter(inspection=inspection), GRADINGS, where),
        findings=bounded(findings.order_by("order", "pk"), FINDINGS, _list_of("finding", where)),
        kinds=dict(findings.order_by().values_list("kind").annotate(number=Count("pk"))),
        recommendations=_recommendations(
            user, Recommendation.objects.filter(finding__inspection=inspection), RECOMMENDATIONS, where
        ),
        figures=_figures(user, PublishedFigure.objects.filter(finding__inspection=inspection), FIGURES, where),
    )


def of_finding(user: User, finding: Finding) -> FindingFacts:
    repeated_by = Finding.objects.visible_to(user).filter(repeats=finding).select_related("inspection__programme")
    return FindingFacts(
        repeated_by=list(repeated_by.order_by("pk")[:OTHERS]),
        recommendations=_recommendations(user, finding.recommendations.all(), RECOMMENDATIONS, {}),
        figures=_figures(user, finding.figures.all(), FIGURES, {}),
    )


def of_source(user: User, source: SourceDocument) -> SourceFacts:
    where = {"source": source.slug}
    inspections = Inspection.objects.visible_to(user).filter(source=source).for_list()
    monitoring = MonitoringPeriod.objects.visible_to(user).filter(source=source).select_related("organisation")
    return SourceFacts(
        inspections=bounded(inspections.order_by("title", "pk"), OTHERS, _list_of("inspection", where)),
        gradings=_gradings(user, Grading.objects.filter(source=source), OTHERS, where),
        findings=bounded(
            _findings(user).filter(source=source).order_by("inspection__title", "order", "pk"),
            OTHERS,
            _list_of("finding", where),
        ),
        recommendations=_recommendations(user, Recommendation.objects.filter(source=source), OTHERS, where),
        figures=_figures(user, PublishedFigure.objects.filter(source=source), OTHERS, where),
        monitoring=bounded(monitoring.order_by("organisation__name", "started_on", "pk"), OTHERS),
    )


def other_gradings(user: User, grading: Grading) -> Bounded:
    """Gradings of the same organisation in other inspections or on other questions, newest first."""
    others = Grading.objects.filter(organisation=grading.organisation).exclude(pk=grading.pk)
    return _gradings(user, others, OTHERS, {"organisation": grading.organisation.slug})


def same_measure(user: User, figure: PublishedFigure) -> Bounded:
    """Other figures of the same measure: of other bodies, periods or dates."""
    others = PublishedFigure.objects.filter(measure=figure.measure).exclude(pk=figure.pk)
    return _figures(user, others, OTHERS, {"measure": figure.measure.slug})


def log_of(user: User, recommendation: Recommendation) -> list[RecommendationUpdate]:
    """The log of a recommendation, newest line first."""
    updates = RecommendationUpdate.objects.visible_to(user).filter(recommendation=recommendation)
    return list(updates.select_related("by").order_by("-on", "-pk")[:FINDINGS])


def _list_of(name: str, where: dict[str, str]) -> str:
    return f"{reverse(f'inspections:{name}_list')}?{urlencode(where)}" if where else ""


def _findings(user: User) -> QuerySet:
    return Finding.objects.visible_to(user).select_related("inspection__programme", "organisation", "region", "source")


def _gradings(user: User, gradings: GradingQuerySet, size: int, where: dict[str, str]) -> Bounded:
    in_order = gradings.visible_to(user).for_list()
    order = ("-inspection__programme__year", "-organisation__kind", "organisation__name", "question__order", "pk")
    return bounded(in_order.order_by(*order), size, _list_of("grading", where))


def _recommendations(user: User, recommendations: RecommendationQuerySet, size: int, where: dict[str, str]) -> Bounded:
    in_order = recommendations.visible_to(user).for_list().order_by(F("due_on").asc(nulls_last=True), "number", "pk")
    return bounded(in_order, size, _list_of("recommendation", where))


def _figures(user: User, figures: FigureQuerySet, size: int, where: dict[str, str]) -> Bounded:
    in_order = figures.visible_to(user).for_list().order_by("measure__order", "measure__name", "slug", "pk")
    return bounded(in_order, size, _list_of("figure", where))

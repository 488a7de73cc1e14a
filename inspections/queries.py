"""What each detail page reads. Every list on it is bounded, in one query, with the address of the whole list."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import QueryDict
from django.urls import reverse

from forces.models import BodySize
from inspections.choices import Tone
from inspections.escalation.models import MonitoringPeriod
from inspections.figures.models import FigureQuerySet, PublishedFigure
from inspections.findings.models import Finding
from inspections.gradings.models import Grading, GradingQuerySet
from inspections.programmes.models import Inspection
from inspections.recommendations.models import Recommendation, RecommendationQuerySet
from inspections.repeats.models import Revisit
from inspections.requirements.models import DeadlineMove, Requirement, Step
from inspections.sources.models import Citation, SourceDocument, inspections_of
from inspections.vocabularies.models import FindingKind
from soc_tracker.core.lists.paging import Bounded, bounded, in_order, paged
from soc_tracker.core.records.history import Change, changes_of

NAMES_OF_FACTS = (
    "inspection",
    "grading__organisation",
    "grading__inspection__programme",
    "finding",
    "recommendation__addressed_to",
    "figure__measure",
    "figure__organisation",
    "figure__region",
    "monitoring__organisation",
    "size__organisation",
)
"""What a citation reads to name the fact that it is about."""

SOONEST_FIRST, BY_MEASURE = ("requirement__due_on", "number"), ("measure__order", "measure__name", "slug")

User = AbstractBaseUser | AnonymousUser

MOST_GRADINGS, MOST_FINDINGS, MOST_RECOMMENDATIONS, MOST_OTHERS = 100, 200, 50, 25
MOST_OF_A_SOURCE = 10
"""Rows of each kind on the page of a document, which may be the source of hundreds; the whole list is a link away."""


@dataclass(frozen=True)
class InspectionFacts:
    """Everything that one inspection said. ``kinds`` counts its findings by kind, ``context`` what is none."""

    gradings: Bounded
    findings: Bounded
    kinds: list[tuple[FindingKind, int]]
    context: int
    recommendations: Bounded
    figures: Bounded
    revisits: list[Revisit]


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
    sizes: Bounded
    citations: Bounded


def get_inspection_facts(user: User, inspection: Inspection) -> InspectionFacts:
    where = {"inspection": inspection.slug}
    findings = Finding.objects.open_to(user).filter(inspection=inspection)
    kinds: Counter[str] = Counter()
    context = 0
    for kind, tone, number in findings.order_by().values_list("kind", "tone").annotate(number=Count("pk")):
        if tone == Tone.CONTEXT:
            context += number
        else:
            kinds[kind] += number
    revisits = Revisit.objects.open_to(user).filter(inspection=inspection)
    links = ("source", "finding__organisation", "finding__region", "finding__inspection__programme")
    in_time = ("finding__inspection__programme__year", "finding__order", "pk")  # that of the earlier findings
    return InspectionFacts(
        gradings=_gradings(Grading.objects.open_to(user).filter(inspection=inspection), where, most=MOST_GRADINGS),
        findings=bounded(findings.with_bodies().by_weight("order", "pk"), MOST_FINDINGS, _list("finding", where)),
        kinds=[(kind, kinds[kind.slug]) for kind in FindingKind.rows() if kinds[kind.slug]],
        context=context,
        recommendations=_recommendations(
            Recommendation.objects.open_to(user).filter(finding__inspection=inspection), where
        ),
        figures=_figures(PublishedFigure.objects.open_to(user).filter(inspection=inspection), where),
        revisits=list(revisits.select_related(*links).order_by(*in_time)[:MOST_FINDINGS]),
    )


def get_finding_facts(user: User, finding: Finding, *, params: QueryDict) -> FindingFacts:
    """``params`` say where in its sections, of which there are no lists, the page is opened."""
    repeated_by = Finding.objects.open_to(user).filter(repeats=finding).select_related("inspection__programme")
    return FindingFacts(
        repeated_by=list(repeated_by.order_by("pk")[:MOST_OTHERS]),
        recommendations=paged(
            finding.recommendations.open_to(user).for_list(),
            SOONEST_FIRST,
            MOST_RECOMMENDATIONS,
            name="recommendations",
            params=params,
        ),
        figures=paged(finding.figures.open_to(user).for_list(), BY_MEASURE, MOST_OTHERS, name="figures", params=params),
    )


def list_changes(record: Any) -> list[Change]:
    """What was changed of a record; of one of an inspection that was made here, since that was published: all that was
    drafted before stays with its team.
    """
    moments = [inspection.out_at for inspection in inspections_of(record) if inspection.out_at]
    return [change for change in changes_of(record) if not moments or change.when >= max(moments)]


def list_sources(user: User) -> QuerySet[Any]:
    """Documents, each with whether it ``has_sizes`` of bodies and ``has_citations``: few have either."""
    of_it = {"source": OuterRef("pk")}
    return SourceDocument.objects.open_to(user).annotate(
        has_sizes=Exists(BodySize.objects.filter(**of_it)), has_citations=Exists(Citation.objects.filter(**of_it))
    )


def get_source_facts(user: User, source: Any, *, params: QueryDict) -> SourceFacts:
    """``source`` is one of ``list_sources``; ``params`` say where in its sections, of which there are no lists, the
    page is opened.
    """
    where = {"source": source.slug}
    inspections = Inspection.objects.open_to(user).filter(source=source).for_list()
    findings = Finding.objects.open_to(user).filter(source=source).with_bodies()
    monitoring = MonitoringPeriod.objects.visible_to(user).filter(source=source).select_related("organisation")
    sizes = BodySize.objects.visible_to(user).filter(source=source).select_related("organisation")
    citations = Citation.objects.open_to(user).filter(source=source).select_related(*NAMES_OF_FACTS)

    def part(name: str, rows: QuerySet[Any], *order: str) -> Bounded:
        return paged(rows, order, MOST_OTHERS, name=name, params=params)

    return SourceFacts(
        inspections=bounded(inspections.order_by("title", "pk"), MOST_OF_A_SOURCE, _list("inspection", where)),
        gradings=_gradings(Grading.objects.open_to(user).filter(source=source), where, most=MOST_OF_A_SOURCE),
        findings=bounded(
            findings.by_weight("inspection__title", "order", "pk"), MOST_OF_A_SOURCE, _list("finding", where)
        ),
        recommendations=_recommendations(
            Recommendation.objects.open_to(user).filter(source=source), where, most=MOST_OF_A_SOURCE
        ),
        figures=_figures(PublishedFigure.objects.open_to(user).filter(source=source), where, most=MOST_OF_A_SOURCE),
        monitoring=part("monitoring", monitoring, "organisation__name", "started_on"),
        sizes=part("sizes", sizes, "organisation__name", "measure", "-as_at") if source.has_sizes else Bounded((), 0),
        citations=part("citations", citations) if source.has_citations else Bounded((), 0),
    )


def list_other_gradings(user: User, grading: Grading) -> Bounded:
    """Gradings of the same organisation in other inspections or on other questions, newest first."""
    others = Grading.objects.visible_to(user).filter(organisation=grading.organisation).exclude(pk=grading.pk)
    return _gradings(others, {"organisation": grading.organisation.slug}, most=MOST_OTHERS)


def list_same_measure(user: User, figure: PublishedFigure) -> Bounded:
    """Other figures of the same measure: of other bodies, periods or dates."""
    others = PublishedFigure.objects.visible_to(user).filter(measure=figure.measure).exclude(pk=figure.pk)
    return _figures(others, {"measure": figure.measure.slug})


def get_history(user: User, requirement: Requirement) -> list[Step | DeadlineMove]:
    """The steps of a requirement and the moves of its date, the newest first; a step whose day is not known stands by
    the day of its source, before all where that is not known either.
    """
    steps = Step.objects.open_to(user).filter(requirement=requirement).for_list().latest_first()[:MOST_FINDINGS]
    moves = DeadlineMove.objects.open_to(user).filter(requirement=requirement).select_related("by", "source")
    days = [(step.on or (step.source and step.source.published_on) or date.max, step) for step in steps]
    rows: list[tuple[date, Step | DeadlineMove]] = [*days, *((move.on, move) for move in moves[:MOST_FINDINGS])]
    return [row for _, row in sorted(rows, key=lambda row: row[0], reverse=True)]


def _list(name: str, where: dict[str, str]) -> str:
    """The address of a whole list, narrowed."""
    return f"{reverse(f'inspections:{name}_list')}?{urlencode(where)}"


def _gradings(gradings: GradingQuerySet, where: dict[str, str], *, most: int) -> Bounded:
    order = ("-inspection__programme__year", "-organisation__kind", "organisation__name", "question__order", "pk")
    return bounded(gradings.for_list().order_by(*order), most, _list("grading", where))


def _recommendations(
    recommendations: RecommendationQuerySet, where: dict[str, str], *, most: int = MOST_RECOMMENDATIONS
) -> Bounded:
    rows = in_order(recommendations.for_list(), SOONEST_FIRST)
    return bounded(rows, most, _list("recommendation", where))


def _figures(figures: FigureQuerySet, where: dict[str, str], *, most: int = MOST_OTHERS) -> Bounded:
    rows = in_order(figures.for_list(), BY_MEASURE)
    return bounded(rows, most, _list("figure", where))

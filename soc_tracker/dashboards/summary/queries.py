"""What a sheet on a body, a region or an inspection reads: bounded lists, and as many queries whatever it is about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, CharField, Count, F, IntegerField, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from disruptions.measures.queries import Counts, lead_counts, together
from disruptions.standpoint.queries import Standpoint, standpoint
from disruptions.threats.queries import master_list_counts
from forces.models import Organisation, Region
from forces.queries import get_lineage
from inspections.choices import QuestionTheme, Tone
from inspections.following.queries import list_url
from inspections.models import Finding, FindingKind, Grading, Inspection, PublishedFigure, Recommendation
from plans4p.choices import RUNNING
from plans4p.models import Action, Plan
from soc_tracker.core.access.models import sight_of
from soc_tracker.core.lists.paging import Bounded, bounded
from soc_tracker.core.reports.report import listing
from soc_tracker.core.text.days import in_words
from soc_tracker.dashboards.bodies.queries import User
from soc_tracker.dashboards.gradings.queries import gradings_newest_first
from soc_tracker.dashboards.published.queries import Held, get_coverage
from soc_tracker.dashboards.record.queries import ChosenPeriod, usual_period
from soc_tracker.dashboards.regions.queries import RegionHead, head_of

FINDINGS, FIGURES, GRADINGS = 25, 12, 200
NEWEST_FIRST = (
    F("inspection__programme__year").desc(),
    F("inspection__published_on").desc(nulls_last=True),
    F("inspection_id").asc(),
    F("order").asc(),
    F("pk").asc(),
)
ABOUT_SOC = Q(question__theme=QuestionTheme.SOC)
UNDATED_LAST = Case(
    When(as_at__isnull=True, period_from__isnull=True, period_words="", then=Value(1)),
    default=Value(0),
    output_field=IntegerField(),
)


@dataclass(frozen=True)
class Published:
    """What was published: gradings and lists end at the bounds above, and say how many there are in all.

    ``recommendations`` are those that are not closed, with the day of the last line of their log in ``logged_on``.
    ``strengths`` stand in where no practice is set apart. ``held`` says why bodies have no grading, of bodies without.
    """

    gradings: tuple[Grading, ...]
    must_change: Bounded
    recommendations: Bounded
    practice: Bounded
    strengths: Bounded
    figures: Bounded
    held: Mapping[int | None, Held] = field(default_factory=dict)


@dataclass(frozen=True)
class OnRecord:
    """What the record counts of some bodies in the usual period, and how their plans stand, all of one kind of data."""

    standpoint: Standpoint
    period: ChosenPeriod
    threats: dict[int, int]
    lead: dict[int, Counts]
    running: int
    overdue: int

    @property
    def all_lead(self) -> Counts:
        return together(self.lead.values())


def of_body(user: User, body: Organisation) -> Published:
    own = Q(organisation=body)
    gradings = _gradings(user, own & ABOUT_SOC)
    return Published(
        gradings=gradings,
        held={} if gradings else get_coverage(user, [body]),
        recommendations=_recommendations(user, Q(addressed_to=body)),
        figures=_figures(user, own, {"organisation": body.slug}),
        **_findings(user, own, {"organisation": body.slug}),
    )


def came_from_in_words(user: User, body: Organisation, today: date) -> list[str]:
    """What it came from, of which each body has a sheet of its own. One query."""
    return [
        f"{each.words} {listing([before.name for before in each.bodies])}, {in_words(each.on)}; each has its own sheet."
        for each in get_lineage(user).came_from(body, today)
    ]


def of_region(user: User, region: Region, today: date) -> tuple[RegionHead, Published]:
    """Its bodies on the day, and what was published of it, of them and of those that were in it; figures are those of
    the region alone.
    """
    head, where = head_of(user, region, today), {"region": region.slug}
    every = (*head.bodies, *head.former)
    gradings = _gradings(user, Q(organisation__in=every) & ABOUT_SOC)
    ungraded = [body for body in every if body.pk not in {grading.organisation_id for grading in gradings}]
    published = Published(
        gradings=gradings,
        held=get_coverage(user, ungraded) if ungraded else {},
        recommendations=_recommendations(user, Q(addressed_to__in=every) | Q(finding__region=region)),
        figures=_figures(user, Q(region=region), where),
        **_findings(user, Q(region=region) | Q(organisation__in=every), where),
    )
    if head.former:  # whose items no list of the region has: its page has all
        published = replace(published, must_change=replace(published.must_change, url=region.get_absolute_url()))
    return head, published


def of_inspection(user: User, inspection: Inspection) -> Published:
    """All that it said; its gradings on every question."""
    where, by_finding = {"inspection": inspection.slug}, Q(finding__inspection=inspection)
    return Published(
        gradings=_gradings(user, Q(inspection=inspection)),
        recommendations=_recommendations(user, by_finding),
        figures=_figures(user, by_finding, where),
        **_findings(user, Q(inspection=inspection), where),
    )


def _gradings(user: User, which: Q) -> tuple[Grading, ...]:
    return tuple(gradings_newest_first(user).filter(which)[:GRADINGS])


def _recommendations(user: User, which: Q) -> Bounded:
    """Those that are not closed, the soonest first."""
    rows = Recommendation.objects.visible_to(user).filter(which).not_closed().for_list()
    soonest = F("requirement__due_on").asc(nulls_last=True)
    in_order = rows.select_related("finding__region").order_by(soonest, "finding_id", "number", "pk")
    return bounded(in_order, FINDINGS)


def _figures(user: User, which: Q, where: dict[str, str]) -> Bounded:
    """In the order of their measures, of each the latest first; those that say nothing of when they were come last."""
    rows = PublishedFigure.objects.visible_to(user).filter(which).for_list()
    latest_first = F("as_at").desc(nulls_last=True)
    in_order = rows.order_by(UNDATED_LAST, "measure__order", "measure__name", latest_first, "slug", "pk")
    return bounded(in_order, FIGURES, _listed("figure", where))


def _findings(user: User, about: Q, where: dict[str, str]) -> dict[str, Any]:
    """The first of those that ask for a change, of practice and of strengths, by weight, then the newest. One query."""
    group = Case(
        When(Q(kind__must_be_followed_up=True) & Q(own__status__is_open=True), then=Value("must_change")),
        When(kind__is_practice=True, then=Value("practice")),
        When(tone=Tone.STRENGTH, then=Value("strengths")),
        output_field=CharField(),
    )
    is_known = Case(When(own__status__is_stated=True, then=Value(0)), default=Value(1), output_field=IntegerField())
    order = [is_known.asc(), F("weight").asc(), *NEWEST_FIRST]
    rows: QuerySet[Any] = (
        Finding.objects.visible_to(user)
        .filter(about)
        .with_bodies()
        .weighed()
        .annotate(group=group)
        .filter(group__isnull=False)
        .annotate(
            number_in_all=Window(Count("*"), partition_by="group"),
            place=Window(RowNumber(), partition_by="group", order_by=order),
        )
        .filter(place__lte=FINDINGS)
        .order_by("group", "place")
    )
    groups: dict[str, list[Any]] = {"must_change": [], "practice": [], "strengths": []}
    for finding in rows:
        groups[finding.group].append(finding)
    kinds = FindingKind.rows()
    urls = {
        "must_change": list_url(**where),
        "practice": _listed("finding", where, kind=[kind.slug for kind in kinds if kind.is_practice]),
        "strengths": _listed("finding", where, tone=[Tone.STRENGTH]),
    }
    return {name: Bounded(found, found[0].number_in_all if found else 0, urls[name]) for name, found in groups.items()}


def _listed(name: str, where: dict[str, str], **more: Iterable[str]) -> str:
    query = [*where.items(), *((key, value) for key, values in more.items() for value in values)]
    return f"{reverse(f'inspections:{name}_list')}?{urlencode(query)}"


def on_record(user: User, bodies: Iterable[Organisation], today: date) -> OnRecord | None:
    """None where the record holds nothing at all."""
    stands = standpoint(sight=sight_of(user), today=today)
    if stands.is_empty:
        return None
    keys, period = [body.pk for body in bodies], usual_period(stands.day)
    plans = Plan.objects.visible_to(user).of_kind(stands.kind).filter(organisation__in=keys)
    overdue = Q(aims__actions__in=Action.objects.visible_to(user).overdue(today))
    numbers = plans.aggregate(
        running=Count("pk", filter=Q(status__in=RUNNING), distinct=True),
        overdue=Count("aims__actions", filter=overdue, distinct=True),
    )
    return OnRecord(
        standpoint=stands,
        period=period,
        threats={key: sum(of.values()) for key, of in master_list_counts(stands.of_threats, keys).items()},
        lead=lead_counts(stands, keys, period.first, period.last),
        running=numbers["running"],
        overdue=numbers["overdue"],
    )

"""What a sheet on a body, a region or an inspection reads: bounded lists, and as many queries whatever it is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, CharField, Count, F, IntegerField, Max, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from disruptions.measures.queries import Counts, lead_counts, together
from disruptions.standpoint.queries import Standpoint, standpoint
from disruptions.threats.queries import master_list_counts
from forces.models import Organisation, Region
from inspections.choices import MUST_CHANGE, PRACTICE, FindingStatus, Tone
from inspections.models import Finding, Grading, Inspection, PublishedFigure, Recommendation
from plans4p.choices import RUNNING
from plans4p.models import Action, Plan
from soc_tracker.core.lists.bounded import Bounded, bounded
from soc_tracker.dashboards.bodies.queries import User, members
from soc_tracker.dashboards.gradings.queries import gradings_newest_first
from soc_tracker.dashboards.record.queries import ChosenPeriod, usual_period

FINDINGS, FIGURES, GRADINGS = 25, 12, 200
NEWEST_FIRST = (
    F("inspection__programme__year").desc(),
    F("inspection__published_on").desc(nulls_last=True),
    F("inspection_id").asc(),
    F("order").asc(),
    F("pk").asc(),
)
UNDATED_LAST = Case(
    When(as_at__isnull=True, period_from__isnull=True, period_words="", then=Value(1)),
    default=Value(0),
    output_field=IntegerField(),
)


@dataclass(frozen=True)
class Published:
    """What was published: gradings and lists end at the bounds above, and say how many there are in all.

    ``recommendations`` are those that are not closed, with the day of the last line of their log in ``logged_on``.
    ``strengths`` stand in where no practice is set apart.
    """

    gradings: tuple[Grading, ...]
    must_change: Bounded
    recommendations: Bounded
    practice: Bounded
    strengths: Bounded
    figures: Bounded


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
    where = {"organisation": body.slug}
    return _published(user, Q(organisation=body), Q(addressed_to=body), Q(organisation=body), where)


def of_region(user: User, region: Region, today: date) -> tuple[tuple[Organisation, ...], Published]:
    """Its bodies on the day, and what was published of it and of them."""
    bodies = members(user, region, today)
    about, to = Q(region=region) | Q(organisation__in=bodies), Q(addressed_to__in=bodies) | Q(finding__region=region)
    return bodies, _published(user, about, to, Q(region=region), {"region": region.slug}, bodies=bodies)


def of_inspection(user: User, inspection: Inspection) -> Published:
    """All that it said; its gradings on every question."""
    about, where = Q(inspection=inspection), {"inspection": inspection.slug}
    to, figures = Q(finding__inspection=inspection), Q(finding__inspection=inspection)
    return _published(user, about, to, figures, where, gradings=Q(inspection=inspection))


def _published(
    user: User,
    findings: Q,
    recommendations: Q,
    figures: Q,
    where: dict[str, str],
    *,
    bodies: Iterable[Organisation] = (),
    gradings: Q | None = None,
) -> Published:
    graded = gradings_newest_first(user)
    if gradings is None:
        graded = graded.about_soc().filter(Q(organisation__in=bodies) if bodies else findings)
    else:
        graded = graded.filter(gradings)
    open_recommendations = (
        Recommendation.objects.visible_to(user)
        .filter(recommendations)
        .not_closed()
        .for_list()
        .select_related("finding__region")
    )
    groups = _findings(user, findings)
    numbers = PublishedFigure.objects.visible_to(user).filter(figures).for_list()
    return Published(
        gradings=tuple(graded[:GRADINGS]),
        must_change=_first(groups, "must_change", _listed("finding", where, kind=MUST_CHANGE)),
        recommendations=bounded(
            open_recommendations.annotate(logged_on=Max("updates__on")).order_by(
                F("due_on").asc(nulls_last=True), "finding_id", "number", "pk"
            ),
            FINDINGS,
            _listed("recommendation", where),
        ),
        practice=_first(groups, "practice", _listed("finding", where, kind=PRACTICE)),
        strengths=_first(groups, "strength", _listed("finding", where, tone=(Tone.STRENGTH,))),
        figures=bounded(
            numbers.order_by(
                UNDATED_LAST, "measure__order", "measure__name", F("as_at").desc(nulls_last=True), "slug", "pk"
            ),
            FIGURES,
            _listed("figure", where),
        ),
    )


def _findings(user: User, about: Q) -> dict[str, list[Any]]:
    """The first of those that ask for a change, of practice and of strengths, by weight and then the newest first.

    Each has the number of its group in ``number_in_all``. One query.
    """
    group = Case(
        When(Q(kind__in=MUST_CHANGE) & ~Q(status=FindingStatus.CLOSED), then=Value("must_change")),
        When(kind__in=PRACTICE, then=Value("practice")),
        When(tone=Tone.STRENGTH, then=Value("strength")),
        output_field=CharField(),
    )
    order = [
        _rank("status", (FindingStatus.OPEN,)).asc(),
        _rank("kind", (*MUST_CHANGE, *PRACTICE)).asc(),
        *NEWEST_FIRST,
    ]
    rows: QuerySet[Any] = (
        Finding.objects.visible_to(user)
        .filter(about)
        .annotate(group=group)
        .filter(group__isnull=False)
        .annotate(
            number_in_all=Window(Count("*"), partition_by="group"),
            place=Window(RowNumber(), partition_by="group", order_by=order),
        )
        .filter(place__lte=FINDINGS)
        .select_related("inspection__programme", "organisation", "region", "source")
        .order_by("group", "place")
    )
    groups: dict[str, list[Any]] = {}
    for finding in rows:
        groups.setdefault(finding.group, []).append(finding)
    return groups


def _first(groups: dict[str, list[Any]], group: str, url: str) -> Bounded:
    rows = groups.get(group, [])
    return Bounded(rows, rows[0].number_in_all if rows else 0, url)


def _rank(field: str, values: Iterable[str]) -> Case:
    """The place of the field's value among these; all others come after them."""
    places = [When(**{field: value}, then=Value(place)) for place, value in enumerate(values)]
    return Case(*places, default=Value(len(places)), output_field=IntegerField())


def _listed(name: str, where: dict[str, str], **more: Iterable[str]) -> str:
    query = [*where.items(), *((key, value) for key, values in more.items() for value in values)]
    return f"{reverse(f'inspections:{name}_list')}?{urlencode(query)}"


def on_record(user: User, bodies: Iterable[Organisation], today: date) -> OnRecord | None:
    """None where the record holds nothing at all."""
    stands = standpoint(today=today)
    if stands.latest is None:
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
        threats={key: sum(of.values()) for key, of in master_list_counts(stands, keys).items()},
        lead=lead_counts(stands, keys, period.first, period.last),
        running=numbers["running"],
        overdue=numbers["overdue"],
    )

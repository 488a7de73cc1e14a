"""Bodies and what stands at the top of each one's pages; the bodies of a region on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from forces.choices import OrganisationKind
from forces.models import Membership, Organisation, Succession
from forces.queries import Became, Lineage, get_lineage
from inspections.choices import TakenIn
from inspections.escalation.models import MonitoringPeriod
from inspections.figures.models import PublishedFigure
from inspections.findings.models import Finding
from inspections.following.queries import list_url
from inspections.gradings.models import Grading
from inspections.programmes.models import Inspection
from inspections.recommendations.models import Recommendation
from inspections.requirements.models import Requirement
from inspections.vocabularies.models import Grade
from soc_tracker.core.lists.paging import Bounded, bounded
from soc_tracker.core.records.models import valid_on
from soc_tracker.core.text.days import in_words
from soc_tracker.dashboards.gradings.queries import GRADES_FIRST, NEWEST_FIRST, gradings_newest_first
from soc_tracker.dashboards.published.queries import MEMBER, MEMBER_WHEN_PUBLISHED, Held

User = AbstractBaseUser | AnonymousUser
GRADINGS, FINDINGS, RECOMMENDATIONS, FIGURES, MONITORING = 100, 100, 50, 100, 50


def current_memberships(user: User, day: date) -> QuerySet[Membership]:
    """Places in regions that are valid on the day, of organisations that exist on it."""
    return (
        Membership.objects.visible_to(user)
        .valid_on(day)
        .filter(valid_on(day, "organisation__"))
        .select_related("organisation")
        .order_by("organisation__name", "pk")
    )


def in_order(organisations: Iterable[Organisation]) -> tuple[Organisation, ...]:
    """The regional unit first, then forces, then others; each once, by name."""
    once = {organisation.pk: organisation for organisation in organisations}
    return tuple(sorted(once.values(), key=lambda body: (OrganisationKind(body.kind).rank, body.name)))


@dataclass(frozen=True)
class LatestGrade:
    """The latest grade on serious and organised crime; ``published`` in words.

    ``since`` is what was published after it without a grade.
    """

    grade: Grade
    url: str
    programme: str
    published: str
    since: Grading | None


@dataclass(frozen=True)
class Head:
    """What stands at the top of every page of a body: what it is, how it was graded last, what is not closed.

    ``held`` says how far its newest inspection is: only of one that is held whole does nothing open mean none.
    ``before`` are the bodies from which it came, named with their last day: what was published of them is shown too,
    as theirs. ``into`` says, by their keys, which of them go on whole in which body.
    """

    body: Organisation
    region: tuple[str, str] | None
    grade: LatestGrade | None
    not_closed: int
    overdue: int
    today: date
    held: Held
    lineage: Lineage
    before: tuple[Organisation, ...] = ()
    into: Mapping[int, Organisation] = field(default_factory=dict)
    came_from: tuple[Became, ...] = ()
    became: tuple[Became, ...] = ()

    @property
    def bodies(self) -> tuple[Organisation, ...]:
        """Itself, and those from which it came."""
        return (self.body, *self.before)

    @property
    def not_closed_url(self) -> str:
        return list_url(organisation=self.body.slug)

    @property
    def overdue_url(self) -> str:
        return list_url("overdue", organisation=self.body.slug)

    @property
    def is_whole(self) -> bool:
        return self.held == Held.WHOLE

    @property
    def ended(self) -> bool:
        return self.body.valid_to is not None and self.body.valid_to < self.today


def get_head(user: User, slug: str, today: date) -> Head:
    """The body with what its head says, in one query; in two where it came from others or became another, and one more
    where something was published after its latest grade without a grade.

    Raises Organisation.DoesNotExist.
    """
    own = {"organisation": OuterRef("pk")}
    places = Membership.objects.visible_to(user).valid_on(today).filter(**own).order_by("region__name", "region_id")
    on_soc = Grading.objects.visible_to(user).about_soc()
    gradings = on_soc.filter(**own).order_by(*GRADES_FIRST)
    requirements = Requirement.objects.visible_to(user).filter(**own).not_closed()
    inspections = (
        Inspection.objects.visible_to(user)
        .filter(
            Q(**own) | Q(gradings__organisation=OuterRef("pk")) | MEMBER_WHEN_PUBLISHED & Q(**{MEMBER: OuterRef("pk")})
        )
        .order_by("-programme__year", Case(When(taken_in=TakenIn.EVERYTHING, then=0), default=1))
    )
    body = (
        Organisation.objects.visible_to(user)
        .annotate(
            region_name=Subquery(places.values("region__name")[:1]),
            region_slug=Subquery(places.values("region__slug")[:1]),
            grading=Subquery(gradings.values("pk")[:1]),
            newest=Subquery(gradings.order_by(*NEWEST_FIRST).values("pk")[:1]),
            grade=Subquery(gradings.values("grade")[:1]),
            programme=Subquery(gradings.values("inspection__programme__name")[:1]),
            graded_on=Subquery(gradings.values("inspection__published_on")[:1]),
            graded_precision=Subquery(gradings.values("inspection__published_precision")[:1]),
            not_closed=_number_of(requirements, "organisation"),
            overdue=_number_of(requirements.overdue(today), "organisation"),
            taken_in=Subquery(inspections.values("taken_in")[:1]),
            is_linked=Exists(Succession.objects.filter(Q(predecessor=OuterRef("pk")) | Q(successor=OuterRef("pk")))),
        )
        .get(slug=slug)
    )
    row: Any = body  # with what was annotated
    grade = None
    if row.grading:
        published = in_words(row.graded_on, row.graded_precision) if row.graded_on else "on a date not stated"
        grade = LatestGrade(
            grade=Grade.named(row.grade),
            url=reverse("inspections:grading", args=[row.grading]),
            programme=row.programme,
            published=published,
            since=on_soc.for_list().get(pk=row.newest) if row.newest != row.grading else None,
        )
    lineage = get_lineage(user) if row.is_linked else Lineage(())
    before = lineage.before(body, today)
    whole = lineage.going_on_in(min(body.valid_to or today, today))
    return Head(
        body=body,
        region=(row.region_name, row.region_slug) if row.region_slug else None,
        grade=grade,
        not_closed=row.not_closed,
        overdue=row.overdue,
        today=today,
        held=Held.after(row.taken_in),
        before=before,
        into={each.pk: whole[each.pk] for each in before if each.pk in whole},
        came_from=lineage.came_from(body, today),
        became=lineage.became(body, today),
        lineage=lineage,
    )


def _number_of(rows: QuerySet, owner: str) -> Coalesce:
    """How many rows an owner has, as a part of another query."""
    numbers = rows.order_by().values(owner).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(numbers), 0)


def list_body_gradings(user: User, *bodies: Organisation) -> Bounded[Grading]:
    """Gradings of the bodies on every question, the latest first."""
    return bounded(gradings_newest_first(user).filter(organisation__in=bodies), GRADINGS, counted=False)


def list_body_findings(user: User, *bodies: Organisation) -> Bounded[Finding]:
    """Findings about the bodies, those of the newest inspection first, each in the order of its report."""
    newest_first = (
        F("inspection__programme__year").desc(),
        F("inspection__published_on").desc(nulls_last=True),
        "inspection_id",
        "order",
        "pk",
    )
    findings = Finding.objects.visible_to(user).filter(organisation__in=bodies)
    return bounded(
        findings.select_related("inspection__programme", "source", "organisation").order_by(*newest_first),
        FINDINGS,
        counted=False,
    )


def list_body_recommendations(user: User, *bodies: Organisation) -> Bounded[Recommendation]:
    """Every recommendation to the bodies, closed ones too, the soonest due first."""
    recommendations = Recommendation.objects.visible_to(user).filter(addressed_to__in=bodies).for_list()
    in_order = (F("requirement__due_on").asc(nulls_last=True), "finding_id", "number", "pk")
    return bounded(recommendations.order_by(*in_order), RECOMMENDATIONS, counted=False)


def list_monitoring(user: User, *bodies: Organisation) -> Bounded[MonitoringPeriod]:
    """How closely the inspectorate watched them, the newest first."""
    periods = MonitoringPeriod.objects.visible_to(user).filter(organisation__in=bodies)
    return bounded(
        periods.select_related("source", "organisation").order_by("-started_on", "pk"), MONITORING, counted=False
    )


def list_figures(user: User, *bodies: Organisation) -> Bounded[PublishedFigure]:
    """Published figures about them, in the order of their measures."""
    figures = PublishedFigure.objects.visible_to(user).filter(organisation__in=bodies).for_list()
    return bounded(figures.by_measure(), FIGURES, counted=False)

"""The organisations of a region on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import CharField, DateField, F, Model, QuerySet, Value, Window
from django.db.models.functions import Cast, Lag
from django.urls import reverse

from forces.choices import OrganisationKind
from forces.models import LocalPolicingArea, Membership, Organisation, Region, Succession, normalise
from inspections.figures.models import PublishedFigure
from inspections.findings.models import Finding
from inspections.gradings.models import Grading, GradingQuerySet
from inspections.recommendations.models import MonitoringPeriod, Recommendation
from soc_tracker.core.records.history import BY_FILE
from soc_tracker.core.records.models import valid_on
from soc_tracker.core.records.states import name_of

User = AbstractBaseUser | AnonymousUser
ORDER_OF_KINDS = {OrganisationKind.ROCU: 0, OrganisationKind.FORCE: 1, OrganisationKind.OTHER: 2}


def current_memberships(user: User, day: date) -> QuerySet[Membership]:
    """Places in regions that are valid on the day, of organisations that exist on it."""
    return (
        Membership.objects.visible_to(user)
        .valid_on(day)
        .filter(valid_on(day, "organisation__"))
        .select_related("organisation")
        .order_by("organisation__name", "pk")
    )


def members(user: User, region: Region, day: date) -> tuple[Organisation, ...]:
    """The region's unit, its forces and its other bodies on the day, each kind by name."""
    return in_order(place.organisation for place in current_memberships(user, day).filter(region=region))


def in_order(organisations: Iterable[Organisation]) -> tuple[Organisation, ...]:
    """The regional unit first, then forces, then others; each once, by name."""
    once = {organisation.pk: organisation for organisation in organisations}
    return tuple(sorted(once.values(), key=lambda body: (ORDER_OF_KINDS[OrganisationKind(body.kind)], body.name)))


# Lists that end: the first rows, and whether there are more.


Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class First(Generic[Row]):
    """The first rows of a list, and whether there are more."""

    rows: tuple[Row, ...]
    more: bool


def first(rows: QuerySet[Row], most: int) -> First[Row]:
    """At most so many rows of an ordered queryset, in one query."""
    found = tuple(rows[: most + 1])
    return First(found[:most], more=len(found) > most)


# Gradings of the question on serious and organised crime.


NEWEST_FIRST = (
    F("inspection__programme__year").desc(),
    F("inspection__published_on").desc(nulls_last=True),
    F("question__order").asc(),
    F("pk").desc(),
)


def gradings_newest_first(user: User) -> GradingQuerySet:
    """All gradings that the user may see, those of the newest programme first."""
    return Grading.objects.visible_to(user).for_list().order_by(*NEWEST_FIRST)


def latest_by_organisation(gradings: Iterable[Grading]) -> dict[int, Grading]:
    """The first grading of each organisation, by the organisation's primary key."""
    latest: dict[int, Grading] = {}
    for grading in gradings:
        latest.setdefault(grading.organisation_id, grading)
    return latest


# The regions, neighbours, predecessors and successors of an organisation, in one query.


class Relation(StrEnum):
    """What a linked region or organisation is to the organisation."""

    REGION = "region"
    NEIGHBOUR = "neighbour"
    PREDECESSOR = "predecessor"
    SUCCESSOR = "successor"


@dataclass(frozen=True)
class Link:
    """A linked region or organisation, and from when to when (inclusive; None is open or not known).

    ``word`` is how a succession came about (renamed, merged, absorbed), or the
    region that a neighbour shares; ``kind`` is the name of the page that shows it.
    """

    relation: Relation
    word: str
    name: str
    slug: str
    kind: str
    first: date | None
    last: date | None

    @property
    def url(self) -> str:
        return reverse(self.kind, args=[self.slug])

    def covers(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or self.last >= day)


def links_of(user: User, organisation: Organisation, today: date) -> tuple[Link, ...]:
    """Its regions over time, the bodies that share one of them today, what it was and what it became."""
    places = Membership.objects.visible_to(user)
    own = places.filter(organisation=organisation)
    others = places.filter(valid_on(today) & valid_on(today, "organisation__"), region__in=own.values("region"))
    successions = Succession.objects.visible_to(user)
    rows = _rows(own, Relation.REGION, "region", kind=Value("region")).union(
        _rows(others.exclude(organisation=organisation), Relation.NEIGHBOUR, "organisation", word=F("region__name")),
        _rows(successions.filter(successor=organisation), Relation.PREDECESSOR, "predecessor", word=F("kind")),
        _rows(successions.filter(predecessor=organisation), Relation.SUCCESSOR, "successor", word=F("kind")),
        all=True,
    )
    found = (Link(Relation(relation), *rest) for relation, *rest in rows)
    return tuple(sorted(found, key=lambda link: (link.relation, link.first or date.min, link.name)))


def _rows(
    rows: QuerySet, relation: Relation, end: str, *, word: F | Value | None = None, kind: Value | None = None
) -> QuerySet:
    """One part of the union: every part has the same columns of the same types."""
    dated = hasattr(rows.model, "valid_from")
    return rows.order_by().values_list(
        Value(relation.value, output_field=CharField()),
        Cast(word or Value(""), CharField()),
        F(f"{end}__name"),
        F(f"{end}__slug"),
        Cast(kind or F(f"{end}__kind"), CharField()),
        F("valid_from") if dated else F("on"),
        F("valid_to") if dated else Cast(Value(None), DateField()),
    )


# How the gradings of an organisation were changed, read from their history.


CHANGES = 20


@dataclass(frozen=True)
class GradeChange:
    """One change of a grade: what it was, what it became, when, by whom and why."""

    grading: int
    when: datetime
    who: str
    reason: str
    before: str
    after: str


def grade_changes(user: User, organisation: Organisation) -> tuple[GradeChange, ...]:
    """The newest changes of grade of gradings that the user may see, in one query."""
    earlier = Window(Lag("grade"), partition_by=[F("id")], order_by=[F("version"), F("history_id")])
    rows = (
        Grading.history.filter(id__in=Grading.objects.visible_to(user).filter(organisation=organisation).values("pk"))
        .annotate(before=earlier)
        .filter(before__isnull=False)
        .exclude(before=F("grade"))
        .select_related("history_user")
        .order_by("-history_date", "-history_id")
    )
    return tuple(
        GradeChange(row.id, row.history_date, _who(row), row.history_change_reason or "", row.before, row.grade)
        for row in rows[:CHANGES]
    )


def _who(row: Any) -> str:
    """``row`` is one of the history's, whose class is made at run time."""
    author = row.history_user
    return name_of(author) if author else BY_FILE


# What the page of a force, a regional unit or another body reads.


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

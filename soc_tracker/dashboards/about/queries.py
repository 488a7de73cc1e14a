"""What an organisation is linked to: regions, neighbours, what it was and became, names, areas, who answers for it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import CharField, DateField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.http import QueryDict
from django.urls import reverse

from forces.areas.models import LocalPolicingArea
from forces.choices import OrganisationKind
from forces.models import Alias, BodySize, Membership, Organisation, Oversight, Succession
from soc_tracker.core.lists.paging import Bounded, paged
from soc_tracker.core.records.models import valid_on
from soc_tracker.core.text.normal import normalise
from soc_tracker.dashboards.bodies.queries import User

AREAS, SIZES = 100, 20


class Relation(StrEnum):
    """What a linked region or organisation is to the organisation."""

    REGION = "region"
    NEIGHBOUR = "neighbour"
    PREDECESSOR = "predecessor"
    SUCCESSOR = "successor"
    RESPONDER = "responder"
    ANSWERS_FOR = "answers for"


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
        page = OrganisationKind(self.kind).page if self.kind in OrganisationKind.values else self.kind
        return reverse(page, args=[self.slug])


def links_of(user: User, organisation: Organisation, today: date) -> tuple[Link, ...]:
    """Its regions over time, the bodies that share one of them today, what it was and became, who answers for it."""
    places = Membership.objects.visible_to(user)
    own = places.filter(organisation=organisation)
    others = places.filter(valid_on(today) & valid_on(today, "organisation__"), region__in=own.values("region"))
    successions = Succession.objects.visible_to(user)
    oversights = Oversight.objects.visible_to(user)
    rows = _rows(own, Relation.REGION, "region", kind=Value("region")).union(
        _rows(others.exclude(organisation=organisation), Relation.NEIGHBOUR, "organisation", word=F("region__name")),
        _rows(successions.filter(successor=organisation), Relation.PREDECESSOR, "predecessor", word=F("kind")),
        _rows(successions.filter(predecessor=organisation), Relation.SUCCESSOR, "successor", word=F("kind")),
        _rows(oversights.filter(organisation=organisation), Relation.RESPONDER, "responder"),
        _rows(oversights.filter(responder=organisation), Relation.ANSWERS_FOR, "organisation"),
        all=True,
    )
    links = (Link(Relation(relation), *rest) for relation, *rest in rows)
    return tuple(sorted(links, key=lambda link: (link.relation, link.first or date.min, link.name)))


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


def list_other_names(user: User, body: Organisation) -> list[str]:
    """Its aliases that are not just its own name."""
    own = {normalise(name) for name in (body.name, body.short_name, body.slug)}
    aliases = Alias.objects.visible_to(user).filter(organisation=body).order_by("name", "pk")
    return [name for name in aliases.values_list("name", flat=True) if normalise(name) not in own]


def list_areas(user: User, body: Organisation, *, params: QueryDict) -> Bounded[LocalPolicingArea]:
    """Its local policing areas with their profiles. One query."""
    areas = LocalPolicingArea.objects.visible_to(user).filter(organisation=body)
    return paged(areas.select_related("profile"), ("name",), AREAS, name="areas", params=params)


def list_sizes(user: User, body: Organisation, *, params: QueryDict) -> Bounded[BodySize]:
    """How large it was, as many days as are stated, of each measure the newest first. One query."""
    sizes = BodySize.objects.visible_to(user).filter(organisation=body).select_related("source")
    return paged(sizes, ("-measure", "-as_at", "pk"), SIZES, name="sizes", params=params)

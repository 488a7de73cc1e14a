"""Whose area is where: boundaries as at a day, by ONS code, and the bodies that have come to have each area since."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings
from django.db.models import Q

from forces.choices import OrganisationKind
from forces.models import Organisation, Oversight
from forces.queries import Lineage, get_lineage
from soc_tracker.core.records.models import valid_on
from soc_tracker.core.text.days import Days
from soc_tracker.dashboards.bodies.queries import User

FOLDER = settings.BASE_DIR / "fixtures" / "boundaries"
Outline = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Boundaries:
    """The areas as at a day. ``outlines`` are of longitude and latitude in degrees, by ONS code, as ``names`` are; what
    lies within another outline of its area is not part of it.
    """

    as_at: date
    title: str
    publisher: str
    licence: str
    attribution: str
    names: Mapping[str, str]
    outlines: Mapping[str, tuple[Outline, ...]]


@cache
def list_boundaries() -> tuple[Boundaries, ...]:
    """Those of every day for which there is a file, the newest first."""
    every = []
    for path in sorted(FOLDER.glob("*.geojson")):
        content = json.loads(path.read_text())
        names, outlines = {}, {}
        for feature in content["features"]:
            code, geometry = feature["properties"]["code"], feature["geometry"]
            polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
            names[code] = feature["properties"]["name"]
            outlines[code] = tuple(tuple((x, y) for x, y in ring) for polygon in polygons for ring in polygon)
        words = {key: content[key] for key in ("title", "publisher", "licence", "attribution")}
        every.append(Boundaries(date.fromisoformat(content["as_at"]), **words, names=names, outlines=outlines))
    return tuple(sorted(every, key=lambda each: each.as_at, reverse=True))


def get_boundaries(today: date) -> Boundaries:
    """The newest of a day up to today; the first, before that."""
    every = list_boundaries()
    return next((each for each in every if each.as_at <= today), every[-1])


def has_area(body: Organisation, boundaries: Boundaries) -> bool:
    """Whether one of the areas was its own on the day of the boundaries."""
    return boundaries.as_at in Days(body.valid_from, body.valid_to) and body.ons_code in boundaries.outlines


@dataclass(frozen=True)
class Area:
    """One area: ``holder`` had it on the day of the boundaries, the ``bodies`` have it now; of several, nobody here
    knows where the line between them runs.
    """

    code: str
    name: str
    holder: Organisation | None
    bodies: tuple[Organisation, ...]


@dataclass(frozen=True)
class Areas:
    """Every area, and the forces and other bodies of today that have none."""

    boundaries: Boundaries
    areas: tuple[Area, ...]
    without: tuple[Organisation, ...]


def get_areas(user: User, today: date) -> Areas:
    """Two queries."""
    boundaries, lineage = get_boundaries(today), get_lineage(user)
    wanted = Q(ons_code__in=boundaries.outlines) | Q(kind__in=(OrganisationKind.FORCE, OrganisationKind.OTHER))
    bodies = list(Organisation.objects.visible_to(user).filter(wanted).order_by("name", "pk"))
    holders = {body.ons_code: body for body in bodies if has_area(body, boundaries)}
    now = {code: lineage.goes_on_in(holder, today) for code, holder in holders.items()}
    areas = tuple(Area(code, name, holders.get(code), now.get(code, ())) for code, name in boundaries.names.items())
    with_area = {body.pk for area in areas for body in area.bodies}
    without = [body for body in bodies if body.kind != OrganisationKind.ROCU and body.pk not in with_area]
    there = (body for body in without if today in Days(body.valid_from, body.valid_to))
    return Areas(boundaries, areas, tuple(there))


@dataclass(frozen=True)
class Whereabouts:
    """The codes of the areas that are wholly of some bodies, and of those of which only a part is."""

    boundaries: Boundaries
    whole: frozenset[str]
    partly: frozenset[str]


def whereabouts(bodies: Iterable[Organisation], lineage: Lineage, today: date) -> Whereabouts:
    """Also of what the bodies took in since the day of the boundaries."""
    chosen, boundaries = list(bodies), get_boundaries(today)
    keys = {body.pk for body in chosen}
    whole, partly = set[str](), set[str]()
    for body in chosen:
        for each in (body, *lineage.before(body, today)):
            if has_area(each, boundaries):
                now = {later.pk for later in lineage.goes_on_in(each, today)}
                (whole if now <= keys else partly).add(each.ons_code)
    return Whereabouts(boundaries, frozenset(whole), frozenset(partly))


def where_body_is(user: User, body: Organisation, lineage: Lineage, region: str | None, today: date) -> Whereabouts:
    """Of a force, its area; of what works for a region, given by its slug, the areas of the forces there; of what
    answers for others, theirs. No query for a force, two for others.
    """
    if body.kind == OrganisationKind.FORCE or body.ons_code:
        ended = body.valid_to is not None and body.valid_to < today
        return whereabouts([body], Lineage(()) if ended else lineage, today)
    others = Organisation.objects.visible_to(user).filter(valid_on(today)).order_by("name", "pk")
    if body.kind == OrganisationKind.POLICING:
        answered = Oversight.objects.visible_to(user).valid_on(today).filter(responder=body)
        others = others.filter(pk__in=answered.values("organisation"))
    else:
        member = valid_on(today, "memberships__") & Q(memberships__region__slug=region or "")
        others = others.filter(member, kind=OrganisationKind.FORCE)
    return whereabouts(others, get_lineage(user), today)

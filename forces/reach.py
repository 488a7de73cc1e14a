"""What accounts need to know of bodies: which an account reaches, and which words their names are made of."""

import re
from collections.abc import Collection
from datetime import date

from django.db.models import Q

from forces.choices import OrganisationKind
from forces.models import Membership, Organisation, Region, Succession


def bodies_in_reach(
    regions: Collection[int], organisations: Collection[int], day: date
) -> tuple[frozenset[int], frozenset[int]]:
    """The keys of the bodies whose rows are seen, and of the regions of which sums are: by whoever works for a body of
    the region. A region has its bodies of the day, a unit all those of its region, and each body what it came from.
    """
    places = Membership.objects.valid_on(day).values_list("region_id", "organisation_id", "organisation__kind")
    members = list(places.order_by("pk"))
    whole = {
        *regions,
        *(region for region, body, kind in members if body in organisations and kind == OrganisationKind.ROCU),
    }
    bodies = {*organisations, *(body for region, body, _ in members if region in whole)}
    known = {*whole, *(region for region, body, _ in members if body in organisations)}
    links, newest = successions(day), set(bodies)
    while newest:
        newest = {predecessor for predecessor, successor in links if successor in newest} - bodies
        bodies |= newest
    return frozenset(bodies), frozenset(known)


def words_of_bodies() -> set[str]:
    """The words of which the names of regions and bodies are made, in small letters."""
    names = [*Region.objects.values_list("name", flat=True), *Organisation.objects.values_list("name", flat=True)]
    return {word for name in names for word in re.findall(r"\w{4,}", name.lower())}


def covers(body: int, day: date) -> Q:
    """Of reaches, those by which the rows of a body are seen: ``bodies_in_reach`` asked the other way round."""
    links, bodies, newest = successions(day), {body}, {body}
    while newest:
        newest = {successor for predecessor, successor in links if predecessor in newest} - bodies
        bodies |= newest
    places = Membership.objects.valid_on(day).values_list("region_id", "organisation_id", "organisation__kind")
    members = list(places.order_by("pk"))
    regions = {region for region, member, _ in members if member in bodies}
    units = {member for region, member, kind in members if region in regions and kind == OrganisationKind.ROCU}
    return Q(is_national=True) | Q(region__in=regions) | Q(organisation__in=bodies | units)


def successions(day: date) -> list[tuple[int, int]]:
    """Which body came from which up to the day: keys of predecessor and successor. Every request asks: keys alone."""
    links = Succession.objects.filter(on__lte=day).order_by("pk")
    return list(links.values_list("predecessor_id", "successor_id"))

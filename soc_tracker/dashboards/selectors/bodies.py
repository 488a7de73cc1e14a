"""The organisations of a region on a day."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import QuerySet

from forces.choices import OrganisationKind
from forces.models import Membership, Organisation, Region
from forces.querysets import valid_on

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

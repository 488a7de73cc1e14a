"""Named filters of regions, organisations and areas."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import Q

from forces.choices import OrganisationKind
from forces.names import normalise
from soc_tracker.roles import has_any_role

if TYPE_CHECKING:
    from forces.models import Organisation


def valid_on(day: date, prefix: str = "") -> Q:
    """Records whose validity (ends inclusive, empty is open) covers the day."""
    starts, ends = f"{prefix}valid_from", f"{prefix}valid_to"
    return (Q(**{f"{starts}__isnull": True}) | Q(**{f"{starts}__lte": day})) & (
        Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gte": day})
    )


class VisibleQuerySet(models.QuerySet):
    """The one place that says which rows a user may see: all, for anybody who has a role."""

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        return self if has_any_role(user) else self.none()

    def get_by_natural_key(self, *key: str) -> models.Model:
        return self.get(slug=key[0])


class RegionQuerySet(VisibleQuerySet):
    pass


class OrganisationQuerySet(VisibleQuerySet):
    def forces(self) -> Self:
        return self.filter(kind=OrganisationKind.FORCE)

    def rocus(self) -> Self:
        return self.filter(kind=OrganisationKind.ROCU)

    def valid_on(self, day: date) -> Self:
        return self.filter(valid_on(day))

    def in_region(self, region: models.Model, day: date) -> Self:
        """Organisations whose membership of the region covers the day."""
        return self.filter(valid_on(day, "memberships__"), memberships__region=region).distinct()

    def named(self, name: str) -> Organisation:
        """The organisation with this name, short name, slug or alias, however it is spelled.

        Raises DoesNotExist, naming what was looked for, when no organisation has it.
        """
        return self.filter(aliases__normalised=normalise(name)).get()


class MembershipQuerySet(VisibleQuerySet):
    def valid_on(self, day: date) -> Self:
        return self.filter(valid_on(day))


class LocalProfileQuerySet(VisibleQuerySet):
    pass


class ForceManager(models.Manager.from_queryset(OrganisationQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> OrganisationQuerySet:
        return super().get_queryset().forces()


class RocuManager(models.Manager.from_queryset(OrganisationQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> OrganisationQuerySet:
        return super().get_queryset().rocus()

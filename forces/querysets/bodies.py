"""Named filters of regions, organisations and areas."""

from datetime import date
from typing import Self

from django.db import models

from forces.choices import OrganisationKind
from forces.names import normalise
from forces.querysets.visible import VisibleQuerySet, valid_on


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

    def named(self, name: str) -> models.Model:
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

"""An organisation's place in a region over time, and what became of it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from forces.models import (
    Alias,
    LocalPolicingArea,
    LocalProfile,
    Membership,
    Organisation,
    Region,
    Succession,
    normalise,
)
from soc_tracker.core.records.services import By, Service
from soc_tracker.core.text.days import to_words


class MembershipService(Service[Membership]):
    """An organisation belongs to one region at a time."""

    def prepare(self, record: Membership) -> None:
        Organisation.objects.select_for_update().get(pk=record.organisation_id)  # one writer of its places at a time
        places = Membership.objects.filter(organisation=record.organisation_id).exclude(pk=record.pk)
        other = places.filter(_overlapping(record.valid_from, record.valid_to)).select_related("region").first()
        if other:
            when = to_words(other.valid_from, other.valid_to) or "with no dates"
            raise ValidationError(
                f"{record.organisation} is already in {other.region} at that time ({when}). End that membership first."
            )


class SuccessionService(Service[Succession]):
    """Successions lead forward: no organisation comes after itself."""

    def prepare(self, record: Succession) -> None:
        later, found = {record.successor_id}, {record.successor_id}
        while found:
            found = _successors(found, but_for=record) - later
            later |= found
        if record.predecessor_id in later:
            raise ValidationError(f"{record.predecessor} would come after itself.")


MEMBERSHIPS = MembershipService(Membership)
SUCCESSIONS = SuccessionService(Succession)


def _overlapping(first: date | None, last: date | None) -> Q:
    """Memberships that share a day with the time from first to last, where either end may be open."""
    starts_in_time = Q(valid_from__isnull=True) | Q(valid_from__lte=last) if last else Q()
    ends_in_time = Q(valid_to__isnull=True) | Q(valid_to__gte=first) if first else Q()
    return starts_in_time & ends_in_time


def _successors(organisations: set[int], *, but_for: Succession) -> set[int]:
    following = Succession.objects.filter(predecessor__in=organisations).exclude(pk=but_for.pk)
    return set(following.values_list("successor", flat=True))


# Organisations and the names by which lookups and imports know them.


class OrganisationService(Service[Organisation]):
    """An organisation answers to its name, its short name, its slug, and every name it had before."""

    def prepare(self, record: Organisation) -> None:
        names = _own_names(record)
        holders = _holders(names.values())
        for field, name in names.items():
            holder = holders.get(normalise(name))
            if holder and holder.organisation_id != record.pk:
                raise ValidationError({field: _taken(holder)})

    def follow(self, record: Organisation, *, by: By, reason: str) -> None:
        spellings = {normalise(name): name for name in reversed(_own_names(record).values())}
        for normalised in spellings.keys() - _holders(spellings.values()).keys():
            ALIASES.create(organisation=record, name=spellings[normalised], by=by, reason=reason)


class AliasService(Service[Alias]):
    """A name leads to one organisation only, however it is spelled."""

    def prepare(self, record: Alias) -> None:
        record.normalised = normalise(record.name)
        if not record.normalised:
            raise ValidationError({"name": "A name needs at least one letter or digit."})
        holder = _holders([record.name]).get(record.normalised)
        if holder and holder.pk != record.pk:
            raise ValidationError({"name": _taken(holder)})

    def fixed_fields(self, record: Alias) -> tuple[str, ...]:
        return (*self.fixed, "name") if _is_own(record) else self.fixed

    def check_removal(self, record: Alias) -> None:
        if _is_own(record):
            raise ValidationError(f"“{record.name}” is the present name of {record.organisation} and stays.")


ORGANISATIONS = OrganisationService(Organisation, fixed=("slug", "kind"))
ALIASES = AliasService(Alias, fixed=("organisation",))
add_alias = ALIASES.create


def rename(
    organisation: Organisation,
    *,
    by: AbstractBaseUser,
    reason: str,
    expected_version: int,
    name: str,
    short_name: str | None = None,
) -> Organisation:
    """Give an organisation its new name; lookups still find it under the former one."""
    values: dict[str, Any] = {"name": name} | ({"short_name": short_name} if short_name else {})
    return ORGANISATIONS.change(organisation, values, by=by, reason=reason, expected_version=expected_version)


def _own_names(organisation: Organisation) -> dict[str, str]:
    return {field: getattr(organisation, field) for field in ("name", "short_name", "slug")}


def _is_own(alias: Alias) -> bool:
    return alias.normalised in {normalise(name) for name in _own_names(alias.organisation).values()}


def _holders(names: Iterable[str]) -> dict[str, Alias]:
    """The aliases that have these names, by their normalised form."""
    found = Alias.objects.select_related("organisation").filter(normalised__in={normalise(name) for name in names})
    return {alias.normalised: alias for alias in found}


def _taken(alias: Alias) -> str:
    return f"“{alias.name}” already leads to {alias.organisation}."


# Every write of regions, organisations and areas: see ``soc_tracker.core.records.services`` for the three verbs.


__all__ = ["ALIASES", "AREAS", "MEMBERSHIPS", "ORGANISATIONS", "PROFILES", "REGIONS", "SERVICES", "SUCCESSIONS"]
__all__ += ["add_alias", "rename"]


REGIONS = Service(Region, fixed=("slug",))
AREAS = Service(LocalPolicingArea, fixed=("organisation",))
PROFILES = Service(LocalProfile)
SERVICES: dict[type[models.Model], Service] = {
    service.model: service for service in (REGIONS, ORGANISATIONS, ALIASES, MEMBERSHIPS, SUCCESSIONS, AREAS, PROFILES)
}

"""Every write of regions, organisations and areas: see ``soc_tracker.core.records.services`` for the three verbs."""

from collections.abc import Iterable

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


class MembershipService(Service[Membership]):
    """An organisation belongs to one region at a time."""

    def prepare(self, record: Membership) -> None:
        Organisation.objects.select_for_update().get(pk=record.organisation_id)  # one writer of its places at a time
        first, last = record.valid_from, record.valid_to
        others = Membership.objects.filter(organisation=record.organisation_id).exclude(pk=record.pk)
        if last:
            others = others.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=last))
        if first:
            others = others.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=first))
        other = others.select_related("region").first()
        if other:
            when = to_words(other.valid_from, other.valid_to) or "with no dates"
            raise ValidationError(
                f"{record.organisation} is already in {other.region} at that time ({when}). End that membership first."
            )


class SuccessionService(Service[Succession]):
    """Successions lead forward: no organisation comes after itself."""

    def prepare(self, record: Succession) -> None:
        others = Succession.objects.exclude(pk=record.pk)
        later: set[int] = set()
        newest = {record.successor_id}
        while newest:
            later |= newest
            newest = set(others.filter(predecessor__in=newest).values_list("successor", flat=True)) - later
        if record.predecessor_id in later:
            raise ValidationError(f"{record.predecessor} would come after itself.")


REGIONS = Service(Region, fixed=("slug",))
ORGANISATIONS = OrganisationService(Organisation, fixed=("slug", "kind"))
ALIASES = AliasService(Alias, fixed=("organisation",))
MEMBERSHIPS = MembershipService(Membership)
SUCCESSIONS = SuccessionService(Succession)
AREAS = Service(LocalPolicingArea, fixed=("organisation",))
PROFILES = Service(LocalProfile)
SERVICES: dict[type[models.Model], Service] = {
    service.model: service for service in (REGIONS, ORGANISATIONS, ALIASES, MEMBERSHIPS, SUCCESSIONS, AREAS, PROFILES)
}


def _own_names(organisation: Organisation) -> dict[str, str]:
    return {field: getattr(organisation, field) for field in ("name", "short_name", "slug")}


def _is_own(alias: Alias) -> bool:
    return alias.normalised in {normalise(name) for name in _own_names(alias.organisation).values()}


def _holders(names: Iterable[str]) -> dict[str, Alias]:
    """The aliases that have these names, by their normalised form."""
    spellings = {normalise(name) for name in names}
    aliases = Alias.objects.select_related("organisation").filter(normalised__in=spellings)
    return {alias.normalised: alias for alias in aliases}


def _taken(alias: Alias) -> str:
    return f"“{alias.name}” already leads to {alias.organisation}."

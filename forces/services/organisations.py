"""Organisations and the names by which lookups and imports know them."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError

from forces.models import Alias, Organisation
from forces.names import normalise
from soc_tracker.lib.services import By, Service


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

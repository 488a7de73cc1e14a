"""What a group of the provider gives here: roles and reaches, as ``OIDC_GROUPS`` says."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core import checks

from soc_tracker.core.access.roles import Role

Gift = tuple[str, str]
"""A kind ("role", "national", "region", "organisation") and its value or slug."""


def gifts_of(groups: Iterable[str]) -> set[Gift]:
    """What these groups give together; those that the settings do not name give nothing."""
    mapping: Mapping[str, Mapping[str, Any]] = settings.OIDC_GROUPS
    gifts: set[Gift] = set()
    for group in set(groups) & mapping.keys():
        gives = mapping[group]
        gifts |= {("role", role) for role in gives.get("roles", ())}
        gifts |= {("region", slug) for slug in gives.get("regions", ())}
        gifts |= {("organisation", slug) for slug in gives.get("organisations", ())}
        gifts |= {("national", "")} if gives.get("national") else set()
    return gifts


def governed() -> set[Gift]:
    """What the groups decide: all that any of them gives. The rest is given by administrators."""
    return gifts_of(settings.OIDC_GROUPS)


def of_kind(gifts: Collection[Gift], kind: str) -> set[str]:
    return {value for each, value in gifts if each == kind}


@checks.register(checks.Tags.security)
def check_groups(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Each role that a group gives is one that there is."""
    unknown = of_kind(governed(), "role") - {*Role.values}
    hint = f"The roles are {', '.join(Role.values)}."
    return [
        checks.Error(f"OIDC_GROUPS gives a role that does not exist: {role!r}.", hint=hint, id="soc_tracker.E020")
        for role in sorted(unknown)
    ]

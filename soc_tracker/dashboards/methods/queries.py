"""Who may do what, told from the code: which roles hold each permission, and which one each address needs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.contrib.auth.models import User
from django.urls import URLPattern, URLResolver, get_resolver

from soc_tracker.core.access.models import EVERYTHING
from soc_tracker.core.access.permissions import ACTS, may, named_by
from soc_tracker.core.access.roles import Role

BY_ADDRESS = "hangs on what the address names"


@dataclass(frozen=True)
class ActRow:
    """What one permission lets do, and which roles hold it. ``by_reach``: of the bodies that they reach alone."""

    permission: str
    words: str
    by_reach: bool
    roles: frozenset[Role]


@dataclass(frozen=True)
class AddressRow:
    """What an address needs for reading it, and for sending its form where that differs."""

    address: str
    read: str
    write: str


def list_acts() -> list[ActRow]:
    """Every permission that a view may name. Asked of an account of each role, which is not stored and has all the rest
    that a permission may ask for: it is an officer's, with a reach.
    """
    accounts: dict[Role, Any] = {role: User(username=role.value, is_active=True) for role in Role}
    for role, account in accounts.items():
        account._group_names_cache, account._sight_cache = {role.label}, EVERYTHING
        account._state.fields_cache["lead_officer"] = SimpleNamespace(is_active=True, organisation_id=0)
    return [
        ActRow(name, act.words, act.by_reach, frozenset(role for role in Role if may(accounts[role], name)))
        for name, act in ACTS.items()
    ]


def list_addresses() -> list[AddressRow]:
    """Every address of the site, in alphabetical order."""
    rows = set()
    for address, view in _routes():
        named = (named_by(view, method) for method in ("GET", "POST"))
        needs = [BY_ADDRESS if callable(each) else each or "open to nobody" for each in named]
        rows.add(AddressRow(address, *needs))
    return sorted(rows, key=lambda row: (row.address, row.read, row.write))


def _routes(patterns: Iterable[URLPattern | URLResolver] | None = None, prefix: str = "/") -> Iterator[tuple[str, Any]]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        address = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, address)
        else:
            yield address, pattern.callback

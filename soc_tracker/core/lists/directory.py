"""The lists of the site, by the names of their addresses: for what offers or looks through any of them."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.urls import URLResolver, get_resolver

from soc_tracker.core.access.permissions import may, permission_of
from soc_tracker.core.lists.pages import ListPage

User = AbstractBaseUser | AnonymousUser


def list_pages() -> Mapping[str, type[ListPage]]:
    """Every list whose address needs nothing but its name, such as "forces:region_list"."""
    pages = ((name, getattr(view, "view_class", None)) for name, view in _views(get_resolver()).items())
    return {name: page for name, page in pages if isinstance(page, type) and issubclass(page, ListPage)}


def open_lists(user: User) -> Mapping[str, type[ListPage]]:
    """The lists that the user may open."""
    return {name: page for name, page in list_pages().items() if may(user, permission_of(page, "GET", {}))}


def saveable(user: User) -> Mapping[str, str]:
    """What the user may save as a view: lists, and pages that say ``saved_as``; each with what it is called."""
    names = {name: page.usual_title or page.title for name, page in open_lists(user).items()}
    for name, view in _views(get_resolver()).items():
        saved_as = getattr(getattr(view, "view_class", view), "saved_as", "")
        if saved_as and may(user, permission_of(view, "GET", {})):
            names[name] = saved_as
    return names


@cache
def _views(resolver: URLResolver, namespace: str = "") -> Mapping[str, Any]:
    """Views without parameters, by the full names of their addresses."""
    views: dict[str, Any] = {}
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            views |= _views(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
        elif not pattern.pattern.converters:
            views[f"{namespace}{pattern.name}"] = pattern.callback
    return views

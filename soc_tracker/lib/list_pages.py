"""The lists of the site, by the names of their addresses: for what offers or looks through any of them."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from django.urls import URLResolver, get_resolver

from soc_tracker.lib.list_view import ListPage


def list_pages() -> Mapping[str, type[ListPage]]:
    """Every list whose address needs nothing but its name, such as "forces:region_list"."""
    return _pages(get_resolver())


@lru_cache(maxsize=4)
def _pages(resolver: URLResolver) -> Mapping[str, type[ListPage]]:
    return dict(_below(resolver, ""))


def _below(resolver: URLResolver, namespace: str) -> Iterator[tuple[str, type[ListPage]]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _below(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
            continue
        view: Any = getattr(pattern.callback, "view_class", None)
        if isinstance(view, type) and issubclass(view, ListPage) and not pattern.pattern.converters:
            yield f"{namespace}{pattern.name}", view

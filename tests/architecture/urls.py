"""Every URL name of the site, read from the resolver."""

from collections.abc import Iterable, Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def names(patterns: Iterable[URLPattern | URLResolver] | None = None, namespace: str = "") -> Iterator[str]:
    """Each pattern's name with its namespaces, such as "inspections:finding"; a nameless pattern gives its route."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from names(pattern.url_patterns, inner)
        else:
            yield namespace + (pattern.name or f"without a name: {pattern.pattern}")

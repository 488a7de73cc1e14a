"""Every address of the site, read from the resolver."""

from collections.abc import Iterable, Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def routes(
    patterns: Iterable[URLPattern | URLResolver] | None = None, namespace: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """Each pattern under its name with its namespaces, such as "inspections:finding"; nameless, under its route."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(
                pattern.url_patterns, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            )
        else:
            yield namespace + (pattern.name or f"without a name: {pattern.pattern}"), pattern


def names() -> Iterator[str]:
    for name, _ in routes():
        yield name

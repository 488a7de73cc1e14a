"""Any address of the site: a route with values that exist or do not, asked for what it knows and what it does not."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from django.apps import apps
from django.contrib import admin
from django.contrib.admindocs.views import simplify_regex
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, resolve
from django.urls.resolvers import RoutePattern
from hypothesis import strategies as st

from plans4p.editing.pages import KINDS
from tests.fuzz.values import GENERAL, OF_THE_ADMIN, RESERVED, odd_text, parameters

APPS = ("forces", "inspections", "disruptions", "plans4p")
PART = re.compile(r"<(?:\w+:)?(\w+)>")
ALWAYS = {
    "kind": tuple(KINDS),
    "step": ("approve", "review", "owner", "remove", "close", "begin-review", "withdraw", "reopen"),
    "chart": ("by-month", "scores", "pursue-shares", "findings-by-kind", "soc-threats", "months"),
    "table": ("shares", "bodies", "gaps", "counts", "published-against-recorded", "late"),
}


@dataclass(frozen=True)
class Request:
    """What a failing example shows, so that it can be sent again."""

    role: str
    address: str


@dataclass(frozen=True)
class Site:
    """The routes below some beginnings, and what stands in their addresses: by route, and by the name of a part."""

    routes: Sequence[str]
    of_route: Mapping[str, Sequence[Mapping[str, str]]]
    of_part: Mapping[str, Sequence[str]]
    asked: Mapping[str, Sequence[str]] = field(default_factory=parameters)

    def addresses(self) -> Iterator[str]:
        """Every page of what is stored, and every route without a part."""
        for route in self.routes:
            names = PART.findall(route)
            for values in self.of_route.get(route, ()) if names else [{}]:
                yield "/" + PART.sub(lambda found, values=values: quote(values[found[1]]), route)


def site(*beginnings: str, but: Sequence[str] = ()) -> Site:
    """The part of the site whose addresses begin so. The records are read now."""
    routes = [route for route in _routes() if route.startswith(tuple(beginnings)) and not route.startswith(tuple(but))]
    of_route: dict[str, list[dict[str, str]]] = {}
    of_part: dict[str, list[str]] = {name: list(values) for name, values in ALWAYS.items()}
    for record in _records():
        for name in ("pk", "slug", "reference", "token"):
            if value := getattr(record, name, None):
                of_part.setdefault(name, []).append(str(value))
        try:
            match = resolve(record.get_absolute_url().partition("?")[0].partition("#")[0])
        except (AttributeError, NoReverseMatch):
            continue
        values = {name: str(value) for name, value in match.kwargs.items()}
        of_route.setdefault(match.route, []).append(values)
    for model in admin.site._registry:
        keys = [{"object_id": str(key)} for key in model._default_manager.values_list("pk", flat=True)[:3]]
        for page in ("change", "delete", "history"):
            of_route[f"admin/{model._meta.app_label}/{model._meta.model_name}/<path:object_id>/{page}/"] = keys
    of_part |= dict.fromkeys(("parent", "object_id", "id", "content_type_id"), of_part["pk"])
    return Site(sorted(set(routes)), of_route, of_part)


def requests(site: Site, roles: Sequence[str]) -> st.SearchStrategy[Request]:
    @st.composite
    def drawn(draw: st.DrawFn) -> Request:
        route = draw(st.sampled_from(site.routes))
        path = "/" + PART.sub(_filled(draw, site, route), route)
        asked = site.asked | OF_THE_ADMIN if route.startswith("admin/") else site.asked
        pairs = [(name, draw(_value(asked, name))) for name in draw(_names(asked))]
        query = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs)
        return Request(draw(st.sampled_from(roles)), f"{path}?{query}" if query else path)

    return drawn()


def _routes(patterns: Iterable[URLPattern | URLResolver] | None = None, before: str = "") -> Iterator[str]:
    for each in get_resolver().url_patterns if patterns is None else patterns:
        words = str(each.pattern)
        route = before + (words if isinstance(each.pattern, RoutePattern) else simplify_regex(words).lstrip("/"))
        if isinstance(each, URLResolver):
            yield from _routes(each.url_patterns, route)
        else:
            yield route


def _records() -> Iterator[object]:
    for label in APPS:
        for model in apps.get_app_config(label).get_models():
            if not model.__name__.startswith("Historical"):
                yield from model._default_manager.all()[:8]


def _filled(draw: st.DrawFn, site: Site, route: str):
    known = site.of_route.get(route, ())
    chosen = draw(st.sampled_from(known)) if known else {}

    def part(found: re.Match[str]) -> str:
        name = found[1]
        usual = [chosen[name]] if name in chosen else site.of_part.get(name, ["x"])
        is_odd = draw(st.integers(0, 9)) == 0
        return _quoted(draw(odd_text() if is_odd else st.sampled_from(usual)))

    return part


def _names(asked: Mapping[str, Sequence[str]]) -> st.SearchStrategy[list[str]]:
    known = st.sampled_from(sorted(asked))
    own = st.sampled_from(sorted(RESERVED))
    return st.lists(st.one_of(known, known, known, own, st.sampled_from(GENERAL)), max_size=4)


def _value(asked: Mapping[str, Sequence[str]], name: str) -> st.SearchStrategy[str]:
    usual = st.sampled_from(asked.get(name) or GENERAL)
    return st.one_of(usual, usual, usual, odd_text())


def _quoted(text: str) -> str:
    return quote(text, safe="", errors="surrogatepass")

"""Addresses that differ from the present one in a few parameters."""

from collections.abc import Callable, Iterable, Mapping

from django.http import HttpRequest, HttpResponsePermanentRedirect, QueryDict
from django.http.response import HttpResponseBase


def as_query(params: QueryDict | Mapping[str, object] | None) -> QueryDict:
    """A copy that may be changed, without empty values: an emptied form field says nothing."""
    query = QueryDict(mutable=True)
    if params is None:
        return query
    for name in params:
        value = params.getlist(name) if isinstance(params, QueryDict) else params[name]
        values = value if isinstance(value, (list, tuple)) else [value]
        stated = [str(value) for value in values if str(value).strip()]
        if stated:
            query.setlist(name, stated)
    return query


def address(params: QueryDict, *, without: Iterable[str] = (), **values: str) -> str:
    """The parameters as a relative URL, less some, with others set; "?" alone where none is left."""
    query = as_query(params)
    for name in without:
        query.pop(name, None)
    for name, value in values.items():
        query[name] = value
    return f"?{query.urlencode()}"


def pairs(params: QueryDict, *, without: Iterable[str] = ()) -> list[tuple[str, str]]:
    """The parameters, less some, as the hidden fields of a form that keeps them."""
    query = as_query(params)
    left_out = frozenset(without)
    return [(name, str(value)) for name in query if name not in left_out for value in query.getlist(name)]


# Addresses that were given out under an earlier name of a parameter lead to the same page under its present name.


RENAMED = {"words": "q"}
"""The former name of a parameter of lists, charts and API → its present one."""


class OldAddresses:
    """Redirects what reads (GET and HEAD) for good. An address with both names is left to the page to refuse."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        old = [name for name, new in RENAMED.items() if name in request.GET and new not in request.GET]
        if not old or request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        query = request.GET.copy()
        for name in old:
            query.setlist(RENAMED[name], query.pop(name))
        return HttpResponsePermanentRedirect(f"{request.path}?{query.urlencode()}")

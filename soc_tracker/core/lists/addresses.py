"""Addresses that differ from the present one in a few parameters."""

from collections.abc import Iterable, Mapping

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import urlencode


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


def cite_url(request: HttpRequest, report: str = "") -> str:
    """Where a report of the page, or else the number of rows of its list, is cited as it stands."""
    page = f"{request.path}{address(request.GET, without=('older', 'newer', 'jump', 'format', 'form'))}"
    return f"{reverse('cite')}?{urlencode({'of': page.rstrip('?'), 'report': report})}"

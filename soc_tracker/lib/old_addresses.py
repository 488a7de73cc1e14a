"""Addresses that were given out under an earlier name of a parameter lead to the same page under its present name."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase

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

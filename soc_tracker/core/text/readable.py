"""Refuses what no page could read, before any of them tries: a request is understood, or gets the page that says so."""

import codecs
from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

NUL = "\x00"
UTF_8 = "utf-8"


def readable_requests(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that stands before every reader of the address, the cookies and the form."""

    def answer(request: HttpRequest) -> HttpResponse:
        if NUL in request.path_info:
            raise Http404("No address holds such a character.")
        try:
            charset = codecs.lookup((request.content_params or {}).get("charset", UTF_8)).name
        except LookupError:
            charset = ""
        if charset != UTF_8:
            raise BadRequest("The pages of this site are UTF-8, and so is what their forms send.")
        # The site's own pages name such a value; the lists of Django's administration would hand it to the database.
        words = (word for name, values in request.GET.lists() for word in (name, *values))
        if request.path_info.startswith(reverse("admin:index")) and any(NUL in word for word in words):
            raise BadRequest("The address holds a character that no text may hold.")
        if any(NUL in value for value in request.COOKIES.values()):
            raise BadRequest("A cookie holds a character that no text may hold.")
        return get_response(request)

    return answer

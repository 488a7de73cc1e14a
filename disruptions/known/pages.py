"""Requests that name what was ``known`` here are answered from the record as it was then, whatever page answers them.

A page that takes no such parameter refuses it as any other that it does not know.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase, StreamingHttpResponse

from disruptions.known.queries import as_known, read_moment
from disruptions.standpoint.queries import last_write

PARAMETER = "known"
END = object()


def answer_as_known(request: HttpRequest, get_response: Callable[[HttpRequest], HttpResponseBase]) -> HttpResponseBase:
    """A moment after which nothing was written is now; what is no moment, the page's filter names."""
    moment = moment_of(request)
    if moment is None:
        return get_response(request)
    with as_known(moment):
        response = get_response(request)
    if isinstance(response, StreamingHttpResponse) and not response.is_async:
        response.streaming_content = as_known_then(moment, iter(response))
    return response


def moment_of(request: HttpRequest) -> datetime | None:
    text = request.GET.get(PARAMETER, "").strip() if request.method in ("GET", "HEAD") else ""
    if not text:
        return None
    try:
        moment = read_moment(text)
    except ValueError:
        return None
    written = last_write()
    return moment if written and moment < written else None


def as_known_then(moment: datetime, pieces: Iterator[Any]) -> Iterator[Any]:
    """The pieces of a file, each read from the record as it was: between two of them others may ask it."""
    while True:
        with as_known(moment):
            piece = next(pieces, END)
        if piece is END:
            return
        yield piece

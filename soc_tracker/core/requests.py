"""Before any page is asked: from which address a request comes, whether this process can serve it, and whether it can
be understood and is at its present address.
"""

import codecs
from ipaddress import ip_address
from typing import Any

import structlog
from django.conf import settings
from django.core import checks
from django.core.exceptions import BadRequest
from django.db import DatabaseError, connection
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_structlog.signals import bind_extra_request_metadata

from soc_tracker.core.access.permissions import OPEN, needs


class ClientAddresses(MiddlewareMixin):
    """Before all others: from here on, REMOTE_ADDR is the address of the client and not of the proxy.

    Each trusted proxy adds to the end of X-Forwarded-For the address that it was asked from; whatever stands before is
    the client's own invention. Where a proxy added none, the request came straight from where it says.
    """

    def process_request(self, request: HttpRequest) -> None:
        forwarded = [word.strip() for word in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        if 0 < settings.TRUSTED_PROXY_COUNT <= len(forwarded):
            address = address_in(forwarded[-settings.TRUSTED_PROXY_COUNT])
            request.META["REMOTE_ADDR"] = address or request.META.get("REMOTE_ADDR", "")


def address_in(word: str) -> str:
    """The address in 192.0.2.7, 192.0.2.7:4711, 2001:db8::7 or [2001:db8::7]:4711; "" where there is none."""
    for candidate in (word, word.rpartition(":")[0], word.partition("]")[0]):
        try:
            return str(ip_address(candidate.strip("[]")))
        except ValueError:
            continue
    return ""


@receiver(bind_extra_request_metadata)
def log_address(request: HttpRequest, **signal: Any) -> None:
    """Each line of the log names the client's address."""
    structlog.contextvars.bind_contextvars(ip=request.META.get("REMOTE_ADDR", ""))


@checks.register(checks.Tags.security, deploy=True)
def check_proxies(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Behind a proxy that is not counted, everybody seems to come from the proxy."""
    if not settings.BEHIND_TLS_PROXY or settings.TRUSTED_PROXY_COUNT:
        return []
    text = (
        "BEHIND_TLS_PROXY is set and TRUSTED_PROXY_COUNT is 0: the log, the trail and the limits of sign-in take the "
    )
    hint = "Set TRUSTED_PROXY_COUNT to the number of proxies that add to X-Forwarded-For, 1 where there is one."
    return [checks.Warning(text + "address of the proxy for that of everybody.", hint=hint, id="soc_tracker.W001")]


@needs(OPEN)
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("the database does not answer\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


class AnswersAsKnown(MiddlewareMixin):
    """A request that names what was ``known`` is answered by what the settings name; others as they are."""

    def process_request(self, request: HttpRequest) -> HttpResponseBase | None:
        return import_string(settings.AS_KNOWN)(request, self.get_response) if "known" in request.GET else None


# Refuses what no page could read, before any of them tries: a request is understood, or gets the page that says so.


NUL = "\x00"
UTF_8 = "utf-8"
LONGEST_QUERY = 16_000  # characters, as the address writes them
MOST_VALUES = 250  # of one parameter: more than any list has to choose from


class ReadableRequests(MiddlewareMixin):
    """Stands before every reader of the address, the cookies and the form. Raises BadRequest, or Http404."""

    def process_request(self, request: HttpRequest) -> None:
        if NUL in request.path_info:
            raise Http404("No address holds such a character.")
        if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
            words = f"The address is too long: after its question mark it may have {LONGEST_QUERY:,} characters."
            raise BadRequest(words)
        for name, values in request.GET.lists():
            if len(values) > MOST_VALUES:
                words = f"The address gives “{name[:40]}” too often: it may have {MOST_VALUES} values at most."
                raise BadRequest(words)
        try:
            charset = codecs.lookup((request.content_params or {}).get("charset", UTF_8)).name
        except LookupError:
            charset = ""
        if charset != UTF_8:
            raise BadRequest("The pages of this site are UTF-8, and so is what their forms send.")
        # The site's own pages name such a value; the lists of Django's administration would hand it to the database.
        texts = (text for name, values in request.GET.lists() for text in (name, *values))
        if request.path_info.startswith(reverse("admin:index")) and any(NUL in text for text in texts):
            raise BadRequest("The address holds a character that no text may hold.")
        if any(NUL in value for value in request.COOKIES.values()):
            raise BadRequest("A cookie holds a character that no text may hold.")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page, or for programs the text, that says what was not understood, where this site itself has said it."""
    why = str(exception) if isinstance(exception, BadRequest) else ""
    if request.path_info.startswith("/api/"):
        return JsonResponse({"detail": why or "The request was not understood."}, status=400)
    return render(request, "400.html", {"why": why}, status=400)


# Addresses that were given out under an earlier name of a parameter lead to the same page under its present name.


RENAMED = {"words": "q"}
"""The former name of a parameter of lists, charts and API → its present one."""


class OldAddresses(MiddlewareMixin):
    """Redirects what reads (GET and HEAD) for good. An address with both names is left to the page to refuse."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        old = [name for name, new in RENAMED.items() if name in request.GET and new not in request.GET]
        if not old or request.method not in ("GET", "HEAD"):
            return None
        query = request.GET.copy()
        for name in old:
            query.setlist(RENAMED[name], query.pop(name))
        return HttpResponsePermanentRedirect(f"{request.path}?{query.urlencode()}")

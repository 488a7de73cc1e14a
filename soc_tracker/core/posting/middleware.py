"""Takes each form once, gives back what could not be taken, and says so where the database is busy."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.utils.cache import add_never_cache_headers
from django.utils.crypto import get_random_string
from django.utils.http import urlencode
from django.views import defaults
from rest_framework.views import APIView

from soc_tracker.core.busy import is_busy
from soc_tracker.core.posting import sent, services
from soc_tracker.core.posting.refill import refill
from soc_tracker.core.posting.sent import GiveBack
from soc_tracker.core.posting.tokens import FIELD, FormToken, read_token

# The answer to a form whose protection does not hold.


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A plain refusal, which the middleware betters where a page of this very site has sent the form."""
    request.csrf_failed = True  # type: ignore[attr-defined]
    return render(request, "403_csrf.html", status=403)


COOKIE, COOKIE_SALT = f"{settings.COOKIE_PREFIX}kept_form", "soc_tracker.core.posting.browser"
# These write nothing that a second press could double, and answer by exceptions that only Django's own call of a view
# hands on to their middleware.
NOT_COUNTED = ("account_", "mfa_", "demo_sign_in")

ONCE = "This form had been sent already, and was saved then. Nothing has been saved a second time."
CHANGED = (
    "This form had been sent and saved already. What you have sent now differs from it and has not been saved: "
    "send it again if it is to be saved as well."
)
UNKNOWN = "Nothing has been saved: the page had been open for too long. Look at what you typed, and send it again."
SIGNED_OUT = "Nothing has been saved: you were no longer signed in. Look at what you typed, and send it again."
SIGN_IN = "What you typed is kept: sign in, and it comes back."
STALE = (
    "Nothing has been saved: you had signed in or out in another window since this page was opened. "
    "Look at what you typed, and send it again."
)
CHOOSE_AGAIN = "Choose the file again: files are not kept."
GONE = "What was typed on this page is no longer kept, or belongs to another account."


@dataclass(frozen=True)
class FormPosts:
    """Calls the view of a form in one transaction with the form's token; brings back what came too late."""

    get_response: Callable[[HttpRequest], HttpResponseBase]

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "GET" and sent.KEPT in request.GET and request.user.is_authenticated:
            return self._show_again(request)
        response = self.get_response(request)
        is_stale = getattr(request, "csrf_failed", False)
        if is_stale or (request.method == "POST" and not request.user.is_authenticated and _leads_to_sign_in(response)):
            token = read_token(request.POST.get(FIELD, ""))
            # A stale form is kept where the browser says that it is this site's own, and its token whose it is.
            if not is_stale or (token and sent.is_own(request)):
                return self._give_back(request, token, STALE if is_stale else SIGNED_OUT)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Take a form of somebody signed in. Without a token it is given back: a page of this site has one."""
        match = request.resolver_match
        name = match.view_name if match else ""
        if request.method != "POST" or not request.user.is_authenticated or name.startswith(NOT_COUNTED):
            return None
        token = read_token(request.POST.get(FIELD, ""))
        if token and token.user_id == request.user.pk:
            try:
                return self._take(request, token, lambda: view(request, *args, **kwargs))
            except Exception as error:
                if (answer := self.process_exception(request, error)) is None:
                    raise
                return answer
        # Programs that need no protection from other sites' forms, tests among them, need no token either.
        if getattr(view, "csrf_exempt", False) or getattr(request, "_dont_enforce_csrf_checks", False):
            return None
        return self._give_back(request, None, UNKNOWN)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """What a view has given back, or could not do because the database is busy."""
        if isinstance(error, GiveBack):
            return self._give_back(request, read_token(request.POST.get(FIELD, "")), error.why, error.page)
        return _busy(request) if is_busy(error) else None

    def _take(self, request: HttpRequest, token: FormToken, answer: Callable[[], HttpResponseBase]) -> HttpResponseBase:
        """The view's answer. It is done when it leads elsewhere; whatever else it is, the form may be sent again."""
        digest = sent.digest(request)
        with transaction.atomic():
            form, is_first = services.claim(token, digest)
            if is_first:
                response = answer()
                # Another answer than a redirect says itself that all is done, and where a second press leads.
                if outcome := getattr(response, "url", "") or getattr(response, "done_at", ""):
                    services.settle(form, outcome)
                    if key := sent.kept_key(request.POST):
                        services.forget(key, user_id=token.user_id)
                elif response.status_code >= 400:
                    transaction.set_rollback(True)
                else:
                    services.release(form)
                return response
        if form.digest != digest:
            return self._give_back(request, None, CHANGED)
        messages.info(request, ONCE)
        return redirect(form.outcome)

    def _give_back(self, request: HttpRequest, token: FormToken | None, why: str, page: str = "") -> HttpResponseBase:
        """Lead to the page on which the form stood, by way of signing in where need be, with what was typed."""
        page = sent.came_from(request) or page or request.get_full_path()
        if token is None and request.user.is_authenticated:
            token = FormToken(request.user.pk, get_random_string(16))
        fields = sent.keepable(request)
        if token is None or fields is None:
            return redirect_to_login(page) if token is None else render(request, "posting/too_long.html", status=413)
        browser = request.get_signed_cookie(COOKIE, "", salt=COOKIE_SALT) or get_random_string(32)
        try:
            kept = services.keep(
                token,
                browser=sha256(browser.encode()).hexdigest(),
                page=page,
                action=request.get_full_path(),
                fields=fields,
                why=f"{why} {CHOOSE_AGAIN}" if request.FILES else why,
            )
        except OperationalError as error:
            if not is_busy(error):
                raise
            return _busy(request)
        address = f"{page}{'&' if '?' in page else '?'}{urlencode({sent.KEPT: str(kept.pk)})}"
        if not request.user.is_authenticated:
            messages.info(request, SIGN_IN)
            response: HttpResponse = redirect_to_login(address)
        elif request.user.pk == token.user_id:
            response = redirect(address)
        else:
            response = render(request, "posting/of_another.html", {"address": address}, status=403)
        response.set_signed_cookie(
            COOKIE,
            browser,
            salt=COOKIE_SALT,
            max_age=services.KEPT_FOR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response

    def _show_again(self, request: HttpRequest) -> HttpResponseBase:
        """The page as it is now, its form filled in with what is kept; all of that on a page of its own if need be."""
        cookie = request.get_signed_cookie(COOKIE, "", salt=COOKIE_SALT) or ""
        key = sent.kept_key(request.GET)
        user_id, fingerprint = request.user.pk, sha256(cookie.encode()).hexdigest()
        kept = services.find(key, user_id=user_id, browser=fingerprint) if key and user_id else None
        # The view does not see the parameter: it knows its own alone.
        query: Any = request.GET.copy()
        del query[sent.KEPT]
        request.GET = query
        request.META["QUERY_STRING"] = query.urlencode()
        if kept is None:
            messages.warning(request, GONE)
            return self.get_response(request)
        messages.warning(request, kept.why)
        page: Any = self.get_response(request)
        html = ""
        if page.status_code == 200 and not page.streaming and page["Content-Type"].startswith("text/html"):
            html = refill(page.content.decode(), page=request.get_full_path(), kept=kept)
        if html:
            page.content = html
        else:
            context = {"kept": kept, "name": sent.KEPT, "texts": sent.texts(kept.fields)}
            page = render(request, "posting/kept_form.html", context)
        add_never_cache_headers(page)
        answer: HttpResponseBase = page
        return answer


def _leads_to_sign_in(response: HttpResponseBase) -> bool:
    if not isinstance(response, HttpResponseRedirect):
        return False
    path, _, query = response.url.partition("?")
    return path == resolve_url(settings.LOGIN_URL) and "next=" in query


def server_error(request: HttpRequest) -> HttpResponse:
    """What nothing else has answered. Where the database was busy, be it before or after the view, as when a session
    is read or kept, that is no fault.
    """
    error = sys.exc_info()[1]
    return _busy(request) if error and is_busy(error) else defaults.server_error(request)


BUSY = "The database is busy. Nothing has been saved. Try again in ten seconds."


def _busy(request: HttpRequest) -> HttpResponse:
    """Says so. What was sent stands in the page itself, since no database can keep it, with a button that sends it."""
    view = getattr(request.resolver_match, "func", None)
    if issubclass(getattr(view, "cls", object), APIView):
        return JsonResponse({"detail": BUSY}, status=503, headers={"Retry-After": "10"})
    fields = sent.fields(request) if request.method == "POST" else []
    open_fields = [(name, value) for name, value in fields if not sent.is_secret(name)]
    is_whole = not request.FILES and open_fields == fields
    context = {
        "fields": open_fields,
        "texts": sent.texts(open_fields),
        "action": request.get_full_path(),
        "page": sent.came_from(request) or request.get_full_path(),
        "may_send": bool(fields) and is_whole,
        # The very token that was sent: the first press of two may still be under way.
        "own": [(name, request.POST[name]) for name in (FIELD, sent.KEPT) if name in request.POST],
    }
    response = render(request, "posting/busy.html", context, status=503)
    response["Retry-After"] = "10"
    return response

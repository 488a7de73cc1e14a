"""Files of threats, disruptions, plans and orders ask who one is, where that was last shown too long ago: whoever finds
a session open does not carry off the record.
"""

import time
from collections.abc import Callable
from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from soc_tracker.core.access.permissions import permission_of
from soc_tracker.core.accounts.tokens.scopes import Scope, scope_of

FORMS = ("csv", "xlsx", "html", "pdf")
FILES = ("_csv", "_file", "_pdf")
"""How the names of addresses end that answer with a file."""
WHY = (
    "A file of threats, disruptions, plans or orders asks again who you are, once in {minutes} minutes. "
    "The file comes when you have confirmed."
)


class AskAgainMiddleware:
    """Leads to where one shows again who one is, and back. A program shows its token each time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        account = cast(Any, request.user)
        if hasattr(request, "token") or not account.is_authenticated or not is_sensitive_file(request, view, kwargs):
            return None
        shown = [record["at"] for record in get_authentication_records(request, account)]
        if time.time() - max(shown, default=0) < settings.FILES_ASK_AFTER.total_seconds():
            return None
        ways = get_adapter().get_reauthentication_methods(account)
        if not ways and not account.identities.exists():
            return None  # an account of the demonstration, which anybody may enter
        messages.info(request, WHY.format(minutes=int(settings.FILES_ASK_AFTER.total_seconds() // 60)))
        if ways:
            return suspend_request(request, ways[0]["url"])
        again = urlencode({"again": "yes", "next": request.get_full_path()})
        return redirect(f"{reverse('sso_start')}?{again}")


def is_sensitive_file(request: HttpRequest, view: Any, kwargs: dict[str, Any]) -> bool:
    """Whether the address answers with a file of rows, or of counts, of the record or of plans."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    form = kwargs.get("suffix", request.GET.get("format"))
    if form not in FORMS and not name.endswith(FILES):
        return False
    return scope_of(permission_of(view, "GET", kwargs)) in (Scope.RECORD, Scope.PLANS)

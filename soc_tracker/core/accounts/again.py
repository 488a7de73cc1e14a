"""Files of threats, disruptions, plans and orders, and the pages on which accounts of others are changed, ask who one
is where that was last shown too long ago: whoever finds a session open carries off no record and enters no account.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.http import urlencode

from soc_tracker.core.access.permissions import SAFE, permission_of
from soc_tracker.core.accounts.tokens.models import Scope, scope_of
from soc_tracker.core.posting.sent import GiveBack

FORMS = ("csv", "xlsx", "html", "pdf")
FILES = ("_csv", "_file", "_pdf")
"""How the names of addresses end that answer with a file."""
FILES_WHY = (
    "A file of threats, disruptions, plans or orders asks again who you are, once in {minutes} minutes. "
    "The file comes when you have confirmed."
)
ACCOUNTS_ASK_AFTER, FORM_OPEN_FOR = timedelta(minutes=15), timedelta(minutes=45)
ACCOUNTS_WHY = "To change the account of somebody, show again who you are, once in 15 minutes."
TOO_LATE = (
    "Nothing has been saved: the form was open for too long. Show again who you are, at /accounts/reauthenticate/, and "
    "send it again."
)


class AskAgainMiddleware(MiddlewareMixin):
    """Before a file of rows, or of counts, of the record or of plans: leads to where one shows again who one is, and
    back. A program shows its token each time.
    """

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        is_program = hasattr(request, "token")
        if is_program or not request.user.is_authenticated or request.method not in SAFE:
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        is_file = kwargs.get("suffix", request.GET.get("format")) in FORMS or name.endswith(FILES)
        if not is_file or scope_of(permission_of(view, "GET", kwargs)) not in (Scope.RECORD, Scope.PLANS):
            return None
        after = settings.FILES_ASK_AFTER
        why = FILES_WHY.format(minutes=int(after.total_seconds() // 60))
        return way_to_show(request, why) if must_show(request, after) else None


def must_show(request: HttpRequest, after: timedelta) -> bool:
    """Whether it was so long ago that the account showed, here or where it was signed in, whose it is.

    An account without any way to show it is one of the demonstration, which anybody may enter.
    """
    account = cast(Any, request.user)
    moments = [record["at"] for record in get_authentication_records(request, account)]
    if time.time() - max(moments, default=0) < after.total_seconds():
        return False
    return bool(get_adapter().get_reauthentication_methods(account)) or account.identities.exists()


def way_to_show(request: HttpRequest, why: str) -> HttpResponse:
    """Leads there, and then back to the page that was asked for."""
    messages.info(request, why)
    ways = get_adapter().get_reauthentication_methods(request.user)
    back = request.get_full_path()
    if ways:
        return redirect(f"{ways[0]['url']}?{urlencode({'next': back})}")
    return redirect(f"{reverse('sso_start')}?{urlencode({'again': 'yes', 'next': back})}")


def way_before_form(
    request: HttpRequest, why: str, *, after: timedelta, open_for: timedelta = timedelta()
) -> HttpResponse | None:
    """Before a form is filled in, the way to show who one is, where that was longer ago than ``after``; None where it
    was not. What is sent from a form that was then ``open_for`` longer comes back with what was typed: GiveBack.
    """
    if request.method in SAFE and must_show(request, after):
        return way_to_show(request, why)
    if request.method not in SAFE and must_show(request, after + open_for):
        raise GiveBack(TOO_LATE, page=request.get_full_path())
    return None


def asked_before(view: Callable[..., Any]) -> Callable[..., Any]:
    """A method of the administration that changes the account of somebody: it is asked for before the form is filled
    in, and what is sent from one that was open for long comes back with what was typed.
    """

    @wraps(view)
    def ask(admin: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        way = way_before_form(request, ACCOUNTS_WHY, after=ACCOUNTS_ASK_AFTER, open_for=FORM_OPEN_FOR)
        return way or view(admin, request, *args, **kwargs)

    return ask

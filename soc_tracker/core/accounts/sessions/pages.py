"""The page of one's own account: who one is here, and where one is signed in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from soc_tracker.core.access.permissions import OPEN, OWN_ACCOUNT, needs
from soc_tracker.core.accounts.reaches import reach_in_words
from soc_tracker.core.accounts.services import NONE
from soc_tracker.core.accounts.sessions.services import end_chosen
from soc_tracker.core.accounts.sessions.store import fingerprint

EVERYWHERE = "everywhere"
BY_OWNER = "By its owner, on the pages of the account."


@needs(OWN_ACCOUNT)
@never_cache
@require_http_methods(["GET", "HEAD"])
def own_account(request: HttpRequest) -> HttpResponse:
    """The account, and its open sessions, the one of this request marked."""
    account: Any = request.user
    roles = ", ".join(account.groups.order_by("name").values_list("name", flat=True))
    reach = reach_in_words(account, account.reaches.not_over(localdate()).select_related("region", "organisation"))
    if reach == NONE:
        reach = "None: ask an administrator to say whose record you work with"
    context = {
        "facts": [
            ("Name", account.get_full_name() or account.get_username(), "", ""),
            ("Username", account.get_username(), "", ""),
            ("Roles", roles or "None yet", "", ""),
            ("Reach", reach, "", ""),
            ("E-mail address", account.email or "None", reverse("account_email"), "Change"),
            (
                "Password",
                "Set" if account.has_usable_password() else "None",
                reverse("account_change_password"),
                "Change",
            ),
            ("Second factor", "What you show beside your password", reverse("mfa_index"), "See"),
        ],
        "tokens": account.tokens.in_force(localdate()).count(),
        "sessions": list(account.sessions.still_open()),
        "this": fingerprint(request.session.session_key or ""),
        "everywhere": EVERYWHERE,
    }
    return render(request, "account/own_account.html", context)


@needs(OPEN)  # as signing out is: who presses twice has no session any more
@require_POST
def end_own_sessions(request: HttpRequest) -> HttpResponse:
    """End the session that was chosen, or all of them; whoever ends this one is led to the sign-in page."""
    account: Any = request.user
    if not account.is_authenticated:
        return redirect("account_login")
    chosen, this = request.POST.get("session", ""), fingerprint(request.session.session_key or "")
    everywhere = chosen == EVERYWHERE
    keys = [session.pk for session in account.sessions.all()] if everywhere else [chosen]
    try:
        end_chosen(account, keys, by=account, reason=BY_OWNER)
    except ValidationError as error:
        messages.info(request, " ".join(error.messages))
    else:
        if this in keys:
            logout(request)
        messages.success(request, "You are signed out everywhere." if everywhere else "The session has ended.")
    return redirect("account_login" if this in keys else "own_account")

"""How often somebody may try to sign in, to give a code, to set a password: everybody is slowed, nobody is shut out.

What is wrong counts under the account as tried from one network, under the account from everywhere, and under the
network; what is right counts nothing. A browser in which the account was signed in to before carries a signed cookie,
and its attempts count under that alone: whoever attacks the account, or shares a network with its owner, cannot keep
the owner out. Nor does a passkey, which nobody guesses, count under the account.
"""

import math
from collections.abc import Callable
from hashlib import sha256
from ipaddress import ip_address, ip_network
from typing import Any

from allauth.account.internal.stagekit import unstash_login
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import User
from django.core.signing import BadSignature, dumps, loads
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.crypto import get_random_string

from soc_tracker.core.limits.services import Limits, Rate, give_back, spend
from soc_tracker.core.trail.models import Kind
from soc_tracker.core.trail.services import record_event

ACCOUNT_FROM_A_NETWORK, ACCOUNT, NETWORK = Rate(5, 60), Rate(20, 30), Rate(30, 10)
KNOWN_BROWSER = Rate(10, 60)
CODE, CODE_IN_A_KNOWN_BROWSER = Rate(5, 300), Rate(10, 60)
"""A code of six digits is guessed in a million: at one each five minutes, once in ten years."""
AGAIN = Rate(5, 60)
LINKS_FROM_A_NETWORK, LINKS_TO_AN_ADDRESS = Rate(10, 60), Rate(3, 600)
ADDRESSES = Rate(5, 120)
NOTES = Rate(1, 600)
"""How often the trail is told that the same limit holds."""
COOKIE, SALT = f"{settings.COOKIE_PREFIX}known_browser", "soc_tracker.core.accounts.known_browser"
MOST_KNOWN, KNOWN_FOR = 8, 180 * 24 * 3600


class LimitsMiddleware:
    """Counts what is posted to the pages of ``LIMITED``; marks a browser in which somebody has signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "POST":
            return self.get_response(request)
        was_known = request.user.pk  # of the session that the request came with
        response = self.get_response(request)
        # What these pages take, they answer with a redirect.
        limits = getattr(request, "taken_attempts", ())
        if limits and response.status_code == 302:
            give_back(limits)
        account = request.user.pk if request.user.pk != was_known else getattr(request, "set_password_of", None)
        if account and response.status_code == 302:
            know(request, response, account)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if request.method != "POST" or name not in LIMITED:
            return None
        limits, counts_all = LIMITED[name](request), name in COUNTED_WHATEVER_COMES_OF_IT
        seconds = spend(limits)
        if not seconds:
            request.taken_attempts = () if counts_all else limits  # type: ignore[attr-defined]
            return None
        if not spend([("note " + " ".join(key for key, _ in limits), NOTES)]):
            record_event(Kind.LOCK_OUT, subject=account_of(request), page=name, seconds=math.ceil(seconds))
        minutes = math.ceil(seconds / 60)
        words = f"{minutes} minutes" if minutes > 2 else f"{math.ceil(seconds)} seconds"
        response = render(request, "429.html", {"wait": words, "signing_in": name == "account_login"}, status=429)
        response["Retry-After"] = str(math.ceil(seconds))
        return response


def for_sign_in(request: HttpRequest) -> Limits:
    account = account_of(request)
    if account and (browser := known_browsers(request).get(str(account.pk))):
        return [(f"sign in {browser}", KNOWN_BROWSER)]
    typed = request.POST.get("login", "").strip().casefold()
    name, place = f"sign in {account.pk if account else typed!r}", network(request)
    return [(f"{name} {place}", ACCOUNT_FROM_A_NETWORK), (name, ACCOUNT), (f"sign in {place}", NETWORK)]


def for_codes(request: HttpRequest) -> Limits:
    """A passkey is shown, not guessed: it counts under the network alone."""
    account = account_of(request)
    if not account or "code" not in request.POST:
        return by_network(request)
    if browser := known_browsers(request).get(str(account.pk)):
        return [(f"code {browser}", CODE_IN_A_KNOWN_BROWSER)]
    return [(f"code {account.pk}", CODE), *by_network(request)]


def for_confirming(request: HttpRequest) -> Limits:
    """Of an open session, whoever sits before it."""
    return [(f"again {request.user.pk} {network(request)}", AGAIN)]


def for_links(request: HttpRequest) -> Limits:
    """The same for an address of an account and for any other: nobody learns which it is."""
    address = request.POST.get("email", "").strip().casefold()
    return [(f"link {network(request)}", LINKS_FROM_A_NETWORK), (f"link {address!r}", LINKS_TO_AN_ADDRESS)]


def for_addresses(request: HttpRequest) -> Limits:
    return [(f"address {request.user.pk}", ADDRESSES)]


def by_network(request: HttpRequest) -> Limits:
    return [(f"account pages {network(request)}", NETWORK)]


LIMITED: dict[str, Callable[[HttpRequest], Limits]] = {
    "account_login": for_sign_in,
    "mfa_authenticate": for_codes,
    "mfa_login_webauthn": by_network,
    "account_reauthenticate": for_confirming,
    "mfa_reauthenticate": for_confirming,
    "mfa_reauthenticate_webauthn": for_confirming,
    "account_change_password": for_confirming,
    "account_reset_password": for_links,
    "account_reset_password_from_key": by_network,
    "account_first_password": by_network,
    "account_confirm_email": by_network,
    "account_email": for_addresses,
}
"""By the names of the pages that take something to be guessed, or send something to an address."""
COUNTED_WHATEVER_COMES_OF_IT = {"account_reset_password", "account_email"}


def network(request: HttpRequest) -> str:
    """The client's address; of one of IPv6 the network, within which it may take any."""
    address = request.META.get("REMOTE_ADDR", "")
    try:
        is_long = ip_address(address).version == 6
    except ValueError:
        return str(address)
    return str(ip_network(f"{address}/64", strict=False)) if is_long else str(address)


def account_of(request: HttpRequest) -> User | None:
    """The account that somebody tries to enter: by the name that was typed, or by the password that was right."""
    if request.user.is_authenticated:
        return request.user
    pending = unstash_login(request, peek=True)
    if pending and "login" not in request.POST:
        return pending.user
    typed = request.POST.get("login", "").strip()
    if not typed or "\x00" in typed:
        return None
    address = EmailAddress.objects.filter(email=typed.lower(), verified=True).select_related("user").first()
    return address.user if address else User.objects.filter(username__iexact=typed).order_by("pk").first()


def known_browsers(request: HttpRequest) -> dict[str, str]:
    """Key of an account → what its attempts from this browser count under."""
    try:
        known: dict[str, str] = loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KNOWN_FOR)
    except BadSignature:
        return {}
    return known


def know(request: HttpRequest, response: HttpResponseBase, account: int) -> None:
    """Keep in the browser that this account was signed in to here, of the newest few."""
    known = known_browsers(request)
    name = known.pop(str(account), "") or sha256(get_random_string(32).encode()).hexdigest()
    newest = dict([*known.items(), (str(account), name)][-MOST_KNOWN:])
    secure = settings.SESSION_COOKIE_SECURE
    value = dumps(newest, salt=SALT, compress=True)
    response.set_cookie(COOKIE, value, max_age=KNOWN_FOR, secure=secure, httponly=True, samesite="Lax")

"""How often somebody may try to sign in, to give a code, to set a password: everybody is slowed, nobody is shut out.

What is wrong counts under the account as tried from one network, under the account from everywhere, and under the
network; what is right counts nothing. A browser in which the account was signed in to before carries a signed cookie,
and its attempts count under that alone: whoever attacks the account, or shares a network with its owner, cannot keep
the owner out. Nor does a passkey, which nobody guesses, count under the account.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
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


@dataclass(frozen=True)
class LimitsMiddleware:
    """Counts what is posted to the pages that ``limits_of`` knows; marks a browser in which somebody has signed in."""

    get_response: Callable[[HttpRequest], HttpResponseBase]

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
            # The browser keeps that this account was signed in to here, of the newest few.
            known = known_browsers(request)
            name = known.pop(str(account), "") or sha256(get_random_string(32).encode()).hexdigest()
            newest = dict([*known.items(), (str(account), name)][-MOST_KNOWN:])
            value, secure = dumps(newest, salt=SALT, compress=True), settings.SESSION_COOKIE_SECURE
            response.set_cookie(COOKIE, value, max_age=KNOWN_FOR, secure=secure, httponly=True, samesite="Lax")
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        limits = limits_of(name, request) if request.method == "POST" else []
        if not limits:
            return None
        seconds = spend(limits)
        if not seconds:
            request.taken_attempts = () if name in ANSWERED_WITH_A_MAIL else limits  # type: ignore[attr-defined]
            return None
        if not spend([("note " + " ".join(key for key, _ in limits), NOTES)]):
            record_event(Kind.LOCK_OUT, subject=account_of(request), page=name, seconds=math.ceil(seconds))
        minutes = math.ceil(seconds / 60)
        words = f"{minutes} minutes" if minutes > 2 else f"{math.ceil(seconds)} seconds"
        response = render(request, "429.html", {"wait": words, "signing_in": name == "account_login"}, status=429)
        response["Retry-After"] = str(math.ceil(seconds))
        return response


ANSWERED_WITH_A_MAIL = {"account_reset_password", "account_email"}
"""What is posted there counts whatever comes of it."""


def limits_of(page: str, request: HttpRequest) -> Limits:
    """Under what a post to the page counts; nothing where it takes nothing to be guessed, and sends nothing."""
    place = network(request)
    match page:
        case "account_login":
            return limits_of_sign_in(request, place)
        case "mfa_authenticate":
            return limits_of_code(request, place)
        case (
            "mfa_login_webauthn"
            | "account_reset_password_from_key"
            | "account_first_password"
            | "account_confirm_email"
        ):
            return [(f"account pages {place}", NETWORK)]
        case (
            "account_reauthenticate" | "mfa_reauthenticate" | "mfa_reauthenticate_webauthn" | "account_change_password"
        ):
            return [(f"again {request.user.pk} {place}", AGAIN)]  # of an open session, whoever sits before it
        case "account_reset_password":  # the same for an address of an account and any other: nobody learns which it is
            address = request.POST.get("email", "").strip().casefold()
            return [(f"link {place}", LINKS_FROM_A_NETWORK), (f"link {address!r}", LINKS_TO_AN_ADDRESS)]
        case "account_email":
            return [(f"address {request.user.pk}", ADDRESSES)]
    return []


def limits_of_sign_in(request: HttpRequest, place: str) -> Limits:
    account = account_of(request)
    if account and (browser := known_browsers(request).get(str(account.pk))):
        return [(f"sign in {browser}", KNOWN_BROWSER)]
    typed = request.POST.get("login", "").strip().casefold()
    name = f"sign in {account.pk if account else typed!r}"
    return [(f"{name} {place}", ACCOUNT_FROM_A_NETWORK), (name, ACCOUNT), (f"sign in {place}", NETWORK)]


def limits_of_code(request: HttpRequest, place: str) -> Limits:
    """A passkey is shown, not guessed: it counts under the network alone."""
    account, of_network = account_of(request), (f"account pages {place}", NETWORK)
    if not account or "code" not in request.POST:
        return [of_network]
    if browser := known_browsers(request).get(str(account.pk)):
        return [(f"code {browser}", CODE_IN_A_KNOWN_BROWSER)]
    return [(f"code {account.pk}", CODE), of_network]


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

"""Second factors: who must have one, what they may do before they have, and how secrets of factors are kept.

Administrators, and whoever reaches rows of the record, sign in with a passkey, or with a password and a passkey or the
code of an app. Until there is one, such an account opens nothing but its own pages, where it is set up.
"""

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any, cast

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.deprecation import MiddlewareMixin
from django.utils.timezone import localdate
from rest_framework.views import APIView

from soc_tracker.core.access.permissions import OPEN, OWN_ACCOUNT, permission_of
from soc_tracker.core.access.roles import is_administrator

SHOWN = "second_factor"
"""In a session: its account has a second factor, here or where it was signed in."""
NEEDED = (
    "Your account needs a second factor before it opens anything else, because it administers this site or sees "
    "threats, disruptions or plans. Add a passkey or an authenticator app; it takes two minutes."
)
LAST = "Your account needs a second factor, and this is the last one. Add another first; then this one can be removed."
OUTLASTING = ("own_token_new",)
"""Pages of one's own account where something is made that opens more without a second factor."""
REMOVING = ("mfa_deactivate_totp", "mfa_remove_webauthn")


def needs_factor(account: Any) -> bool:
    """Whether the account is to have a second factor: it administers the site, or reaches rows of the record."""
    if not settings.SECOND_FACTOR_REQUIRED or not account.is_authenticated:
        return False
    return is_administrator(account) or account.reaches.in_force(localdate()).exists()


def list_factors(account: User) -> QuerySet[Authenticator]:
    """Those that one signs in with; recovery codes stand in for one that is lost."""
    factors: QuerySet[Authenticator] = Authenticator.objects.filter(user=account)
    return factors.exclude(type=Authenticator.Type.RECOVERY_CODES)


class SecondFactorMiddleware(MiddlewareMixin):
    """Leads whoever needs a second factor, and has none, to where one is set up; keeps the last one in its place."""

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        is_program, account = hasattr(request, "token"), cast(Any, request.user)
        if name in REMOVING:
            if not needs_factor(account) or list_factors(account).count() > 1:
                return None
            messages.warning(request, LAST)
            return redirect("mfa_index")
        is_own = permission_of(view, request.method or "", kwargs) in (OPEN, OWN_ACCOUNT) and name not in OUTLASTING
        has_shown = not is_program and SHOWN in request.session  # asked first: it takes no query
        if is_own or has_shown or not needs_factor(account):
            return None
        if list_factors(account).exists():
            if not is_program:
                request.session[SHOWN] = True
            return None
        if is_program or issubclass(getattr(view, "cls", object), APIView):
            return JsonResponse({"detail": NEEDED}, status=403)
        messages.warning(request, NEEDED)
        return redirect("mfa_index")


class FactorAdapter(DefaultMFAAdapter):
    """Keeps seeds encrypted: of the app's codes, and of recovery codes."""

    def encrypt(self, text: str) -> str:
        return vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises InvalidToken where none of the keys is that with which it was encrypted."""
        return vault().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return "Passkey" if number == 1 else f"Passkey {number}"


def vault() -> MultiFernet:
    """Encrypts with the first of the keys, and reads what any of them encrypted."""
    derived = urlsafe_b64encode(sha256(f"second factors {settings.SECRET_KEY}".encode()).digest()).decode()
    return MultiFernet([Fernet(key) for key in settings.ENCRYPTION_KEYS or [derived]])


class PasskeyForm(AddWebAuthnForm):
    """Adds a passkey that is enough to sign in with, unless its device cannot check who uses it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Name"
        self.fields["name"].help_text = "By which you will tell it from others, such as “Work telephone”."
        self.fields["passwordless"].label = "Sign in with it alone"
        self.fields["passwordless"].help_text = (
            "The device asks for your finger, face or PIN, and no password is needed. Take this off for a security key "
            "without a PIN: it is then shown after the password."
        )
        self.fields["passwordless"].initial = True

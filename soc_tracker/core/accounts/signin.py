"""Signing in: accounts are made by administrators; a demonstration offers one for each role."""

from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.forms import AddEmailForm, LoginForm, ResetPasswordForm
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model, login
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.request import split_domain_port
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from soc_tracker.core.access.permissions import OPEN, OWN_ACCOUNT, needs
from soc_tracker.core.access.roles import Role, has_any_role, reads_trail
from soc_tracker.core.accounts.services import check_email, set_password
from soc_tracker.core.environment import LOOPBACK

SENDERS = {"127.0.0.1", "::1"}
PASSED_ON = {f"HTTP_{name}" for name in ("FORWARDED", "VIA", "X_FORWARDED_FOR", "X_FORWARDED_HOST", "X_REAL_IP")}
"""What a proxy adds to a request."""
SECOND_OFFICER = "second-lead-responsible-officer"
"""The demonstration's other officer of the same force: a plan is written by one person and signed by another."""
FORCE_ANALYST = "force-analyst"
"""The demonstration's analyst of that force alone, beside the one of the whole country."""


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: User, password: str) -> None:
        """Every password that people set on the pages of accounts is set here, and that it was is kept."""
        own = self.request.user.is_authenticated
        if not own:
            self.request.set_password_of = user.pk
        reason = "By its owner, on the pages of the account." if own else "By its owner, with the link that was sent."
        set_password(user, password, by=user, reason=reason)


class ConfirmedAddressBackend(AuthenticationBackend):
    """Signs in by user name, or by an address that was confirmed: anybody may write down anybody's address."""

    def _authenticate_by_email(self, email: str, password: str) -> Any:
        confirmed = EmailAddress.objects.filter(email=email.lower(), verified=True).select_related("user").first()
        return self._check_password(confirmed.user if confirmed else None, password)


class NewAddressForm(AddEmailForm):
    """Takes an address of an account whose owner can show who they are, and which no other account has."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "New e-mail address"
        self.fields["email"].help_text = "A link is sent there. The address changes once you have opened it."
        self.fields["email"].widget.attrs.pop("placeholder", None)

    def clean_email(self) -> str:
        email: str = super().clean_email()
        if not self.user.has_usable_password():
            raise ValidationError(
                "This account has no password with which you could show that it is yours, so its address cannot be "
                "changed here. Ask an administrator of this site to change it."
            )
        check_email(self.user, email)
        return email


class ForgottenForm(ResetPasswordForm):
    """Sends a link to set a new password only to an address that was confirmed."""

    def clean_email(self) -> str:
        email: str = super().clean_email()
        confirmed = EmailAddress.objects.filter(email=email.lower(), verified=True).values_list("user", flat=True)
        keys = set(confirmed)
        self.users: list[User] = [user for user in self.users if user.pk in keys and not is_let_in_elsewhere(user)]
        return email


def is_let_in_elsewhere(account: User) -> bool:
    """Whether single sign-on is the account's only way in."""
    return not account.has_usable_password() and account.identities.exists()


class SignInForm(LoginForm):
    """Asks in the words of this site; the page itself leads to a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "Username or e-mail address"
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


@needs(OWN_ACCOUNT)
@require_safe
def no_role(request: HttpRequest) -> HttpResponse:
    """Whom to ask for a role; who has one by now is led on to the home page."""
    if has_any_role(request.user):
        return redirect("home")
    return redirect("trail") if reads_trail(request.user) else render(request, "account/no_role.html")


@needs(OPEN)
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as the demonstration's account of a role, without a password; a 404 unless in demo mode, and here."""
    # From the machine that the site runs on, straight and by that machine's own name.
    host, _ = split_domain_port(request.get_host())
    is_from_here = request.META.get("REMOTE_ADDR", "") in SENDERS and host in LOOPBACK
    is_from_here = is_from_here and not PASSED_ON & set(request.META)
    if not (settings.DEMO_MODE and settings.DEVELOPMENT and is_from_here):
        raise Http404("This site is not a demonstration, or not yours.")
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    role = request.POST.get("role", "")
    if role not in (known := (*Role.values, SECOND_OFFICER, FORCE_ANALYST)):
        raise BadRequest(f"There is no role {role!r}; there are {', '.join(known)}.")
    user = get_user_model().objects.filter(username=role, is_active=True).first()
    if not user:
        raise Http404("The demo accounts are missing: run manage.py create_demo_accounts.")
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return redirect(wanted if is_ours else resolve_url(settings.LOGIN_REDIRECT_URL))


@needs(OWN_ACCOUNT)
def password_by_link(request: HttpRequest) -> HttpResponse:
    """An account without a password is given one by a link to its address, and not from a session that is open; that
    of somebody whom their organisation lets in gets none, which would outlast their place there.
    """
    if is_let_in_elsewhere(cast(User, request.user)):
        words = "You sign in where your organisation keeps its accounts, so this site keeps no password of yours."
        messages.info(request, f"{words} If you need one, ask an administrator of this site.")
        return redirect("own_account")
    messages.info(request, "Your account has no password. To set one, have a link sent to its e-mail address.")
    return redirect("account_reset_password")

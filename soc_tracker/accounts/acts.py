"""What administrators do to an account beside its form: a password, a link to set one, the end of a second factor."""

from collections.abc import Callable
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.internal.flows.password_reset import request_password_reset
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from soc_tracker.accounts import services
from soc_tracker.accounts.forms import ActForm, PasswordForm


@dataclass(frozen=True)
class Act:
    """A page of the administration: its title, what it says before it is done, its button, and what it does."""

    title: str
    says: str
    button: str
    done: str
    do: Callable[[HttpRequest, User, ActForm], None]
    form: type[ActForm] = ActForm


def send_link(request: HttpRequest, account: User, form: ActForm) -> None:
    if not account.email:
        raise ValidationError("This account has no e-mail address. Give it one first.")
    if not account.is_active:
        raise ValidationError("This account is out of use: nobody can sign in to it with a new password.")
    with transaction.atomic():
        stored = services.lock(account, form.trail["expected_version"])
        sent = [("Link to set a password", services.NONE, f"sent to {stored.email}")]
        services.keep(stored, sent, by=request.user, reason=form.trail["reason"])
        request_password_reset(request, stored.email, [stored], default_token_generator)


def set_password(request: HttpRequest, account: User, form: ActForm) -> None:
    services.set_password(account, form.cleaned_data["password"], by=request.user, **form.trail)
    get_adapter().send_notification_mail("account/email/password_changed", account)


def remove_second_factors(request: HttpRequest, account: User, form: ActForm) -> None:
    services.remove_second_factors(account, by=request.user, **form.trail)
    get_adapter().send_notification_mail("mfa/email/totp_deactivated", account)


ACTS = {
    "password-link": Act(
        "Send a link to set a password",
        "A link goes to the account's e-mail address. Whoever opens it sets the password, so nobody else knows it.",
        *("Send the link", "The link has been sent.", send_link),
    ),
    "password": Act(
        "Set a password",
        "For somebody who cannot be sent a link. It ends the account's sessions. Tell them to change it.",
        *("Set the password", "The password has been set.", set_password, PasswordForm),
    ),
    "second-factor": Act(
        "Remove the second factor",
        "For somebody who has lost the telephone and the recovery codes. Make sure first that it is they who ask.",
        *("Remove it", "The account signs in without a second factor now.", remove_second_factors),
    ),
}
"""By the word that stands in their addresses."""

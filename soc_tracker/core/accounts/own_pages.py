"""What people do on the pages of their own account is kept like every other change, and their address hears of it."""

from typing import Any

from allauth.account import signals as account_signals
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.mfa import signals as mfa_signals
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.db.models.signals import post_save

from soc_tracker.core.accounts import services

OWN = "By its owner, on the pages of the account."


def connect() -> None:
    account_signals.email_added.connect(address_added)
    account_signals.email_changed.connect(address_changed)
    account_signals.email_removed.connect(address_removed)
    for signal in (mfa_signals.authenticator_added, mfa_signals.authenticator_removed, mfa_signals.authenticator_reset):
        signal.connect(factor_changed)
    post_save.connect(made_elsewhere, sender=User)


def note(user: User, what: str, before: str, after: str) -> None:
    services.keep(user, [(what, before, after)], by=user, reason=OWN)


def address_added(user: User, email_address: EmailAddress, **signal: Any) -> None:
    """The new one waits to be confirmed; the old one hears of it at once, when it is not yet too late."""
    note(user, "E-mail address that waits to be confirmed", services.NONE, email_address.email)
    get_adapter().send_notification_mail("account/email/email_waiting", user, {"new_email": email_address.email})


def address_changed(
    user: User, from_email_address: EmailAddress | None, to_email_address: EmailAddress, **signal: Any
) -> None:
    before = from_email_address.email if from_email_address else services.NONE
    note(user, "E-mail address", before, to_email_address.email)


def address_removed(user: User, email_address: EmailAddress, **signal: Any) -> None:
    note(user, "E-mail address that waits to be confirmed", email_address.email, services.NONE)


def factor_changed(user: User, authenticator: Authenticator, signal: Any, **more: Any) -> None:
    kind = authenticator.get_type_display()
    before = services.NONE if signal is mfa_signals.authenticator_added else kind
    after = {mfa_signals.authenticator_added: kind, mfa_signals.authenticator_reset: f"{kind}, made anew"}
    note(user, "Second factor", before, after.get(signal, services.NONE))


def made_elsewhere(instance: User, created: bool, raw: bool = False, **signal: Any) -> None:
    """The address of an account that a command makes, such as the first administrator's, counts as confirmed too."""
    taken = EmailAddress.objects.filter(email=instance.email.lower(), verified=True)
    if created and not raw and instance.email and not taken.exists():
        services.set_email(instance, instance.email)

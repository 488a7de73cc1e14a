"""What happens on the pages of accounts: the trail tells of signing in and out; what people do with their own account
is kept like every other change of it, and their address hears of it.
"""

from typing import Any

from allauth.account import signals as account_signals
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.mfa import signals as mfa_signals
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AbstractBaseUser, User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import Q
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils.crypto import salted_hmac
from django.utils.timezone import now

from soc_tracker.core.accounts import services
from soc_tracker.core.accounts.sessions import services as sessions
from soc_tracker.core.limits import services as limits
from soc_tracker.core.posting import services as posting
from soc_tracker.core.trail.models import Kind
from soc_tracker.core.trail.services import record_event

OWN = "By its owner, on the pages of the account."
WAITING = "E-mail address that waits to be confirmed"
FACTORS = [mfa_signals.authenticator_added, mfa_signals.authenticator_removed, mfa_signals.authenticator_reset]


@receiver(user_logged_in)
def signed_in(user: AbstractBaseUser, **signal: Any) -> None:
    """Whenever somebody signs in, what means nothing any more is deleted."""
    record_event(Kind.SIGN_IN, by=user, subject=user)
    limits.clear_spent()
    posting.clear(now())
    sessions.clear(now())


@receiver(user_logged_out)
def signed_out(user: AbstractBaseUser | None, **signal: Any) -> None:
    if user is not None and user.is_authenticated:
        record_event(Kind.SIGN_OUT, by=user, subject=user)


@receiver(user_login_failed)
def sign_in_refused(credentials: dict[str, Any], **signal: Any) -> None:
    """Keeps which account it was. What names none may be a password in the wrong field, and is not kept: only a
    fingerprint, by which several tries with the same name are known for such.
    """
    typed = str(credentials.get("username") or credentials.get("email") or "")
    account = User.objects.filter(Q(username=typed) | Q(email__iexact=typed)).first() if typed else None
    fingerprint = salted_hmac("soc_tracker.core.accounts.events", typed.casefold()).hexdigest()[:8]
    subject = account or (f"No account ({fingerprint})" if typed else "No account")
    record_event(Kind.SIGN_IN_REFUSAL, subject=subject, why="Wrong name or password")


@receiver(mfa_signals.authentication_failed)
def second_factor_refused(user: User, authenticator: Authenticator, **signal: Any) -> None:
    record_event(Kind.SIGN_IN_REFUSAL, subject=user, why=f"Wrong second factor: {authenticator.get_type_display()}")


# What people do on the pages of their own account.


@receiver(account_signals.email_added)
def address_added(user: User, email_address: EmailAddress, **signal: Any) -> None:
    """The new one waits to be confirmed; the old one hears of it at once, when it is not yet too late."""
    new = email_address.email
    services.keep(user, [(WAITING, services.NONE, new)], by=user, reason=OWN)
    get_adapter().send_notification_mail("account/email/email_waiting", user, {"new_email": new})


@receiver(account_signals.email_changed)
def address_changed(
    user: User, from_email_address: EmailAddress | None, to_email_address: EmailAddress, **signal: Any
) -> None:
    before = from_email_address.email if from_email_address else services.NONE
    services.keep(user, [("E-mail address", before, to_email_address.email)], by=user, reason=OWN)


@receiver(account_signals.email_removed)
def address_removed(user: User, email_address: EmailAddress, **signal: Any) -> None:
    services.keep(user, [(WAITING, email_address.email, services.NONE)], by=user, reason=OWN)


@receiver(FACTORS)
def factor_changed(user: User, authenticator: Authenticator, signal: Any, **more: Any) -> None:
    kind = authenticator.get_type_display()
    before = services.NONE if signal is mfa_signals.authenticator_added else kind
    after = {mfa_signals.authenticator_added: kind, mfa_signals.authenticator_reset: f"{kind}, made anew"}
    services.keep(user, [("Second factor", before, after.get(signal, services.NONE))], by=user, reason=OWN)


@receiver(post_save, sender=User)
def made_elsewhere(instance: User, created: bool, raw: bool = False, **signal: Any) -> None:
    """The address of an account that a command makes, such as the first administrator's, counts as confirmed too."""
    taken = EmailAddress.objects.filter(email=instance.email.lower(), verified=True)
    if created and not raw and instance.email and not taken.exists():
        services.set_email(instance, instance.email)

"""Signing in, what is refused of it, and signing out, as the trail tells them."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed
from django.contrib.auth.models import AbstractBaseUser, User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import Q
from django.dispatch import receiver
from django.utils.crypto import salted_hmac

from soc_tracker.core.trail.models import Kind
from soc_tracker.core.trail.services import record_event


@receiver(user_logged_in)
def signed_in(user: AbstractBaseUser, **signal: Any) -> None:
    record_event(Kind.SIGN_IN, by=user, subject=user)


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


@receiver(authentication_failed)
def second_factor_refused(user: User, authenticator: Authenticator, **signal: Any) -> None:
    record_event(Kind.SIGN_IN_REFUSAL, subject=user, why=f"Wrong second factor: {authenticator.get_type_display()}")

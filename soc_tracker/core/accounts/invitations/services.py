"""Every write of invitations."""

from hashlib import sha256
from secrets import token_urlsafe

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import now

from soc_tracker.core.accounts.invitations.models import Invitation
from soc_tracker.core.accounts.services import NONE, keep, lock, set_password
from soc_tracker.core.records.services import By

INVITATION = "Invitation"
GONE = "This link opens nothing any more: it was used, withdrawn, or is too old."


def invite(account: User, *, by: By, reason: str, expected_version: int | None = None) -> tuple[Invitation, str]:
    """Make an invitation in place of any before it; and its link, which is nowhere kept. Raises ValidationError."""
    with transaction.atomic():
        stored = lock(account, expected_version)
        if not stored.email:
            raise ValidationError("This account has no e-mail address. Give it one first.")
        if not stored.is_active:
            raise ValidationError("This account is out of use: nobody can sign in to it with a new password.")
        if stored.has_usable_password():
            raise ValidationError("This account has a password already.")
        stored.invitations.standing().update(withdrawn_at=now())
        secret = token_urlsafe(32)
        invitation = Invitation.objects.create(
            account=stored,
            address=stored.email,
            digest=digest(secret),
            expires_at=now() + settings.INVITATION_LASTS,
        )
        keep(stored, [(INVITATION, NONE, str(invitation))], by=by, reason=reason)
    return invitation, f"{settings.SITE_URL}{reverse('account_invitation', args=[secret])}"


def withdraw(account: User, *, by: By, reason: str, expected_version: int | None = None) -> None:
    """Have the link open nothing any more. Raises ValidationError where there is none."""
    with transaction.atomic():
        stored = lock(account, expected_version)
        standing = stored.invitations.standing().first()
        if standing is None:
            raise ValidationError("This account has no invitation that could be withdrawn.")
        stored.invitations.standing().update(withdrawn_at=now())
        keep(stored, [(INVITATION, str(standing), "withdrawn")], by=by, reason=reason)


def find(secret: str) -> Invitation | None:
    """The invitation of the link, as long as it sets a password."""
    invitation = Invitation.objects.filter(digest=digest(secret)).select_related("account").first()
    return invitation if invitation and invitation.is_open else None


def accept(secret: str, password: str) -> User:
    """Set the first password of the account, once. Raises ValidationError where the link opens nothing any more."""
    with transaction.atomic():
        held = Invitation.objects.select_for_update(of=("self",)).filter(digest=digest(secret)).first()
        if held is None or not held.is_open:
            raise ValidationError(GONE)
        Invitation.objects.filter(pk=held.pk).update(accepted_at=now())
        set_password(held.account, password, by=held.account, reason="By its owner, with the invitation.")
    return held.account


def digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()

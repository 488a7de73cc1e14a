"""Invitations that were sent."""

from datetime import datetime
from typing import Self

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.utils.timezone import localtime, now


class InvitationQuerySet(models.QuerySet):
    def standing(self) -> Self:
        """Neither accepted nor withdrawn; they may have expired."""
        return self.filter(accepted_at=None, withdrawn_at=None)


class Invitation(models.Model):
    """A link to set the first password of an account, of which only the ``digest`` (SHA-256) of its secret is kept."""

    account = models.ForeignKey(User, models.PROTECT, related_name="invitations")
    address = models.EmailField()
    digest = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(accepted_at=None, withdrawn_at=None), name="invitation_standing_once"
            )
        ]

    def __str__(self) -> str:
        return f"to {self.address}, until {moment(self.expires_at)}"

    @property
    def is_open(self) -> bool:
        """Whether its link still sets a password: not where the address or the account has changed since."""
        account = self.account
        is_standing = self.accepted_at is None and self.withdrawn_at is None and self.expires_at > now()
        is_theirs = account.is_active and account.email == self.address and not account.has_usable_password()
        return is_standing and is_theirs

    @property
    def words(self) -> str:
        """What became of it."""
        if self.accepted_at:
            return f"Accepted on {moment(self.accepted_at)}"
        if self.withdrawn_at:
            return f"Withdrawn on {moment(self.withdrawn_at)}"
        return f"Sent {self}" if self.is_open else f"Sent {self}: it opens nothing any more"


def moment(at: datetime) -> str:
    return f"{localtime(at):%-d %B %Y, %H:%M}"

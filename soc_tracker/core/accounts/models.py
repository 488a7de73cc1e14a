"""What was done to an account."""

from django.contrib.auth.models import User
from django.db import models
from django.utils.timezone import now

from soc_tracker.core.accounts.invitations.models import Invitation
from soc_tracker.core.accounts.sessions.models import Session
from soc_tracker.core.accounts.single_sign_on.models import Identity
from soc_tracker.core.accounts.tokens.models import Token

__all__ = ["AccountChange", "Identity", "Invitation", "Session", "Token"]


class AccountChange(models.Model):
    """One change: what it was before and after, in words, by whom and why. Secrets are never in it."""

    account = models.ForeignKey(User, on_delete=models.PROTECT, related_name="changes")
    version = models.PositiveIntegerField()
    at = models.DateTimeField(default=now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField()
    is_addition = models.BooleanField(default=False)
    differences = models.JSONField(default=list)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["account", "version"], name="account_version_once")]

    def __str__(self) -> str:
        return f"{self.account} {self.version}"

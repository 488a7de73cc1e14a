"""Whom a provider knows as whom."""

from django.contrib.auth.models import User
from django.db import models
from django.utils.timezone import now


class Identity(models.Model):
    """The ``subject`` by which the provider ``issuer`` knows the owner of an account. It never changes."""

    account = models.ForeignKey(User, models.PROTECT, related_name="identities")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    made_at = models.DateTimeField(default=now)

    class Meta:
        verbose_name_plural = "identities"
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="identity_once"),
            models.UniqueConstraint(fields=["issuer", "account"], name="identity_of_an_account_once"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} at {self.issuer}"

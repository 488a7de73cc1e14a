"""Tokens, as their owner and administrators see them, and what each may read."""

from datetime import date
from typing import Self

from django.contrib.auth.models import User
from django.db import models
from django.utils.timezone import now

from soc_tracker.core.access.permissions import Permission
from soc_tracker.core.text.days import in_words
from soc_tracker.core.text.vocabulary import Vocabulary, word


class Scope(Vocabulary):
    """What a token may read, by the app of the permission that a view needs: ``apps`` are those whose permissions to
    read it covers.
    """

    apps: tuple[str, ...]

    PUBLISHED = word("published", "What is published: bodies, inspections, figures", apps=("forces", "inspections"))
    RECORD = word("record", "The record: threats and disruptions", apps=("disruptions",))
    PLANS = word("plans", "4P plans, orders, partners and officers", apps=("plans4p",))


ANY_SCOPE = "soc_tracker.read"
"""What every token may read, whatever its scopes: where the lists of the API are."""


def scope_of(permission: Permission | None) -> Scope | None:
    """The scope that a token needs; None for what no scope covers."""
    app, _, act = permission.partition(".") if isinstance(permission, str) else ("", "", "")
    return next((scope for scope in Scope if app in scope.apps and act.startswith("read_")), None)


class TokenQuerySet(models.QuerySet):
    def in_force(self, day: date) -> Self:
        return self.filter(ended_at=None, expires_on__gte=day)


class Token(models.Model):
    """The secret itself is shown once and not kept: ``digest`` is its SHA-256, ``hint`` how it begins.

    ``expires_on`` is its last day.
    """

    account = models.ForeignKey(User, models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)
    hint = models.CharField(max_length=20)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField()
    made_at = models.DateTimeField(default=now)
    expires_on = models.DateField()
    last_used_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.hint}…)"

    @property
    def reads(self) -> str:
        """Its scopes in words."""
        return "; ".join(scope.label for scope in Scope if scope.value in self.scopes)

    @property
    def last_used(self) -> str:
        return f"Last used on {in_words(self.last_used_on)}" if self.last_used_on else "Not used yet"

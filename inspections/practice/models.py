"""The exchange of good practice: what bodies have done with the practices of others."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models

from inspections.findings.models import Finding
from inspections.practice.choices import UptakeState
from inspections.sources.models import OnceOut, OnceOutQuerySet
from soc_tracker.core.access.roles import has_any_role
from soc_tracker.core.records.models import OWN_RULE


class UptakeQuerySet(OnceOutQuerySet):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """Whoever reads the record: an exchange is seen from both ends, and by those who look for a practice."""
        return self.published() if has_any_role(user) else self.none()


class Uptake(OnceOut):
    """A step that a body took with the practice of another. The latest says where the two stand."""

    reached_by = OWN_RULE
    belongs_to = ("practice__inspection",)
    practice = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="uptakes")
    organisation = models.ForeignKey("forces.Organisation", on_delete=models.PROTECT, related_name="uptakes")
    state = models.CharField(max_length=12, choices=UptakeState.words)
    on = models.DateField("date")
    note = models.TextField(help_text="What came of it, or why it is not for this body.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = UptakeQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_state_display()}"

    @property
    def tag(self) -> str:
        return UptakeState(self.state).tag

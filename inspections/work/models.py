"""An inspection while it is made: who makes it, and the stages that it has been through."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from inspections.programmes.models import Inspection
from inspections.vocabularies.models import InspectionStage
from soc_tracker.core.access.roles import is_administrator
from soc_tracker.core.records.models import OWN_RULE, Tracked, VisibleQuerySet
from soc_tracker.core.records.words import WordField


class WorkQuerySet(VisibleQuerySet):
    """What a team keeps of its inspection is seen by the team, after publication too, and never by strangers."""

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        if not user.has_perm("inspections.work_on_inspection"):  # type: ignore[union-attr]
            return self.none()
        return self.filter(inspection__in=TeamMember._base_manager.filter(account=user.pk).values("inspection"))


class TeamQuerySet(WorkQuerySet):
    """Administrators see who is in each team, so that an inspection whose lead has left is not lost."""

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        return self.all() if is_administrator(user) else super().visible_to(user)


class TeamMember(Tracked):
    """Somebody who makes an inspection, and sees it before it is published."""

    reached_by = OWN_RULE
    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="team")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_lead = models.BooleanField("lead", default=False, help_text="Answers for the inspection.")

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering = ["-is_lead", "account__last_name", "account__username", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "account"],
                name="team_member_once",
                violation_error_message="This account is in the team already.",
            ),
            models.UniqueConstraint(
                fields=["inspection"],
                condition=Q(is_lead=True),
                name="team_lead_one",
                violation_error_message="The team has a lead already.",
            ),
        ]

    def __str__(self) -> str:
        name = self.account.get_full_name() or self.account.get_username()
        return f"{name} (lead)" if self.is_lead else name


class StageMove(Tracked):
    """A step of an inspection from one stage to another; none is ever taken away."""

    reached_by = OWN_RULE
    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="moves")
    before = WordField(InspectionStage, related_name="+", null=True, blank=True)
    stage = WordField(InspectionStage, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    note = models.TextField(blank=True)

    objects = WorkQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.inspection}: {self.stage.label}"

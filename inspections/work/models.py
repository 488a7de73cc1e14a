"""An inspection while it is made: who makes it, and the stages that it has been through."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from inspections.findings.models import Finding
from inspections.programmes.models import Inspection
from inspections.sources.models import ListedQuerySet
from inspections.vocabularies.models import InspectionStage, Section
from inspections.work.choices import Verdict
from soc_tracker.core.access.roles import is_administrator
from soc_tracker.core.records.models import OWN_RULE, Tracked
from soc_tracker.core.records.words import WordField
from soc_tracker.core.text.days import in_words


class WorkQuerySet(ListedQuerySet):
    """What a team keeps of its inspection is seen by the team, after publication too, and never by strangers."""

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        if not user.has_perm("inspections.work_on_inspection"):  # type: ignore[union-attr]
            return self.none()
        return self.filter(inspection__in=TeamMember._base_manager.filter(account=user.pk).values("inspection"))


class NoteQuerySet(WorkQuerySet):
    def for_list(self) -> Self:
        return super().for_list().prefetch_related("findings")


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


class EvidenceNote(Tracked):
    """What somebody of the team saw: where, when and from whom (a role, never a name). Findings rest on notes."""

    reached_by = OWN_RULE
    listed_with = ("organisation", "by")
    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="notes")
    on = models.DateField("date")
    place = models.CharField(max_length=120, help_text="Where you were, such as a station or a control room.")
    seen = models.CharField("who was seen", max_length=120, blank=True, help_text="Their role, not their name.")
    what = models.TextField("what was seen", help_text="What was said, shown or done, in your own words.")
    section = WordField(Section, null=True, blank=True, related_name="+", verbose_name="section of the report")
    organisation = models.ForeignKey(
        "forces.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="body"
    )
    findings = models.ManyToManyField(
        Finding, blank=True, related_name="notes", verbose_name="findings that rest on it"
    )
    _history_m2m_fields = [findings]
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{in_words(self.on)}, {self.place}"


class FactCheck(Tracked):
    """What a body says of the facts that an inspection is about to publish of it, and what the team answered."""

    reached_by = OWN_RULE
    listed_with = ("organisation", "by")
    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="checks")
    organisation = models.ForeignKey(
        "forces.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name="body"
    )
    verdict = models.CharField("the facts are", max_length=10, choices=Verdict.words)
    text = models.TextField("what is not so, and what shows it", blank=True)
    on = models.DateField("date")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True, help_text="What the team has made of it.")

    objects = WorkQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_verdict_display()}"

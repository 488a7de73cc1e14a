"""Reports on their way in, the blocks that they are made of, and what is proposed from them."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse

from inspections.programmes.models import Inspection
from inspections.reader.desk.choices import Decision
from inspections.responses.models import Response
from inspections.work.models import TeamMember
from soc_tracker.core.imports.uploads.models import UploadRecord, UploadsQuerySet
from soc_tracker.core.records.models import OWN_RULE, Tracked, VisibleQuerySet

READ = "inspections.read_report"


class ReportFileQuerySet(UploadsQuerySet, VisibleQuerySet):  # type: ignore[override]
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """A user's own, and those of the inspections in whose team they are. Those of others do not exist."""
        if not user.has_perm(READ):  # type: ignore[union-attr]
            return self.none()
        teams = TeamMember._base_manager.filter(account=user.pk).values("inspection")
        return self.filter(Q(uploaded_by=user.pk) | Q(inspection__in=teams))


class ReportFile(UploadRecord, Tracked):
    """A report that somebody has uploaded to be read. Once its review begins, an ``inspection`` is made of it.

    ``earlier`` is the edition that it comes after, whose inspection it then adds to. A file with a ``response`` is no
    report but what a local policing body says of one.
    """

    reached_by = OWN_RULE
    folder, route = "reports", "inspections:report"
    kind_of_data = "published"

    inspection = models.ForeignKey(Inspection, null=True, blank=True, on_delete=models.SET_NULL, related_name="reports")
    earlier = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="later", verbose_name="earlier edition"
    )
    response = models.ForeignKey(
        Response, null=True, blank=True, on_delete=models.CASCADE, related_name="files", verbose_name="response"
    )

    objects = ReportFileQuerySet.as_manager()

    class Meta(UploadRecord.Meta):
        verbose_name = "report that is read"
        verbose_name_plural = "reports that are read"

    def step_url(self, step: str) -> str:
        """Of the steps that a report has: it asks nothing and refuses no rows, and is not loaded as a whole."""
        return super().step_url(step) if step in ("give_up", "start_again") else ""


class OfReport(models.Model):
    """What was read of a report. It is kept for its review alone: without a history, out of every list and file."""

    reached_by = OWN_RULE
    report: Any
    page: Any
    line: Any

    class Meta:
        abstract = True

    @property
    def place(self) -> str:
        """Where it stands: "page 12, line 3"."""
        return f"page {self.page}, line {self.line}" if self.page else f"line {self.line}"


class ReportBlock(OfReport):
    """A heading, paragraph, item or table of a report, in its order. ``why_unread`` says why nothing was made of it."""

    report = models.ForeignKey(ReportFile, on_delete=models.CASCADE, related_name="blocks")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    level = models.PositiveSmallIntegerField(default=0)
    text = models.TextField()
    page = models.PositiveIntegerField(null=True)
    line = models.PositiveIntegerField()
    path = models.JSONField(default=list)
    why_unread = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ["report", "number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="report_block_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class ProposedFactQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(decision=Decision.WAITING)


class ProposedFact(OfReport):
    """A fact that a report seems to state, and what was decided about it.

    ``kind`` and ``values`` are those of a proposal of the reader. ``passage`` is the text that it was read from, which
    stands in the blocks numbered ``blocks``. ``part_of`` is the number of the proposal that it belongs to.
    ``record_kind`` and ``record_key`` lead to the record that was made of it. ``version`` grows with each decision, so
    that of two people who decide at once the second is told.
    """

    report = models.ForeignKey(ReportFile, on_delete=models.CASCADE, related_name="proposals")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    body = models.CharField(max_length=120, blank=True)
    values = models.JSONField()
    confidence = models.CharField(max_length=10)
    why = models.TextField()
    passage = models.TextField()
    blocks = models.JSONField(default=list)
    page = models.PositiveIntegerField(null=True)
    line = models.PositiveIntegerField()
    part_of = models.PositiveIntegerField(null=True)
    decision = models.CharField(max_length=10, choices=Decision.words, default=Decision.WAITING)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    record_kind = models.CharField(max_length=20, blank=True)
    record_key = models.BigIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = ProposedFactQuerySet.as_manager()

    class Meta:
        ordering = ["report", "number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="proposed_fact_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("inspections:proposal", args=[self.report.token, self.number])

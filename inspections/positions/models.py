"""What bodies themselves say of what they have to change: their own record, beside the inspectorate's."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from forces.models import Organisation
from inspections.choices import Implementation
from inspections.sources.models import OnceOut, OnceOutQuerySet, PublishedOrRecorded, with_place
from inspections.vocabularies.models import RequirementStatus
from soc_tracker.core.records.words import WordField
from soc_tracker.core.text.days import in_words


class Position(PublishedOrRecorded, OnceOut):
    """Where a body itself sees one thing that must change, as at a day: its own record, beside the inspectorate's.

    The latest is its present one. It may be other than the status here, which the inspectorate keeps.
    """

    reached_by = "organisation"
    belongs_to = ("requirement__finding__inspection",)
    requirement = models.ForeignKey("inspections.Requirement", on_delete=models.CASCADE, related_name="positions")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="positions", verbose_name="body"
    )
    on = models.DateField("as at")
    status = WordField(RequirementStatus)
    implementation = models.CharField("carried out", max_length=12, blank=True, choices=Implementation.words)
    note = models.TextField("what it says", blank=True)
    source = models.ForeignKey(
        "inspections.SourceDocument", null=True, blank=True, on_delete=models.PROTECT, related_name="positions"
    )
    locator = models.CharField("place in the source", max_length=250, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    objects = OnceOutQuerySet.as_manager()

    class Meta:
        ordering = ["requirement", "-on", "-pk"]
        constraints = [with_place("position_source_with_place")]

    def __str__(self) -> str:
        return f"{self.status.label}, as at {in_words(self.on)}"

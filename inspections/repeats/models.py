"""Problems that come back: which findings are of one, and what a later inspection says of an earlier one."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from inspections.findings.models import Finding
from inspections.programmes.models import Inspection
from inspections.repeats.choices import RevisitOutcome
from inspections.sources.models import OnceOut, OnceOutQuerySet, Sourced


class PairingQuerySet(OnceOutQuerySet):
    def of(self, finding: Finding) -> Self:
        return self.filter(Q(first=finding) | Q(second=finding))


class Pairing(OnceOut):
    """What a person here says of two findings: that they are of one problem, or that they are not.

    It is recorded, not published: what a report itself says of an earlier one stands in ``Finding.repeats``. The one
    that came into the database sooner is ``first``, so that each pair stands once.
    """

    belongs_to = ("first__inspection", "second__inspection")
    first = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="+")
    is_one_problem = models.BooleanField("one problem")
    on = models.DateField("judged on")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = PairingQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="pairing_once"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")),
                name="pairing_of_two_in_order",
                violation_error_message="A pair is of two findings.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"


class Revisit(Sourced):
    """What a later inspection says of an earlier finding: whether the problem is resolved, in our own words."""

    belongs_to = ("inspection", "finding__inspection")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="revisits")
    inspection = models.ForeignKey(
        Inspection, on_delete=models.PROTECT, related_name="revisits", help_text="The later inspection."
    )
    outcome = models.CharField("what has become of it", max_length=16, choices=RevisitOutcome.words)
    summary = models.TextField(help_text="What it says of the finding, in your own words.")

    objects = OnceOutQuerySet.as_manager()

    class Meta:
        ordering = ["inspection", "finding", "pk"]
        constraints = [models.UniqueConstraint(fields=["finding", "inspection"], name="revisit_once")]

    def __str__(self) -> str:
        return f"{self.finding}: {self.get_outcome_display()}"

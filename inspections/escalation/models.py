"""How closely the inspectorate watches a body, over time."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from inspections.sources.models import Sourced
from inspections.vocabularies.models import MonitoringStage
from soc_tracker.core.records.models import VisibleQuerySet
from soc_tracker.core.records.words import WordField
from soc_tracker.core.text.days import Precision, in_words


class MonitoringPeriod(Sourced):
    """A time in which the inspectorate watched a force at one stage. Dates as precise as the document."""

    organisation = models.ForeignKey("forces.Organisation", on_delete=models.PROTECT, related_name="monitoring")
    stage = WordField(MonitoringStage)
    started_on = models.DateField()
    started_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    ended_on = models.DateField(null=True, blank=True)
    ended_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    reason = models.TextField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "-started_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "stage", "started_on"], name="monitoring_period_once"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="monitoring_in_order",
                violation_error_message="The last day comes before the first.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.stage.label}"

    @property
    def started(self) -> str:
        return in_words(self.started_on, self.started_precision)

    @property
    def ended(self) -> str:
        return in_words(self.ended_on, self.ended_precision) if self.ended_on else "not ended, as far as is known"

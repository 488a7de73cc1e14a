"""The rungs of the ladder by which the inspectorate presses a body, and on which each stands over time."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from inspections.sources.models import ListedQuerySet, PublishedOrRecorded, Sourced, SourceDocument, with_place
from inspections.vocabularies.models import MonitoringStage
from soc_tracker.core.access.models import Sight
from soc_tracker.core.records.models import OWN_RULE
from soc_tracker.core.records.words import WordField
from soc_tracker.core.text.days import Period, Precision, in_words, span


class MonitoringQuerySet(ListedQuerySet):
    def seen_by(self, sight: Sight) -> Self:
        """What is public, and of a rung that is not, such as a letter, that of the bodies in reach."""
        return self if sight.everything else self.filter(Q(stage__is_public=True) | Q(organisation__in=sight.bodies))


class MonitoringPeriod(PublishedOrRecorded, Sourced):
    """A time in which a body stood on one rung: watched at a stage, or reminded, or under a direction.

    Dates are as precise as the document. Without a ``source`` it is recorded here. ``skipped`` says why it stands on a
    rung whose predecessors it never stood on.
    """

    reached_by = OWN_RULE
    belongs_to = ()
    listed_with = ("organisation", "source")
    source = models.ForeignKey(  # type: ignore[assignment]  # what is recorded here has none
        SourceDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="monitoringperiods"
    )
    locator = models.CharField("place in the source", max_length=250, blank=True)
    organisation = models.ForeignKey("forces.Organisation", on_delete=models.PROTECT, related_name="monitoring")
    stage = WordField(MonitoringStage)
    started_on = models.DateField()
    started_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    ended_on = models.DateField(null=True, blank=True)
    ended_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    reason = models.TextField()
    skipped = models.TextField(
        "why rungs were passed over",
        blank=True,
        db_default="",
        default="",
        help_text="Where the body goes up by more than one rung at once.",
    )

    objects = MonitoringQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "-started_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "stage", "started_on"], name="monitoring_period_once"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="monitoring_in_order",
                violation_error_message="The last day comes before the first.",
            ),
            with_place("monitoring_source_with_place"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.stage.label}"

    @property
    def started(self) -> str:
        return in_words(self.started_on, self.started_precision)

    @property
    def ended(self) -> str:
        return in_words(self.ended_on, self.ended_precision) if self.ended_on else "not ended, as far as is known"

    def days(self, today: date) -> tuple[int, int]:
        """The fewest and the most days for which it may have stood there, as far as its dates are known; until today
        where it goes on.
        """
        start = span(self.started_on, self.started_precision)
        end = span(self.ended_on, self.ended_precision) if self.ended_on else Period(today, today)
        return max(0, (end.first - start.last).days), max(0, (min(end.last, today) - start.first).days)

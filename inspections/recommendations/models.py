"""Recommendations."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse

from inspections.choices import DATED, DuePrecision
from inspections.findings.models import Finding
from inspections.sources.models import Sourced
from inspections.vocabularies.models import MonitoringStage, RecommendationStatus, first_unstated
from soc_tracker.core.records.models import Tracked, VisibleQuerySet
from soc_tracker.core.records.words import WordField
from soc_tracker.core.text.days import Precision, in_words, span
from soc_tracker.core.text.folding import FoldedText


class RecommendationQuerySet(VisibleQuerySet):
    def not_closed(self) -> Self:
        return self.filter(status__is_open=True)

    def due_before(self, day: date) -> Self:
        """Every day that the due date may stand for lies before the day."""
        return self.filter(
            Q(due_precision=DuePrecision.DAY, due_on__lt=day)
            | Q(due_precision=DuePrecision.MONTH, due_on__lt=day.replace(day=1))
            | Q(due_precision=DuePrecision.YEAR, due_on__lt=day.replace(month=1, day=1))
        )

    def due_from(self, day: date) -> Self:
        """Some day that the due date may stand for is the day or comes after it."""
        return self.filter(due_on__isnull=False).exclude(pk__in=self.due_before(day).values("pk"))

    def due_to(self, day: date) -> Self:
        """Some day that the due date may stand for is the day or comes before it: ``due_on`` is the first of them."""
        return self.filter(due_on__lte=day)

    def overdue(self, today: date) -> Self:
        """Not closed, and every day that the due date may stand for has passed."""
        return self.not_closed().due_before(today)

    def for_list(self) -> Self:
        """With the day of its last log entry: ``last_entry``, None where it has none."""
        entries = RecommendationUpdate.objects.filter(recommendation=OuterRef("pk")).order_by("-on", "-pk")
        return self.select_related(
            "addressed_to", "source", "finding__inspection__programme", "finding__organisation"
        ).annotate(last_entry=Subquery(entries.values("on")[:1]))


class Recommendation(Sourced):
    """What must be done, by whom, by when.

    ``due_on`` is the first day of the span that ``due_precision`` makes known;
    where the year is not stated there is no date to compute with, and
    ``due_as_published`` holds what the document says.
    """

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="recommendations")
    number = models.PositiveSmallIntegerField(default=1, help_text="Its place among the finding's recommendations.")
    text = models.TextField()
    addressed_to = models.ForeignKey("forces.Organisation", on_delete=models.PROTECT, related_name="recommendations")
    due_on = models.DateField(null=True, blank=True)
    due_precision = models.CharField(max_length=15, choices=DuePrecision.words)
    due_as_published = models.CharField(max_length=60, blank=True)
    status = WordField(RecommendationStatus, default=first_unstated)
    folded = FoldedText("text")

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = [F("due_on").asc(nulls_last=True), "finding", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["finding", "number"], name="recommendation_number_once"),
            models.CheckConstraint(
                condition=Q(due_on__isnull=False, due_precision__in=DATED)
                | Q(due_on__isnull=True, due_precision=DuePrecision.NONE)
                | Q(due_on__isnull=True, due_precision=DuePrecision.YEAR_NOT_STATED) & ~Q(due_as_published=""),
                name="recommendation_due_date_as_precise_as_stated",
                violation_error_message="Give a date only where its year is stated; else give what is published.",
            ),
        ]

    def __str__(self) -> str:
        return f"Recommendation {self.number} to {self.addressed_to.short_name}"

    def get_absolute_url(self) -> str:
        return reverse("inspections:recommendation", args=[self.pk])

    @property
    def due(self) -> str:
        """When it is due, in words, with no more than is known."""
        if self.due_on:
            return in_words(self.due_on, self.due_precision)
        return self.due_as_published or "no date given"


class RecommendationUpdate(Tracked):
    """One line of a recommendation's log: what happened on a day, and where it stands since."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="updates")
    on = models.DateField()
    status = WordField(RecommendationStatus)
    note = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.on}: {self.status.label}"


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


def is_overdue(recommendation: Recommendation, today: date) -> bool:
    """The rule of ``RecommendationQuerySet.overdue`` for one row: not closed, and every day it may mean has passed."""
    if recommendation.due_on is None or not recommendation.status.is_open:
        return False
    return span(recommendation.due_on, recommendation.due_precision).last < today


def due_in_words(recommendation: Recommendation, today: date) -> str:
    """The due date as precise as it is known; "overdue" beside it where it has passed without being closed."""
    return f"{recommendation.due} (overdue)" if is_overdue(recommendation, today) else recommendation.due

"""Recommendations."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from inspections.choices import DATED, DuePrecision
from inspections.findings.models import Finding
from inspections.sources.models import OnceOut, OnceOutQuerySet, Sourced, differing
from inspections.vocabularies.models import RecommendationStatus, first_unstated
from soc_tracker.core.records.words import WordField
from soc_tracker.core.text.days import Precision, in_words, span
from soc_tracker.core.text.folding import FoldedText


class RecommendationQuerySet(OnceOutQuerySet):
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
        """With what is known of its last log entry: ``last_entry`` is its key, None where it has none; ``last_on``,
        ``last_precision`` and ``last_source``.
        """
        entries = RecommendationUpdate.objects.filter(recommendation=OuterRef("pk")).latest_first()
        columns = {"last_entry": "pk", "last_on": "on", "last_precision": "on_precision", "last_source": "source"}
        last = {name: Subquery(entries.values(column)[:1]) for name, column in columns.items()}
        return self.select_related(
            "addressed_to", "source", "finding__inspection__programme", "finding__organisation"
        ).annotate(**last, sources_differ=differing("recommendation"))


class Recommendation(Sourced):
    """What must be done, by whom, by when.

    ``due_on`` is the first day of the span that ``due_precision`` makes known;
    where the year is not stated there is no date to compute with, and
    ``due_as_published`` holds what the document says.
    """

    belongs_to = ("finding__inspection",)
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


class UpdateQuerySet(OnceOutQuerySet):
    def latest_first(self) -> Self:
        """One whose day is not known happened by the day of its source; where that is not known either, it is last."""
        return self.order_by(Coalesce("on", "source__published_on").desc(nulls_first=True), "-pk")

    def for_list(self) -> Self:
        return self.select_related("by", "source")


class RecommendationUpdate(OnceOut):
    """One line of a recommendation's log: what happened, and where it stands since.

    A line with a ``source`` was published; without one it is what somebody recorded here. ``on`` is the first day of
    the span that ``on_precision`` makes known; None where no day is known, such as of what a register says is closed.
    """

    belongs_to = ("recommendation__finding__inspection",)
    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="updates")
    on = models.DateField(null=True, blank=True, help_text="Empty: the day is not known.")
    on_precision = models.CharField(
        max_length=5, choices=Precision, default=Precision.DAY, db_default=Precision.DAY.value
    )
    status = WordField(RecommendationStatus)
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(
        "inspections.SourceDocument", null=True, blank=True, on_delete=models.PROTECT, related_name="updates"
    )
    locator = models.CharField(max_length=250, blank=True, default="", db_default="", help_text="Where in the source.")

    objects = UpdateQuerySet.as_manager()

    class Meta:
        ordering = [F("on").desc(nulls_first=True), "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source__isnull=True, locator="") | Q(source__isnull=False) & ~Q(locator=""),
                name="update_source_with_place",
                violation_error_message="Give a source and the place in it, or neither.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.status.label}"

    @property
    def day(self) -> str:
        """When it happened, in words, with no more than is known."""
        return in_words(self.on, self.on_precision) if self.on else "day not known"

    @property
    def kind_of_data(self) -> str:
        return "published" if self.source_id else "recorded"


def last_day(recommendation: Any) -> str:
    """The day of its last log entry, in words; "" where it has none. Of one read by ``for_list``."""
    if not recommendation.last_entry:
        return ""
    on, precision = recommendation.last_on, recommendation.last_precision
    return in_words(on, precision) if on else "a day not known"


def status_kind(recommendation: Any) -> str:
    """What somebody entered here without a source is recorded; all else was published. Of one read by ``for_list``."""
    return "recorded" if recommendation.last_entry and not recommendation.last_source else "published"


def status_day(recommendation: Any) -> tuple[date | None, str]:
    """The day of its status, with how much of it is known: of its last log entry, else of publication."""
    if recommendation.last_entry:
        return recommendation.last_on, recommendation.last_precision
    inspection = recommendation.finding.inspection
    return inspection.published_on, inspection.published_precision


def is_overdue(recommendation: Recommendation, today: date) -> bool:
    """The rule of ``RecommendationQuerySet.overdue`` for one row: not closed, and every day it may mean has passed."""
    if recommendation.due_on is None or not recommendation.status.is_open:
        return False
    return span(recommendation.due_on, recommendation.due_precision).last < today


def due_in_words(recommendation: Recommendation, today: date) -> str:
    """The due date as precise as it is known; "overdue" beside it where it has passed without being closed."""
    return f"{recommendation.due} (overdue)" if is_overdue(recommendation, today) else recommendation.due

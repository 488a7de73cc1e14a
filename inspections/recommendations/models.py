"""Recommendations."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from inspections.choices import DATED, DuePrecision
from inspections.findings.models import Finding
from inspections.sources.models import HasPage, OnceOutQuerySet, Sourced
from soc_tracker.core.text.days import in_words
from soc_tracker.core.text.normal import FoldedText


class FollowedQuerySet(OnceOutQuerySet):
    """Rows by how they stand and by when they are due: requirements, or what has one at the path ``at``."""

    at = ""

    def not_closed(self) -> Self:
        return self.filter(**{f"{self.at}status__is_open": True})

    def due_before(self, day: date, due: str = "due") -> Self:
        """Every day that the date may stand for lies before the day: the present date, or the ``first_due`` one."""
        on, precision = f"{self.at}{due}_on__lt", f"{self.at}{due}_precision"
        return self.filter(
            Q(**{precision: DuePrecision.DAY, on: day})
            | Q(**{precision: DuePrecision.MONTH, on: day.replace(day=1)})
            | Q(**{precision: DuePrecision.YEAR, on: day.replace(month=1, day=1)})
        )

    def due_from(self, day: date) -> Self:
        """Some day that the due date may stand for is the day or comes after it."""
        dated = self.filter(**{f"{self.at}due_on__isnull": False})
        return dated.exclude(pk__in=self.due_before(day).values("pk"))

    def due_to(self, day: date) -> Self:
        """Some day that the due date may stand for is the day or comes before it: ``due_on`` is the first of them."""
        return self.filter(**{f"{self.at}due_on__lte": day})

    def overdue(self, today: date) -> Self:
        """Not closed, and every day that the present due date may stand for has passed."""
        return self.not_closed().due_before(today)


class RecommendationQuerySet(FollowedQuerySet):
    at = "requirement__"


class Recommendation(HasPage, Sourced):
    """What must be done, by whom, by when, as it was published; how it stands since, its ``requirement`` says.

    ``due_on`` is the first day of the span that ``due_precision`` makes known;
    where the year is not stated there is no date to compute with, and
    ``due_as_published`` holds what the document says.
    """

    route = "inspections:recommendation"
    belongs_to = ("finding__inspection",)
    listed_with = ("addressed_to", "source", "finding__inspection__programme", "finding__organisation", "requirement")
    cited_as = "recommendation"
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="recommendations")
    number = models.PositiveSmallIntegerField(default=1, help_text="Its place among the finding's recommendations.")
    text = models.TextField()
    addressed_to = models.ForeignKey("forces.Organisation", on_delete=models.PROTECT, related_name="recommendations")
    due_on = models.DateField(null=True, blank=True)
    due_precision = models.CharField(max_length=15, choices=DuePrecision.words)
    due_as_published = models.CharField(max_length=60, blank=True)
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

    @property
    def due(self) -> str:
        """When it is due, in words, with no more than is known."""
        if self.due_on:
            return in_words(self.due_on, self.due_precision)
        return self.due_as_published or "no date given"

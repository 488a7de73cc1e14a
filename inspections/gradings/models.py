"""Gradings."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from inspections.choices import Grade, GradeScale, QuestionTheme
from inspections.programmes.models import Inspection, Question
from inspections.sources.models import Sourced
from soc_tracker.core.records.models import VisibleQuerySet


class GradingQuerySet(VisibleQuerySet):
    def about_soc(self) -> Self:
        """Gradings of the question on serious and organised crime, whatever the programme."""
        return self.filter(question__theme=QuestionTheme.SOC)

    def for_list(self) -> Self:
        return self.select_related("inspection__programme", "organisation", "question", "source")


class Grading(Sourced):
    """A grade of an organisation. A region is never graded.

    ``scale`` is its programme's, copied here by the service so that the
    database itself can refuse a grade that the scale does not have.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="gradings")
    organisation = models.ForeignKey("forces.Organisation", on_delete=models.PROTECT, related_name="gradings")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="gradings")
    scale = models.CharField(max_length=10, choices=GradeScale.words, editable=False)
    grade = models.CharField(max_length=20, choices=Grade.words)
    summary = models.TextField(blank=True, help_text="What the inspection says in support, in our own words.")

    objects = GradingQuerySet.as_manager()

    class Meta:
        ordering = ["-inspection__programme__year", "organisation__name", "question__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "organisation", "question"], name="grading_once"),
            models.CheckConstraint(
                condition=reduce(or_, (Q(scale=scale, grade__in=scale.grades) for scale in GradeScale)),
                name="grading_grade_on_scale",
                violation_error_message="This programme's scale does not have that grade.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_grade_display()} ({self.inspection.programme})"

    def get_absolute_url(self) -> str:
        return reverse("inspections:grading", args=[self.pk])

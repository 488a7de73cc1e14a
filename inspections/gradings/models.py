"""Gradings."""

from __future__ import annotations

from typing import Self

from django.db import models

from inspections.choices import QuestionTheme
from inspections.programmes.models import Inspection, Question
from inspections.sources.models import HasPage, OnceOutQuerySet, Sourced
from inspections.vocabularies.models import Grade, GradeScale
from soc_tracker.core.records.models import VisibleQuerySet
from soc_tracker.core.records.words import WordField


class GradingQuerySet(OnceOutQuerySet):
    def about_soc(self) -> Self:
        """Gradings of the question on serious and organised crime, whatever the programme."""
        return self.filter(question__theme=QuestionTheme.SOC)


class Grading(HasPage, Sourced):
    """A grade of an organisation. A region is never graded.

    ``scale`` is its programme's, copied here by the service, which refuses a
    grade that the scale does not have.
    """

    route = "inspections:grading"
    listed_with = ("inspection__programme", "organisation", "question", "source")
    cited_as = "grading"
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="gradings")
    organisation = models.ForeignKey("forces.Organisation", on_delete=models.PROTECT, related_name="gradings")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="gradings")
    scale = WordField(GradeScale, editable=False)
    grade = WordField(Grade)
    summary = models.TextField(blank=True, help_text="What the inspection says in support, in our own words.")

    objects = GradingQuerySet.as_manager()

    class Meta:
        ordering = ["-inspection__programme__year", "organisation__name", "question__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "organisation", "question"], name="grading_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.grade.label} ({self.inspection.programme})"


class Characteristic(Sourced):
    """What a document says of bodies with a grade of a scale: what the grade stands for, as far as it is published."""

    belongs_to = ()
    scale = WordField(GradeScale, related_name="+")
    grade = WordField(Grade, related_name="+")
    text = models.TextField(help_text="In our own words.")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "characteristic of a grade", "characteristics of grades"
        ordering = ["scale__order", "grade__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scale", "grade", "source", "locator"],
                name="characteristic_once",
                violation_error_message="What this place says of the grade is on record already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grade.label} ({self.scale.label}): {self.text}"

"""Programmes and inspections."""

from __future__ import annotations

from django.db import models
from django.db.models import F

from forces.models import about_one
from inspections.choices import QuestionTheme, TakenIn
from inspections.sources.models import HasPage, OnceOutQuerySet, Sourced
from inspections.vocabularies.models import GradeScale, InspectionStage, first_published
from soc_tracker.core.records.models import PUBLISHED, Tracked, VisibleQuerySet
from soc_tracker.core.records.words import WordField
from soc_tracker.core.text.days import Precision, in_words
from soc_tracker.core.text.normal import FoldedText


class Programme(Tracked):
    """A round of inspections with one grade scale. ``year`` is the one it began in."""

    reached_by = PUBLISHED
    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    scale = WordField(GradeScale)
    year = models.PositiveSmallIntegerField()
    response_days = models.PositiveSmallIntegerField(
        "days to respond",
        null=True,
        blank=True,
        help_text="Days after publication within which local policing bodies must respond; empty where none are set.",
    )
    note = models.TextField(blank=True)
    folded = FoldedText("name")
    folded_note = FoldedText("note")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class Question(Tracked):
    """What an inspection asks of a body, in our words. ``number`` is the one printed, where there is one."""

    reached_by = PUBLISHED
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="questions")
    slug = models.SlugField(max_length=80, unique=True)
    number = models.CharField(max_length=10, blank=True)
    text = models.CharField(max_length=200)
    theme = models.CharField(max_length=10, choices=QuestionTheme.words, default=QuestionTheme.OTHER)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    order = models.PositiveSmallIntegerField(default=0)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "order", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def name_among_others(self) -> str:
        """With its programme: several ask the same."""
        return f"{self.text}, {self.programme}"


NEVER_PUBLISHED = "It is made up for show, and is never published."


class Inspection(HasPage, Sourced):
    """One inspection, of a region with its bodies or of a single organisation.

    Dates are the first day of the span that their precision makes known.
    """

    route = "inspections:inspection"
    belongs_to = ("",)
    listed_with = ("programme", "region", "organisation", "source")
    cited_as = "inspection"
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="inspections")
    region = models.ForeignKey(
        "forces.Region", null=True, blank=True, on_delete=models.PROTECT, related_name="inspections"
    )
    organisation = models.ForeignKey(
        "forces.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="inspections"
    )
    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    fieldwork_on = models.DateField("fieldwork", null=True, blank=True)
    fieldwork_precision = models.CharField(max_length=5, choices=Precision, default=Precision.YEAR)
    published_on = models.DateField(null=True, blank=True)
    published_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    taken_in = models.CharField(
        "taken in here",
        max_length=10,
        choices=TakenIn.words,
        default=TakenIn.PART,
        db_default=TakenIn.PART,
        help_text="What of it is held here. Pages say “none found” only of what is held whole.",
    )
    # As the database has it, what was there before stages were is published.
    stage = WordField(InspectionStage, default=first_published, db_default="published")
    out_at = models.DateTimeField(
        "published here at",
        null=True,
        blank=True,
        help_text="Of one made here: changes before it are its team’s alone.",
    )
    is_illustrative = models.BooleanField(
        "made up for show",
        default=False,
        db_default=False,
        editable=False,
        help_text="Of a demonstration: it is worked on as any other, and never published.",
    )
    note = models.TextField(blank=True)
    folded = FoldedText("title", "note")

    objects = OnceOutQuerySet.as_manager()

    class Meta:
        ordering = [F("published_on").desc(nulls_last=True), "title", "pk"]
        constraints = [
            about_one("inspection_of_region_or_organisation"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def published(self) -> str:
        """The day of publication in words, with no more than is known."""
        return in_words(self.published_on, self.published_precision) if self.published_on else "date not stated"

    @property
    def fieldwork(self) -> str:
        """When inspectors were there, in words, with no more than is known."""
        return in_words(self.fieldwork_on, self.fieldwork_precision) if self.fieldwork_on else "date not stated"

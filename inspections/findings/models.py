"""Findings."""

from __future__ import annotations

from typing import Self, cast

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils.text import capfirst

from forces.models import Organisation, Region, about_one
from inspections.choices import FindingStatus, Tone
from inspections.programmes.models import Inspection
from inspections.sources.models import OnceOutQuerySet, Sourced, differing
from inspections.vocabularies.models import FindingKind, Section
from soc_tracker.core.records.models import PUBLISHED, Tracked, VisibleQuerySet
from soc_tracker.core.records.words import WordField
from soc_tracker.core.text.days import Precision, in_words
from soc_tracker.core.text.folding import FoldedText

AFTER_ALL = 1_000_000
"""A weight beyond that of every finding."""


class FindingQuerySet(OnceOutQuerySet):
    def with_bodies(self) -> Self:
        """With what names them: inspection, body and source; and whether another document says otherwise."""
        rows = self.select_related("inspection__programme", "organisation", "region", "measure", "source")
        return rows.annotate(sources_differ=differing("finding"))

    def for_list(self) -> Self:
        return self.with_bodies().prefetch_related("topics").weighed()

    def weighed(self) -> Self:
        """With ``weight``, the smaller the sooner it is read: by kind, then tone, and context after every finding."""
        tones = [When(tone=tone, then=Value(tone.weight)) for tone in Tone]
        weight = F("kind__order") * 10 + Case(*tones, default=0)
        return self.annotate(weight=Case(When(tone=Tone.CONTEXT, then=Value(AFTER_ALL)), default=weight))

    def by_weight(self, *then: str) -> Self:
        return self.weighed().order_by("weight", *then)


class Topic(Tracked):
    """A subject that findings of several bodies share, such as the quality of 4P plans."""

    reached_by = PUBLISHED
    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    description = models.CharField(max_length=250, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    folded = FoldedText("name", "description")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["order", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class Finding(Sourced):
    """What an inspection found of one organisation, or of a region as a whole, in our own words."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="findings")
    organisation = models.ForeignKey(
        "forces.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="findings"
    )
    region = models.ForeignKey(
        "forces.Region", null=True, blank=True, on_delete=models.PROTECT, related_name="findings"
    )
    slug = models.SlugField(max_length=120, unique=True)
    kind = WordField(FindingKind)
    tone = models.CharField(max_length=12, choices=Tone.words)
    section = WordField(Section)
    title = models.CharField(max_length=200)
    summary = models.TextField()
    topics = models.ManyToManyField(Topic, blank=True, related_name="findings")
    _history_m2m_fields = [topics]
    status = models.CharField(max_length=20, choices=FindingStatus.words, default=FindingStatus.NOT_STATED)
    status_on = models.DateField(
        "status recorded on",
        null=True,
        blank=True,
        help_text="Where its status is not the one that was published: the day on which somebody recorded it here.",
    )
    is_accelerated = models.BooleanField(
        "told before the report",
        default=False,
        db_default=False,
        help_text="Of a cause of concern: the chief officer was told of it by letter before the report was published.",
    )
    letter_on = models.DateField(
        "day of the letter", null=True, blank=True, help_text="The first day of what is known. Empty: not known."
    )
    letter_precision = models.CharField(
        max_length=5, choices=Precision, default=Precision.DAY, db_default=Precision.DAY.value
    )
    repeats = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="repeated_by",
        help_text="The earlier finding that this one says has not been dealt with.",
    )
    measure = models.ForeignKey(
        "inspections.Measure",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="findings",
        help_text="The measure that would show whether what was done about it has worked.",
    )
    order = models.PositiveSmallIntegerField(default=0, help_text="Its place in the report.")
    folded = FoldedText("title", "summary")

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["inspection", "order", "pk"]
        constraints = [
            about_one("finding_about_region_or_organisation"),
            models.CheckConstraint(
                condition=Q(repeats__isnull=True) | ~Q(repeats=F("id")),
                name="finding_repeats_another",
                violation_error_message="A finding cannot repeat itself.",
            ),
            models.CheckConstraint(
                condition=Q(letter_on__isnull=True) | Q(is_accelerated=True),
                name="finding_letter_of_one_accelerated",
                violation_error_message="Only what was told before the report has a letter.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("inspections:finding", args=[self.slug])

    @property
    def about(self) -> Organisation | Region:
        """The body or the region it speaks of; it has one of them."""
        return self.organisation or cast(Region, self.region)

    @property
    def status_kind(self) -> str:
        """Whether its status was published with it, or is what somebody has recorded here since."""
        return "recorded" if self.status_on else "published"

    @property
    def known(self) -> str:
        """Of which kind and day its status is."""
        published = f"as published ({self.inspection.published}), nothing later here"
        return f"recorded {in_words(self.status_on)}" if self.status_on else published

    @property
    def standing(self) -> str:
        """Its status with kind and day: "Open, as published (November 2023), nothing later here"."""
        is_stated = FindingStatus(self.status).is_stated or self.status_on
        return f"{self.get_status_display()}, {self.known}" if is_stated else capfirst(self.known)

    @property
    def letter(self) -> str:
        """The day of the letter that told the chief officer before the report, in words; "" where there was none."""
        if not self.is_accelerated:
            return ""
        return in_words(self.letter_on, self.letter_precision) if self.letter_on else "day not known"

    @property
    def is_context(self) -> bool:
        """Whether it only says how things are."""
        return self.tone == Tone.CONTEXT

"""Findings."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from forces.models import about_one
from inspections.choices import FindingKind, FindingStatus, Section, Tone
from inspections.programmes.models import Inspection
from inspections.sources.models import Sourced
from soc_tracker.core.records.models import Tracked, VisibleQuerySet
from soc_tracker.core.text.folding import FoldedText


class FindingQuerySet(VisibleQuerySet):
    def for_list(self) -> Self:
        return self.select_related("inspection__programme", "organisation", "region", "source").prefetch_related(
            "topics"
        )


# Findings of inspections, and the topics that make a shared problem visible.


class Topic(Tracked):
    """A subject that findings of several bodies share, such as the quality of 4P plans."""

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

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


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
    kind = models.CharField(max_length=30, choices=FindingKind)
    tone = models.CharField(max_length=12, choices=Tone)
    section = models.CharField(max_length=15, choices=Section)
    title = models.CharField(max_length=200)
    summary = models.TextField()
    topics = models.ManyToManyField(Topic, blank=True, related_name="findings")
    _history_m2m_fields = [topics]
    status = models.CharField(max_length=20, choices=FindingStatus, default=FindingStatus.NOT_STATED)
    repeats = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="repeated_by",
        help_text="The earlier finding that this one says has not been dealt with.",
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
        ]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse("inspections:finding", args=[self.slug])

    @property
    def about(self) -> models.Model:
        """The organisation or the region it speaks of."""
        return self.organisation or self.region

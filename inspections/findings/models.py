"""Findings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self, cast

from django.db import models
from django.db.models import Case, F, FilteredRelation, Q, Value, When

from forces.models import Organisation, Region, about_one
from inspections.choices import Tone
from inspections.programmes.models import Inspection
from inspections.sources.models import HasPage, OnceOutQuerySet, Sourced, differing
from inspections.vocabularies.models import FindingKind, Section
from soc_tracker.core.records.models import PUBLISHED, Tracked, VisibleQuerySet
from soc_tracker.core.records.words import WordField
from soc_tracker.core.text.days import Precision, in_words
from soc_tracker.core.text.normal import FoldedText

AFTER_ALL = 1_000_000
"""A weight beyond that of every finding."""


class FindingQuerySet(OnceOutQuerySet):
    def with_own(self) -> Self:
        """With the path ``own`` to what follows each up, without those of its recommendations."""
        its_own = Q(requirements__recommendation__isnull=True)
        return self.annotate(own=FilteredRelation("requirements", condition=its_own))

    def with_bodies(self) -> Self:
        """With what names them: inspection, body and source; with their ``own`` requirement, and whether another
        document says otherwise.
        """
        rows = self.with_own().annotate(sources_differ=differing("finding"))
        return rows.select_related("inspection__programme", "organisation", "region", "measure", "source", "own")

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


class Finding(HasPage, Sourced):
    """What an inspection found of one organisation, or of a region as a whole, in our own words."""

    route = "inspections:finding"
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

    @property
    def about(self) -> Organisation | Region:
        """The body or the region it speaks of; it has one of them."""
        return self.organisation or cast(Region, self.region)

    @property
    def requirement(self) -> Any:
        """What follows it up, without its recommendations; None where its kind asks for nothing."""
        if not self.kind.must_be_followed_up:
            return None
        if "own" not in self.__dict__:
            self.own = self.requirements.get(recommendation__isnull=True)
        self.own.finding = self
        return self.own

    @property
    def letter(self) -> str:
        """The day of the letter that told the chief officer before the report, in words; "" where there was none."""
        if not self.is_accelerated:
            return ""
        return in_words(self.letter_on, self.letter_precision) if self.letter_on else "day not known"

    @property
    def names_problem(self) -> bool:
        """Whether it speaks of something that should become better."""
        return Tone(self.tone).names_problem

    @property
    def is_context(self) -> bool:
        """Whether it only says how things are."""
        return self.tone == Tone.CONTEXT


def by_section(findings: Iterable[Finding]) -> list[tuple[str, list[Finding]]]:
    """The findings under the sections of the report, in the order of ``Section``; sections without any left out."""
    sections: dict[str, list[Finding]] = {section.slug: [] for section in Section.rows()}
    for finding in findings:
        sections[finding.section_id].append(finding)
    return [(rows[0].section.label, rows) for rows in sections.values() if rows]

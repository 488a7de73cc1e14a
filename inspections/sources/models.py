"""Published documents, the locator that every fact carries, and further documents that speak of the same fact."""

from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from inspections.choices import Licence, Stance
from soc_tracker.core.records.models import OWN_RULE, PUBLISHED, Tracked, VisibleQuerySet
from soc_tracker.core.records.words import Word, WordField
from soc_tracker.core.text.days import Precision, in_words
from soc_tracker.core.text.folding import FoldedText


class SourceKind(Word):
    """What a document is. One that is ``first_hand`` speaks before those that only pass its figures on."""

    first_hand = models.BooleanField(
        default=False, help_text="Its figures come before those of documents that repeat them."
    )


class SourceDocument(Tracked):
    """A document that facts were taken from. ``published_on`` is the first day of the span that is known.

    ``address`` is where it was published, ``archived`` a copy that stays; on ``seen_on`` it was read.
    """

    reached_by = PUBLISHED
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200, unique=True)
    publisher = models.CharField(max_length=120)
    kind = WordField(SourceKind)
    published_on = models.DateField(null=True, blank=True)
    published_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    licence = models.CharField(max_length=20, choices=Licence.words)
    address = models.URLField(max_length=500, blank=True, db_default="", default="")
    archived = models.URLField("archived copy", max_length=500, blank=True, db_default="", default="")
    seen_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    folded = FoldedText("title", "publisher", "note")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = [models.F("published_on").desc(nulls_last=True), "title", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("inspections:source", args=[self.slug])

    @property
    def published(self) -> str:
        """The day of publication in words, with no more than is known."""
        return in_words(self.published_on, self.published_precision) if self.published_on else "date not stated"


class SourceRuns(models.Model):
    """Digests of the runs of words of a document (``soc_tracker.core.text.runs``), so that no fact copies one."""

    reached_by = OWN_RULE
    source = models.OneToOneField(SourceDocument, on_delete=models.CASCADE, related_name="runs")
    digests = models.BinaryField()

    def __str__(self) -> str:
        return f"Runs of words of {self.source}"


class Sourced(Tracked):
    """A fact from a document, with the place in it: section heading and paragraph.

    Where other documents speak of it too, its ``citations`` say how they put it; the fact stays as its source has it.
    """

    reached_by = PUBLISHED
    source = models.ForeignKey(SourceDocument, on_delete=models.PROTECT, related_name="%(class)ss")
    locator = models.CharField(
        max_length=250, help_text="Where in the document: the section heading and the paragraph under it."
    )

    class Meta:
        abstract = True


FACTS = ("inspection", "grading", "finding", "recommendation", "figure", "monitoring", "size")
"""What a citation may be about: the fields that lead to it, of which it has one."""


def link_to(fact: str) -> Any:
    return models.ForeignKey(fact, null=True, blank=True, on_delete=models.CASCADE, related_name="citations")


class Citation(Tracked):
    """Another document that speaks of a fact: where, in which words, and whether it says the same."""

    reached_by = PUBLISHED
    inspection = link_to("inspections.Inspection")
    grading = link_to("inspections.Grading")
    finding = link_to("inspections.Finding")
    recommendation = link_to("inspections.Recommendation")
    figure = link_to("inspections.PublishedFigure")
    monitoring = link_to("inspections.MonitoringPeriod")
    size = link_to("forces.BodySize")
    stance = models.CharField(max_length=12, choices=Stance.words, default=Stance.CONFIRMS)
    source = models.ForeignKey(SourceDocument, on_delete=models.PROTECT, related_name="citations")
    locator = models.CharField(max_length=250, help_text="Where in the document.")
    wording = models.TextField(
        blank=True, help_text="How this document puts it, such as another number; in our own words where it is long."
    )

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=reduce(or_, (Q(**{f"{name}__isnull": name != fact for name in FACTS}) for fact in FACTS)),
                name="citation_about_one_fact",
                violation_error_message="A citation is about one fact.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stance_display()}: {self.locator}"

    @property
    def tag(self) -> str:
        return Stance(self.stance).tag

    @property
    def fact(self) -> Any:
        """What it is about; None before that is chosen."""
        return next((fact for name in FACTS if (fact := getattr(self, name)) is not None), None)

    @property
    def in_words(self) -> str:
        """ "Says otherwise: A report, page 3: about 2,900"."""
        place = f"{self.get_stance_display()}: {self.source.title}, {self.locator}"
        return f"{place}: {self.wording}" if self.wording else place


def differing(fact: str) -> Exists:
    """Whether another document says otherwise of the facts that a query reads: ``fact`` is one of ``FACTS``."""
    return Exists(Citation.objects.filter(**{fact: OuterRef("pk"), "stance": Stance.CONTRADICTS}))

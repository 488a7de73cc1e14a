"""Published documents, and the locator that every fact carries."""

from django.db import models
from django.urls import reverse

from inspections.choices import DocumentKind, Licence
from soc_tracker.core.records.models import Tracked, VisibleQuerySet
from soc_tracker.core.text.days import Precision, in_words
from soc_tracker.core.text.folding import FoldedText


class SourceDocument(Tracked):
    """A document that facts were taken from. ``published_on`` is the first day of the span that is known."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200, unique=True)
    publisher = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=DocumentKind.words)
    published_on = models.DateField(null=True, blank=True)
    published_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    licence = models.CharField(max_length=20, choices=Licence.words)
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


class Sourced(Tracked):
    """A fact from a document, with the place in it: section heading and paragraph."""

    source = models.ForeignKey(SourceDocument, on_delete=models.PROTECT, related_name="%(class)ss")
    locator = models.CharField(
        max_length=250, help_text="Where in the document: the section heading and the paragraph under it."
    )

    class Meta:
        abstract = True

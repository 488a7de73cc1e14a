"""How reports word what the reader of reports looks for."""

from django.db import models

from inspections.phrasebook.choices import Part
from soc_tracker.core.records.models import PUBLISHED, Tracked, VisibleQuerySet
from soc_tracker.core.text.normal import FoldedText


class Phrase(Tracked):
    """Some words of reports; ``stands_for`` is the slug of the word that they mean, in the vocabulary of their part.

    Labels and names on record are known without a phrase: a phrase says how else reports put it.
    """

    reached_by = PUBLISHED
    part = models.CharField(max_length=20, choices=Part.words)
    text = models.CharField(max_length=120, help_text="As reports write it; capitals make no difference.")
    stands_for = models.SlugField(
        max_length=80, blank=True, help_text="The short name (slug) of what it stands for, where its part names one."
    )
    folded = FoldedText("text", "stands_for")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["part", "stands_for", "text", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["part", "text"],
                name="phrase_stands_for_one",
                violation_error_message="These words stand for something already: change that phrase.",
            ),
        ]

    def __str__(self) -> str:
        return self.text

"""The ten regions of England and Wales. A region is never graded."""

from django.db import models
from django.urls import reverse

from forces.models.tracked import Tracked
from forces.querysets import RegionQuerySet
from soc_tracker.lib.folded_fields import FoldedText


class Region(Tracked):
    """A grouping of forces; London has no regional organised crime unit."""

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    note = models.TextField(blank=True, help_text="How the region works together where it differs from the others.")
    folded = FoldedText("name")
    folded_note = FoldedText("note")

    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse("region", args=[self.slug])

"""What kind of crime a threat is about."""

from django.db import models

from forces.models.tracked import Tracked
from forces.querysets import VisibleQuerySet


class CrimeType(Tracked):
    """A crime type as the national database names it, such as drugs supply or county lines."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

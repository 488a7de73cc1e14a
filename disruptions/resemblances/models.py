"""Disruptions that may be one under two references: of one body, threat and day, and worded alike."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from disruptions.extracts.models import Extract
from disruptions.record.models import Disruption
from soc_tracker.core.access.models import Sight
from soc_tracker.core.records.models import VisibleQuerySet


class ResemblanceQuerySet(VisibleQuerySet):
    def seen_by(self, sight: Sight) -> Self:
        """Of which both disruptions are."""
        pairs = super().seen_by(sight)
        return pairs if sight.everything else pairs.filter(other__organisation__in=sight.bodies)


class Resemblance(models.Model):
    """That a disruption which an extract brought may be another, which was on record before it or came with it.

    ``likeness`` is that of their summaries, of at most 100; none where one has no summary and all else is the same.
    It is for people to decide: nothing is ever made one by itself.
    """

    reached_by = "disruption__organisation"
    extract = models.ForeignKey(Extract, on_delete=models.CASCADE, related_name="resemblances")
    disruption = models.ForeignKey(Disruption, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Disruption, on_delete=models.CASCADE, related_name="+")
    likeness = models.PositiveSmallIntegerField(null=True)

    objects = ResemblanceQuerySet.as_manager()

    class Meta:
        ordering = ["extract", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["extract", "disruption", "other"], name="resemblance_once"),
            models.CheckConstraint(condition=~Q(disruption=F("other")), name="resemblance_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.disruption.reference} may be {self.other.reference}"

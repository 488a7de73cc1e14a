"""What a complete extract lacks: disruptions on record that may be withdrawn together, for that reason."""

from django.db import models

from disruptions.extracts.models import Extract
from disruptions.record.models import Disruption
from soc_tracker.core.records.models import VisibleQuerySet


class Lack(models.Model):
    """A disruption that one would look for in an extract which is said to be complete, and that it does not have."""

    reached_by = "disruption__organisation"
    extract = models.ForeignKey(Extract, on_delete=models.CASCADE, related_name="lacks")
    disruption = models.ForeignKey(Disruption, on_delete=models.CASCADE, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["extract", "disruption"]
        constraints = [models.UniqueConstraint(fields=["extract", "disruption"], name="lack_once")]

    def __str__(self) -> str:
        return f"{self.disruption.reference}, not in {self.extract.file_name}"

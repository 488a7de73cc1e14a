"""What files have said of the records, so that none undoes silently what another said."""

from django.db import models

BUILT_IN = "fixtures"
"""The origin that every start loads again; all others outrank it."""


class Statement(models.Model):
    """What one origin, a folder or a single file, says of one record, field by field.

    ``kind`` is that of ``soc_tracker.reference.kinds``, ``record`` the key of the record, ``said`` holds what was said
    of each field by its name: a text, a number, the name of another record, a list of such, None for what it clears.
    """

    origin = models.CharField(max_length=255)
    kind = models.CharField(max_length=40)
    record = models.BigIntegerField()
    said = models.JSONField()

    class Meta:
        ordering = ["kind", "record", "origin"]
        constraints = [models.UniqueConstraint(fields=["kind", "record", "origin"], name="statement_once")]

    def __str__(self) -> str:
        return f"{self.origin} of {self.kind} {self.record}"


def outranks(origin: str, other: str) -> bool:
    """Whether what an origin says stands where another says something else: by their names, so that the order in which
    they were loaded makes no difference.
    """
    return (origin == BUILT_IN, origin) < (other == BUILT_IN, other)

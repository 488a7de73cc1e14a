"""What files have said of the records, so that none undoes silently what another said; and files on their way in."""

from typing import Self

import rules
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models

from soc_tracker.core.imports.uploads.models import UploadRecord, UploadsQuerySet
from soc_tracker.core.records.models import OWN_RULE, Tracked, VisibleQuerySet

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
    """Whether what an origin says stands where another says something else: that whose name comes last, as of files of
    which the names begin or end with a day or a number, whatever the order in which they are loaded.
    """
    return (origin != BUILT_IN, origin) > (other != BUILT_IN, other)


class FactFileQuerySet(UploadsQuerySet, VisibleQuerySet):  # type: ignore[override]
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """A user's own, while they may load facts. Those of others do not exist."""
        own = super().visible_to(user).of_sender(user)
        return own if rules.has_perm("reference.load_facts", user) else own.none()


class FactFile(UploadRecord, Tracked):
    """Facts in a spreadsheet, that its sender alone sees until they are on record."""

    reached_by = OWN_RULE
    folder, route = "facts", "reference:file"

    kind_of_data = "published"

    overrules = models.BooleanField(default=False)
    """Whether it is decided that its values stand over those that other files say."""

    objects = FactFileQuerySet.as_manager()

    class Meta(UploadRecord.Meta):
        verbose_name = "file of facts"
        verbose_name_plural = "files of facts"

"""Extracts, the files on their way in, and the named filters of both."""

from datetime import date
from typing import Self

import rules
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse

from disruptions.choices import DataKind, ExtractContents
from disruptions.pending.models import OnRecord
from disruptions.standpoint.models import KindQuerySet
from soc_tracker.core.access.models import sight_of
from soc_tracker.core.imports.uploads.models import UploadRecord, UploadsQuerySet
from soc_tracker.core.records.models import OWN_RULE, Tracked, Whole, WholeQuerySet
from soc_tracker.core.text.normal import FoldedText


class UploadQuerySet(UploadsQuerySet, KindQuerySet):  # type: ignore[override]
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """Files on their way in are seen by those of whoever may load them who see everything; by others, their own."""
        if not rules.has_perm("disruptions.load_extract", user):
            return self.none()
        return super().visible_to(user) if sight_of(user).everything else self.of_sender(user)


# Extracts of the national database: what was loaded, from which file, by whom; and files on their way in.


class ExtractQuerySet(WholeQuerySet, KindQuerySet):  # type: ignore[override]
    def in_force(self) -> Self:
        """Those that have not been undone: of the others, the record has nothing."""
        return self.filter(undone_at__isnull=True)

    def taken_after(self, day: date) -> Self:
        """Those of disruptions from the national database as it was after the day, the newest first."""
        return self.filter(contents=ExtractContents.DISRUPTIONS, as_at__gt=day)

    def alike(self, extract: "Extract") -> Self:
        """Those of the same contents and kind of data."""
        return self.filter(contents=extract.contents, kind_of_data=extract.kind_of_data)


class Extract(Whole, Tracked):
    """One loading of a file of threats or disruptions.

    ``as_at`` is the day on which the rows were taken from the national
    database. A file, known by its SHA-256, has a second loading only when rows
    of it that were refused at first could go in later, or after the first was undone.

    ``undone_at``: the record is as if it had never been loaded; what it had brought stands in the histories of the
    rows, from ``loaded_at`` until then. ``is_complete``: its sender said that the file holds all that the national
    database then had of its bodies and days. ``withdrawn_at`` is when the ``rows_withdrawn`` that it lacked were
    taken off the record from its as-at day on, ``put_back_at`` when they last were put back. ``part_of`` is the
    extract whose refused rows, mended, these are. The disruptions that it added have keys above ``after_key``.
    """

    contents = models.CharField(max_length=12, choices=ExtractContents.words)
    kind_of_data = models.CharField(max_length=12, choices=DataKind.words, default=DataKind.RECORDED)
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64)
    as_at = models.DateField()
    loaded_at = models.DateTimeField()
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="extracts"
    )
    answers = models.JSONField("answers about the file", null=True, blank=True, editable=False)
    rows_added = models.PositiveIntegerField(default=0)
    rows_changed = models.PositiveIntegerField(default=0)
    rows_unchanged = models.PositiveIntegerField(default=0)
    rows_refused = models.PositiveIntegerField(default=0)
    rows_missing = models.PositiveIntegerField(
        default=0, help_text="Rows on the record, within the days that the file covers, that the file does not have."
    )
    is_complete = models.BooleanField("holds all records of its bodies and days", default=False, db_default=False)
    part_of = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="mended_parts"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    put_back_at = models.DateTimeField(null=True, blank=True, editable=False)
    rows_withdrawn = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    after_key = models.BigIntegerField(null=True, blank=True, editable=False)
    undone_at = models.DateTimeField("undone", null=True, blank=True, editable=False)
    folded = FoldedText("file_name")

    objects = OnRecord.from_queryset(ExtractQuerySet)()

    class Meta:
        ordering = ["-as_at", "-pk"]
        indexes = [models.Index(fields=["sha256"], name="extract_sha256")]
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="extract_sha256_is_one"),
        ]

    def __str__(self) -> str:
        return f"{self.file_name}, as at {self.as_at}"

    def get_absolute_url(self) -> str:
        return reverse("disruptions:extract", args=[self.pk])


class Upload(UploadRecord, Tracked):
    """An extract on its way in."""

    folder, route = "extracts", "disruptions:upload"

    reached_by = OWN_RULE
    contents = models.CharField(max_length=12, choices=ExtractContents.words)
    kind_of_data = models.CharField(max_length=12, choices=DataKind.words, default=DataKind.RECORDED)
    as_at = models.DateField(null=True, blank=True)
    is_complete = models.BooleanField(default=False, db_default=False)
    part_of = models.ForeignKey(
        Extract, null=True, blank=True, on_delete=models.PROTECT, related_name="uploads_of_mended_rows"
    )
    extract = models.ForeignKey(Extract, null=True, blank=True, on_delete=models.PROTECT, related_name="uploads")

    objects = UploadQuerySet.as_manager()

    class Meta(UploadRecord.Meta):
        pass

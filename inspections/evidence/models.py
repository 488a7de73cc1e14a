"""Files that show that something was done, each uploaded with a step of what must change."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.timezone import now

from inspections.sources.models import OnceOut, OnceOutQuerySet
from soc_tracker.core.imports.uploads.files import plain_name, stored_name


def in_folder(record: Any, name: str) -> str:
    """A name on disk that owes nothing to the sender's but its ending."""
    return f"evidence/{stored_name(name)}"


class EvidenceFile(OnceOut):
    """A file as it was uploaded. It is no part of what is published: whoever has an account here may download it, and
    others read that there is one.
    """

    belongs_to = ("requirement__finding__inspection",)
    requirement = models.ForeignKey("inspections.Requirement", on_delete=models.CASCADE, related_name="evidence_files")
    file = models.FileField(upload_to=in_folder)
    file_name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField(help_text="In bytes.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    objects = OnceOutQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return plain_name(self.file_name)

    @property
    def address(self) -> str:
        """Where it is downloaded, which is no page."""
        return reverse("inspections:evidence_download", args=[self.pk])

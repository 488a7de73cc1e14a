"""What is stored of an uploaded file, whatever its rows are."""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.urls import reverse

from soc_tracker.lib.uploads.stages import ENDED, UploadStage


class UploadsQuerySet(models.QuerySet):
    """To be mixed into the queryset of a kind of upload."""

    def under_way(self) -> Self:
        """Those that still wait for somebody or something."""
        return self.exclude(stage__in=ENDED)

    def of_sender(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        return self.filter(uploaded_by=user.pk)


def in_folder(upload: "UploadRecord", name: str) -> str:
    return f"{upload.folder}/{name}"


class UploadRecord(models.Model):
    """A file that somebody chose, from its check to its loading; its reader follows it on a page of its own.

    ``outcome`` holds what the check or the loading found: counts, and the first rows to add, to change, refused and
    missing; or why the file could not be read. Both files are gone once they are of no more use.
    A model of an app is one of these and a tracked record. Its files are kept in the ``folder``; ``route`` is the name
    of its page, and with "_new", "_errors", "_accept", "_give_up" and "_start_again" that of the others.
    """

    folder: ClassVar[str]
    route: ClassVar[str]
    version: int
    history: Any

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file_name = models.CharField(max_length=255)
    file = models.FileField(upload_to=in_folder, blank=True)
    stage = models.CharField(max_length=10, choices=UploadStage, default=UploadStage.WAITING)
    accept_good = models.BooleanField("accept the good rows", default=False)
    outcome = models.JSONField(default=dict, blank=True)
    errors = models.FileField(upload_to=in_folder, blank=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.get_stage_display().lower()})"

    def get_absolute_url(self) -> str:
        return reverse(self.route, args=[self.token])

    def step_url(self, step: str) -> str:
        """The address of a step, such as "accept"."""
        return reverse(f"{self.route}_{step}", args=[self.token])

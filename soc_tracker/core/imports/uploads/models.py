"""How far an uploaded file has come, and where it may go from there."""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import TextChoices
from django.urls import reverse

from soc_tracker.core.imports.questions import Answers, Question, questions_of


class UploadStage(TextChoices):
    """How far an uploaded file has come."""

    WAITING = "waiting", "Waiting to be checked"
    CHECKING = "checking", "Being checked"
    CHECKED = "checked", "Checked: accept it or give it up"
    ACCEPTED = "accepted", "Waiting to be loaded"
    LOADING = "loading", "Being loaded"
    LOADED = "loaded", "Loaded"
    FAILED = "failed", "Could not be read"
    GIVEN_UP = "given_up", "Given up"


ENDED = (UploadStage.LOADED, UploadStage.FAILED, UploadStage.GIVEN_UP)
"""The stages after which nothing happens to an upload."""
QUEUED = (UploadStage.WAITING, UploadStage.ACCEPTED)
WORKING = (UploadStage.CHECKING, UploadStage.LOADING)
NEXT = {
    UploadStage.WAITING: {UploadStage.CHECKING, UploadStage.FAILED, UploadStage.GIVEN_UP},
    UploadStage.CHECKING: {UploadStage.CHECKED, UploadStage.FAILED, UploadStage.WAITING, UploadStage.GIVEN_UP},
    UploadStage.CHECKED: {UploadStage.ACCEPTED, UploadStage.WAITING, UploadStage.GIVEN_UP},
    UploadStage.ACCEPTED: {UploadStage.LOADING, UploadStage.FAILED, UploadStage.GIVEN_UP},
    UploadStage.LOADING: {
        *(UploadStage.LOADED, UploadStage.CHECKED, UploadStage.FAILED, UploadStage.ACCEPTED, UploadStage.GIVEN_UP)
    },
}
BEGUN = {UploadStage.WAITING: UploadStage.CHECKING, UploadStage.ACCEPTED: UploadStage.LOADING}
"""The stage in which a worker works, by the stage in which it finds the upload."""
BEFORE = {working: waiting for waiting, working in BEGUN.items()}


# What is stored of an uploaded file, whatever its rows are.


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
    of its page, and with "_new", "_errors", "_accept", "_answer", "_give_up" and "_start_again" that of the others.
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

    @property
    def answers(self) -> Answers:
        """What its sender has answered to the questions of its check."""
        answers: Answers = self.outcome.get("answers", {})
        return answers

    @property
    def questions(self) -> list[Question]:
        return questions_of(self.outcome)

    def step_url(self, step: str) -> str:
        """The address of a step, such as "accept"."""
        return reverse(f"{self.route}_{step}", args=[self.token])

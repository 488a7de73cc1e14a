"""What the worker does with uploaded files: check one, load one. See ``manage.py db_worker``.

A task is put in the queue in the transaction that moves its upload to the next stage, and is given the version that
the upload has then: where somebody has moved it since, the task has nothing to do.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any, Generic

import structlog
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.cache import cache
from django.core.files import File
from django.db import transaction
from django_tasks.base import Task

from soc_tracker.core.imports.outcome import Decision, Outcome
from soc_tracker.core.imports.questions import UnreadableFileError
from soc_tracker.core.imports.reader import Progress
from soc_tracker.core.imports.uploads import files
from soc_tracker.core.imports.uploads.limits import limited
from soc_tracker.core.imports.uploads.models import ENDED, UploadStage
from soc_tracker.core.imports.uploads.services import CHANGED_SINCE, Upload, Uploads, progress_key
from soc_tracker.core.records.services import StaleRecordError

log = structlog.get_logger(__name__)
FILE_GONE = "The uploaded file is no longer on the server, so nothing was loaded. Upload it again."
PROGRESS_EVERY, PROGRESS_KEPT = 0.4, 3600
"""Seconds."""


class ChangedSinceError(Exception):
    """To load the file would do something else than what its check showed."""


@dataclass(frozen=True)
class Reading(Generic[Upload]):
    """One reading of the file of an ``upload``.

    ``errors`` is where the refused rows go, None when nobody asks for them. ``progress`` is told how many bytes have
    been read, and of how many. ``finish`` is called when the rows are written, before that is final, with what the
    upload keeps of it: it raises where somebody was quicker, which undoes the writing.
    """

    upload: Upload
    path: Path
    decision: Decision
    by: AbstractBaseUser
    errors: Path | None
    progress: Progress
    finish: Callable[..., Any]


class Work(Generic[Upload]):
    """The tasks of one kind of file: ``check`` and ``load`` are called with the token and the version of an upload,
    and the key of the user for whom it is done. ``read`` reads a file and does as decided. It raises
    UnreadableFileError; and ChangedSinceError where it would write something else than what the check showed.
    ``kept`` says what an upload keeps of its check beside the outcome.
    """

    def __init__(
        self,
        uploads: Uploads[Upload],
        read: Callable[[Reading[Upload]], Outcome],
        *,
        check: Task,
        load: Task,
        kept: Callable[[Any], dict[str, Any]] = lambda outcome: {},
    ) -> None:
        self.uploads, self.read, self.kept = uploads, read, kept
        self.tasks = {UploadStage.WAITING: check, UploadStage.ACCEPTED: load}

    def submit(self, file: File, *, by: AbstractBaseUser, now: datetime, **values: Any) -> Upload:
        """Keep a file and have it checked. Raises as ``Uploads.receive`` does."""
        self.uploads.expire(now)
        return self.queue(self.uploads.receive, file, by=by, now=now, **values)

    def queue(self, step: Callable[..., Upload], *of: Any, by: AbstractBaseUser, **values: Any) -> Upload:
        """Take a step of ``uploads`` that leaves a file waiting, and put in the queue what it waits for: a check after
        ``receive`` and ``answer``, a load after ``accept``, either after ``start_again``. Raises as the step does.
        """
        with transaction.atomic():
            upload = step(*of, by=by, **values)
            self.tasks[UploadStage(upload.stage)].enqueue(str(upload.token), upload.version, by.pk)
        return upload

    def check(self, token: str, version: int, by: int) -> None:
        """Look through the whole file and keep what was found; nothing is written to the record."""
        self._take(token, version, by, self._check)

    def load(self, token: str, version: int, by: int) -> None:
        """Load what was accepted: exactly that, or nothing."""
        self._take(token, version, by, self._load)

    def _take(self, token: str, version: int, key: int, step: Callable[[Upload, Path, AbstractBaseUser], None]) -> None:
        """Begin and take the step, holding the file, unless the upload has moved on, or does so in the meantime."""
        upload = self.uploads.model._default_manager.get(token=token)
        by = get_user_model()._default_manager.get(pk=key)
        try:
            if upload.version != version:
                raise StaleRecordError(upload, version, {})
            path = Path(upload.file.path)
            with files.held(path):
                step(self.uploads.begin(upload, by=by, expected_version=version), path, by)
        except FileNotFoundError:
            upload.refresh_from_db()
            if upload.stage not in ENDED:  # else it went because somebody gave it up
                self.uploads.fail(upload, FILE_GONE, by=by, expected_version=upload.version)
        except (StaleRecordError, files.BeingWorkedOnError):
            log.info("upload moved on without this task", upload=token, version=version)

    def _check(self, upload: Upload, path: Path, by: AbstractBaseUser, reason: str = "Checked") -> None:
        errors = files.errors_path(upload)
        try:
            with limited(path, gone=StaleRecordError(upload, upload.version, {})):
                outcome = self.read(self._reading(upload, path, Decision.CHECK, by, errors))
            self.uploads.keep_check(upload, outcome.as_json(), by=by, reason=reason, **self.kept(outcome))
        except UnreadableFileError as error:
            if not error.questions:
                self.uploads.fail(upload, str(error), by=by, expected_version=upload.version)
                return
            open_questions = {"problem": str(error), "questions": [asdict(each) for each in error.questions]}
            self.uploads.keep_check(upload, open_questions, by=by, reason=reason)
        except StaleRecordError:
            errors.unlink(missing_ok=True)  # it was given up, and nobody else knows of these rows
            raise

    def _load(self, upload: Upload, path: Path, by: AbstractBaseUser) -> None:
        """Load the file; where that would do something else than what was shown and accepted, check it anew instead."""
        decision = Decision.GOOD if upload.accept_good else Decision.ALL
        try:
            # The refused rows of a loading are those of its check.
            is_written = self.read(self._reading(upload, path, decision, by, None)).written
        except ChangedSinceError:
            is_written = False
        if not is_written:
            self._check(upload, path, by, reason=CHANGED_SINCE)

    def _reading(
        self, upload: Upload, path: Path, decision: Decision, by: AbstractBaseUser, errors: Path | None
    ) -> Reading[Upload]:
        finish = partial(self.uploads.finish, upload, by=by)
        return Reading(upload, path, decision, by, errors, teller(upload), finish)


def teller(upload: Upload) -> Progress:
    """Tells how far the worker is, through the cache: the database shows others nothing until a loading has ended.

    What it returns raises StaleRecordError once the upload has moved on without the worker: somebody gave it up.
    """
    last = 0.0

    def tell(done: int, of: int) -> None:
        nonlocal last
        if monotonic() - last >= PROGRESS_EVERY or done == of:
            last = monotonic()
            cache.set(progress_key(upload), (done, of), PROGRESS_KEPT)
            if not type(upload)._default_manager.filter(pk=upload.pk, version=upload.version).exists():
                raise StaleRecordError(upload, upload.version, {})

    return tell

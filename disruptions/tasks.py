"""What the worker does with uploaded files: check one, load one. See ``manage.py db_worker``.

A task is put in the queue in the transaction that moves its upload to the
next stage, and is given the version that the upload has then: where somebody has
moved it since, the task has nothing to do.
"""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from time import monotonic

import structlog
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.cache import cache
from django.core.files import File
from django.db import transaction
from django_tasks import task

from disruptions.choices import DataKind, ExtractContents, UploadStage
from disruptions.importers import Decision, Loading, Outcome, load
from disruptions.models import Extract, Upload
from disruptions.selectors.uploads import progress_key
from disruptions.services import upload_files, uploads
from soc_tracker.lib.imports import UnreadableFileError
from soc_tracker.lib.records import StaleRecordError

log = structlog.get_logger(__name__)
FILE_GONE = "The uploaded file is no longer on the server, so nothing was loaded. Upload it again."
COUNTED = ("added", "changed", "unchanged", "refused", "missing")
PROGRESS_EVERY, PROGRESS_KEPT = 0.4, 3600
"""Seconds."""
Step = Callable[[Upload, AbstractBaseUser], None]


class ChangedSinceError(Exception):
    """To load the file would do something else than what its check showed."""


def submit(
    file: File,
    *,
    contents: ExtractContents,
    kind_of_data: DataKind,
    as_at: date | None,
    by: AbstractBaseUser,
    now: datetime,
) -> Upload:
    """Keep a file and have it checked."""
    with transaction.atomic():
        upload = uploads.receive(file, contents=contents, kind_of_data=kind_of_data, as_at=as_at, by=by, now=now)
        check_upload.enqueue(str(upload.token), upload.version, by.pk)
    return upload


def accept(upload: Upload, *, good_rows: bool, by: AbstractBaseUser, expected_version: int) -> None:
    """Have a checked file loaded. Raises as ``uploads.accept`` does."""
    with transaction.atomic():
        upload = uploads.accept(upload, good_rows=good_rows, by=by, expected_version=expected_version)
        load_upload.enqueue(str(upload.token), upload.version, by.pk)


def start_again(upload: Upload, *, by: AbstractBaseUser, expected_version: int) -> None:
    """Have a file checked or loaded whose worker died. Raises as ``uploads.start_again`` does."""
    with transaction.atomic():
        upload = uploads.start_again(upload, by=by, expected_version=expected_version)
        again = check_upload if upload.stage == UploadStage.WAITING else load_upload
        again.enqueue(str(upload.token), upload.version, by.pk)


@task()
def check_upload(token: str, version: int, by: int) -> None:
    """Look through the whole file and keep what was found; nothing is written to the record."""
    _work(token, version, by, _check)


@task()
def load_upload(token: str, version: int, by: int) -> None:
    """Load what was accepted: exactly that, or nothing."""
    _work(token, version, by, _load)


def _work(token: str, version: int, by: int, step: Step) -> None:
    upload = Upload.objects.get(token=token)
    user = get_user_model().objects.get(pk=by)
    try:
        _take(upload, version, user, step)
    except (StaleRecordError, upload_files.BeingWorkedOnError):
        log.info("upload moved on without this task", upload=token, version=version)


def _take(upload: Upload, version: int, by: AbstractBaseUser, step: Step) -> None:
    if upload.version != version:
        raise StaleRecordError(upload, version, {})
    path = Path(upload.file.path)
    if not path.exists():
        uploads.fail(upload, FILE_GONE, by=by, expected_version=version)
        return
    with upload_files.held(path):
        upload = uploads.begin(upload, by=by, expected_version=version)
        step(upload, by)


def _check(upload: Upload, by: AbstractBaseUser, reason: str = "Checked") -> None:
    try:
        outcome = _read(upload, Decision.CHECK, by)
    except UnreadableFileError as error:
        uploads.fail(upload, str(error), by=by, expected_version=upload.version)
    else:
        uploads.keep_check(upload, outcome.as_json(), as_at=outcome.as_at, by=by, reason=reason)


def _load(upload: Upload, by: AbstractBaseUser) -> None:
    """Load the file; where that would do something else than what was shown and accepted, check it anew instead."""

    def follow(extract: Extract) -> None:
        if any(getattr(extract, f"rows_{name}") != upload.outcome[name] for name in COUNTED):
            raise ChangedSinceError
        uploads.finish(upload, extract, by=by)

    try:
        is_written = _read(upload, Decision.GOOD if upload.accept_good else Decision.ALL, by, follow).written
    except ChangedSinceError:
        is_written = False
    if not is_written:
        _check(upload, by, reason=uploads.CHANGED_SINCE)


def _read(
    upload: Upload, decision: Decision, by: AbstractBaseUser, follow: Callable[[Extract], None] | None = None
) -> Outcome:
    loading = Loading(
        contents=ExtractContents(upload.contents),
        path=Path(upload.file.path),
        file_name=upload.file_name,
        kind=DataKind(upload.kind_of_data),
        as_at=upload.as_at,
        by=by,
    )
    # The refused rows of a loading are those of its check; and once it is written, the file may be gone.
    errors = upload_files.errors_path(upload) if decision is Decision.CHECK else None
    return load(loading, decision, errors=errors, progress=_teller(upload), follow=follow)


def _teller(upload: Upload) -> Callable[[int, int], None]:
    """Tells how far the worker is, through the cache: the database shows others nothing until a loading has ended."""
    told = 0.0

    def tell(done: int, of: int) -> None:
        nonlocal told
        if monotonic() - told >= PROGRESS_EVERY or done == of:
            told = monotonic()
            cache.set(progress_key(upload), (done, of), PROGRESS_KEPT)

    return tell

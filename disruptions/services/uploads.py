"""Files on their way into the record. Each step moves an upload from one stage to the next, and from no other."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction

from disruptions.choices import DataKind, ExtractContents, UploadStage
from disruptions.models import Extract, Upload
from disruptions.services import upload_files
from soc_tracker.lib.records import StaleRecordError
from soc_tracker.lib.services import Service

By = AbstractBaseUser | None
UPLOADS = Service(Upload)
NEXT = {
    UploadStage.WAITING: {UploadStage.CHECKING, UploadStage.FAILED, UploadStage.GIVEN_UP},
    UploadStage.CHECKING: {UploadStage.CHECKED, UploadStage.FAILED, UploadStage.WAITING, UploadStage.GIVEN_UP},
    UploadStage.CHECKED: {UploadStage.ACCEPTED, UploadStage.GIVEN_UP},
    UploadStage.ACCEPTED: {UploadStage.LOADING, UploadStage.FAILED, UploadStage.GIVEN_UP},
    UploadStage.LOADING: {
        *(UploadStage.LOADED, UploadStage.CHECKED, UploadStage.FAILED, UploadStage.ACCEPTED, UploadStage.GIVEN_UP)
    },
}
CHANGED_SINCE = "Checked again: the record had changed since the check that was accepted"
BEGUN = {UploadStage.WAITING: UploadStage.CHECKING, UploadStage.ACCEPTED: UploadStage.LOADING}
"""The stage in which a worker works, by the stage in which it finds the upload."""
BEFORE = {working: waiting for waiting, working in BEGUN.items()}


def receive(
    file: File, *, contents: ExtractContents, kind_of_data: DataKind, as_at: date | None, by: By, now: datetime
) -> Upload:
    """Keep a file that somebody chose, to be checked. Nothing of it reaches the record yet."""
    name = upload_files.plain_name(file.name or "")
    file.name = upload_files.stored_name(name)
    return UPLOADS.create(
        contents=contents,
        kind_of_data=kind_of_data,
        as_at=as_at,
        file=file,
        file_name=name,
        uploaded_at=now,
        uploaded_by=by,
        by=by,
        reason="Uploaded",
    )


def begin(upload: Upload, *, by: By, expected_version: int) -> Upload:
    """A worker, which holds the file, begins to check or to load it. Raises StaleRecordError where it is too late."""
    stage = BEGUN.get(UploadStage(upload.stage))
    if stage is None:
        raise StaleRecordError(upload, expected_version, {})
    return _move(upload, stage, by=by, reason=f"{stage.label} by the worker", expected_version=expected_version)


def keep_check(upload: Upload, outcome: Mapping[str, Any], *, as_at: date, by: By, reason: str) -> Upload:
    """What the check found is there to be decided on."""
    errors = upload_files.errors_name(upload) if outcome["refused"] else ""
    values = {"outcome": dict(outcome), "as_at": as_at, "errors": errors, "accept_good": False}
    return _move(upload, UploadStage.CHECKED, values, by=by, reason=reason, expected_version=upload.version)


def accept(upload: Upload, *, good_rows: bool, by: By, expected_version: int) -> Upload:
    """Have the file loaded: all of it, or without its refused rows. Raises ValidationError when that cannot be."""
    refused, new = upload.outcome.get("refused", 0), upload.outcome.get("added", 0) + upload.outcome.get("changed", 0)
    if upload.version == expected_version and refused and not good_rows:
        raise ValidationError(f"{refused:,} rows are refused: accept the good rows, or give it up and mend them.")
    if upload.version == expected_version and not new:
        raise ValidationError("The file holds nothing that would add to the record or change it.")
    reason = "Accepted: the good rows" if good_rows else "Accepted: all rows"
    values = {"accept_good": good_rows}
    return _move(upload, UploadStage.ACCEPTED, values, by=by, reason=reason, expected_version=expected_version)


def finish(upload: Upload, extract: Extract, *, by: By) -> Upload:
    """The rows are in, as the check had said. What it found and the refused rows stay; the file goes."""
    values = {"extract": extract}
    return _end(upload, UploadStage.LOADED, values, by=by, reason="Loaded", expected_version=upload.version)


def fail(upload: Upload, problem: str, *, by: By, expected_version: int) -> Upload:
    """The file cannot be read; ``problem`` says why, what was expected and what to do."""
    values = {"outcome": {"problem": problem}}
    return _end(upload, UploadStage.FAILED, values, by=by, reason=problem, expected_version=expected_version)


def give_up(upload: Upload, *, by: By, expected_version: int) -> Upload:
    """Load nothing, and keep no file. Raises ValidationError while a worker is at it."""
    _refuse_worked_on(upload, "Wait until that has ended.")
    with transaction.atomic():
        upload_files.delete_when_written(upload.errors)
        return _end(
            upload, UploadStage.GIVEN_UP, {"errors": ""}, by=by, reason="Given up", expected_version=expected_version
        )


def start_again(upload: Upload, *, by: By, expected_version: int) -> Upload:
    """Put an upload whose worker died back in the queue. Raises ValidationError while a worker is at it."""
    _refuse_worked_on(upload, "There is no need to start again.")
    stage = BEFORE.get(UploadStage(upload.stage))
    if stage is None:
        raise StaleRecordError(upload, expected_version, {})
    return _move(
        upload, stage, by=by, reason="Started again: the worker had stopped", expected_version=expected_version
    )


def may_become(upload: Upload, stage: UploadStage) -> bool:
    """Whether the stage is a next one."""
    return stage in NEXT.get(UploadStage(upload.stage), ())


def _refuse_worked_on(upload: Upload, advice: str) -> None:
    if upload_files.is_worked_on(upload):
        raise ValidationError(f"The file is being worked on at this moment. {advice}")


def _end(
    upload: Upload, stage: UploadStage, values: Mapping[str, Any], *, by: By, reason: str, expected_version: int
) -> Upload:
    """The last move of an upload, after which its file is of no more use."""
    with transaction.atomic():
        upload_files.delete_when_written(upload.file)
        return _move(upload, stage, {**values, "file": ""}, by=by, reason=reason, expected_version=expected_version)


def _move(
    upload: Upload,
    stage: UploadStage,
    values: Mapping[str, Any] | None = None,
    *,
    by: By,
    reason: str,
    expected_version: int,
) -> Upload:
    """Change the stage. Raises StaleRecordError when somebody else was quicker, ValidationError for a step too far."""
    if upload.version == expected_version and not may_become(upload, stage):
        raise ValidationError(f"“{upload.file_name}” is at another stage: {upload.get_stage_display().lower()}.")
    return UPLOADS.change(upload, values, stage=stage, by=by, reason=reason, expected_version=expected_version)

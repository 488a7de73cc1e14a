"""The steps of uploaded files. Each moves an upload from one stage to the next, and from no other."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.template.defaultfilters import filesizeformat

from soc_tracker.core.imports.outcome import is_new
from soc_tracker.core.imports.questions import Answers, are_open
from soc_tracker.core.imports.uploads import files
from soc_tracker.core.imports.uploads.files import is_worked_on
from soc_tracker.core.imports.uploads.models import (
    BEFORE,
    BEGUN,
    ENDED,
    NEXT,
    QUEUED,
    WORKING,
    UploadRecord,
    UploadStage,
)
from soc_tracker.core.records.services import By, Service, StaleRecordError

Upload = TypeVar("Upload", bound=UploadRecord)
CHANGED_SINCE = "Checked again: the record had changed since the check that was accepted"
EXPIRED = "Given up: nobody decided on it in time"
MOST_UNDER_WAY = 5
"""Files of one user that may wait or be worked on at the same time."""
MOST_BYTES_UNDER_WAY = 3 * 1024**3
"""What these may take up together."""
MOST_EXPIRED = 100
"""Files given up at a time."""


class Uploads(Service[Upload]):
    """Of one kind. A file that nobody has decided on for the time of ``kept_for`` is given up."""

    def __init__(self, model: type[Upload], *, kept_for: timedelta) -> None:
        super().__init__(model)
        self.kept_for = kept_for

    def receive(self, file: File, *, by: AbstractBaseUser, now: datetime, **values: Any) -> Upload:
        """Keep a file that somebody chose, to be checked. Nothing of it reaches the record yet.

        Raises ValidationError while too many files of theirs are under way.
        """
        name = files.plain_name(file.name or "")
        file.name = files.stored_name(name)
        with transaction.atomic():
            get_user_model()._default_manager.select_for_update().get(pk=by.pk)  # one of their uploads at a time
            own = self.model._default_manager.under_way().filter(uploaded_by=by)  # type: ignore[attr-defined]
            if own.count() >= MOST_UNDER_WAY:
                raise ValidationError(
                    f"{MOST_UNDER_WAY} of your files are under way. Load one of them or give one up, and try again."
                )
            kept = sum(int(each.file.size) for each in own if each.file and Path(each.file.path).exists())
            if kept + (file.size or 0) > MOST_BYTES_UNDER_WAY:
                raise ValidationError(
                    f"With this one, your files under way take up {filesizeformat(kept + (file.size or 0))}, and "
                    f"together they may take up {filesizeformat(MOST_BYTES_UNDER_WAY)}. Load one of them or give one "
                    "up, and try again."
                )
            return self.create(
                values, file=file, file_name=name, uploaded_at=now, uploaded_by=by, by=by, reason="Uploaded"
            )

    def expire(self, now: datetime) -> int:
        """Give up the files that nobody has decided on for too long; how many."""
        given_up = 0
        under_way = self.model._default_manager.under_way()  # type: ignore[attr-defined]
        for upload in under_way.filter(uploaded_at__lt=now - self.kept_for)[:MOST_EXPIRED]:
            if not files.is_worked_on(upload):
                with suppress(StaleRecordError):  # somebody decides on it at this moment after all
                    gone = UploadStage.GIVEN_UP
                    self._move(upload, gone, by=None, reason=EXPIRED, expected_version=upload.version)
                    given_up += 1
        return given_up

    def begin(self, upload: Upload, *, by: By, expected_version: int) -> Upload:
        """A worker, which holds the file, begins to check or to load it. Raises StaleRecordError when it is late."""
        stage = BEGUN.get(UploadStage(upload.stage))
        if stage is None:
            raise StaleRecordError(upload, expected_version, {})
        reason = f"{stage.label} by the worker"
        return self._move(upload, stage, by=by, reason=reason, expected_version=expected_version)

    def keep_check(self, upload: Upload, outcome: Mapping[str, Any], *, by: By, reason: str, **values: Any) -> Upload:
        """What the check found is there to be decided on."""
        beside = Path(str(upload.file.name)).with_name(files.errors_path(upload).name)
        errors = str(beside) if outcome.get("refused") else ""
        values |= {"outcome": {**outcome, "answers": upload.answers}, "errors": errors, "accept_good": False}
        return self._move(upload, UploadStage.CHECKED, values, by=by, reason=reason, expected_version=upload.version)

    def answer(self, upload: Upload, answers: Answers, *, by: By, expected_version: int) -> Upload:
        """Have the file checked anew, as its sender has answered what the check asked."""
        reason = f"Answered: {'; '.join(f'{key} = {value}' for key, value in answers.items())}"
        values = {"outcome": {"answers": dict(answers)}, "errors": "", "accept_good": False}
        with transaction.atomic():
            files.delete_when_written(upload.errors)
            stage = UploadStage.WAITING
            return self._move(upload, stage, values, by=by, reason=reason, expected_version=expected_version)

    def accept(self, upload: Upload, *, good_rows: bool, by: By, expected_version: int) -> Upload:
        """Have the file loaded: all of it, or without its refused rows. Raises ValidationError when that cannot be."""
        if upload.version == expected_version:
            self.check_acceptable(upload, good_rows=good_rows)
        reason = "Accepted: the good rows" if good_rows else "Accepted: all rows"
        values = {"accept_good": good_rows}
        return self._move(upload, UploadStage.ACCEPTED, values, by=by, reason=reason, expected_version=expected_version)

    def check_acceptable(self, upload: Upload, *, good_rows: bool) -> None:
        """Raises ValidationError where what the check found is not to be loaded so."""
        outcome = upload.outcome
        if are_open(upload.questions):
            raise ValidationError("Answer first what is asked about the file.")
        if outcome.get("refused", 0) and not good_rows:
            raise ValidationError(
                f"{outcome['refused']:,} rows are refused: accept the good rows, or give it up and mend them."
            )
        if not is_new(outcome):
            raise ValidationError("The file holds nothing that would add to the record or change it.")

    def finish(self, upload: Upload, *, by: By, **values: Any) -> Upload:
        """The rows are in, as the check had said. What it found and the refused rows stay; the file goes."""
        return self._move(upload, UploadStage.LOADED, values, by=by, reason="Loaded", expected_version=upload.version)

    def fail(self, upload: Upload, problem: str, *, by: By, expected_version: int) -> Upload:
        """The file cannot be read; ``problem`` says why, what was expected and what to do."""
        values = {"outcome": {"problem": problem}}
        return self._move(upload, UploadStage.FAILED, values, by=by, reason=problem, expected_version=expected_version)

    def give_up(self, upload: Upload, *, by: By, expected_version: int) -> Upload:
        """Load nothing, and keep no file. A worker that reads it stops. Raises ValidationError while one writes."""
        if upload.stage == UploadStage.LOADING:
            _refuse_worked_on(upload, "Wait until that has ended.")
        stage = UploadStage.GIVEN_UP
        return self._move(upload, stage, by=by, reason="Given up", expected_version=expected_version)

    def start_again(self, upload: Upload, *, by: By, expected_version: int) -> Upload:
        """Put an upload whose worker died back in the queue. Raises ValidationError while a worker is at it."""
        _refuse_worked_on(upload, "There is no need to start again.")
        stage = BEFORE.get(UploadStage(upload.stage))
        if stage is None:
            raise StaleRecordError(upload, expected_version, {})
        reason = "Started again: the worker had stopped"
        return self._move(upload, stage, by=by, reason=reason, expected_version=expected_version)

    def _move(
        self, upload: Upload, stage: UploadStage, values: Mapping[str, Any] | None = None, /, **trail: Any
    ) -> Upload:
        """Change the stage; at the last one, the file is of no more use, and of what was given up nothing is kept.

        Raises StaleRecordError for who was too slow, ValidationError for a step too far.
        """
        if upload.version == trail["expected_version"] and not may_become(upload, stage):
            raise ValidationError(f"“{upload.file_name}” is at another stage: {upload.get_stage_display().lower()}.")
        of_no_use = {UploadStage.GIVEN_UP: ["file", "errors"]}.get(stage, ["file"] if stage in ENDED else [])
        with transaction.atomic():
            files.delete_when_written(*(getattr(upload, name) for name in of_no_use))
            return self.change(upload, {**(values or {}), "stage": stage, **dict.fromkeys(of_no_use, "")}, **trail)


def may_become(upload: UploadRecord, stage: UploadStage) -> bool:
    """Whether the stage is a next one."""
    return stage in NEXT.get(UploadStage(upload.stage), ())


def _refuse_worked_on(upload: UploadRecord, advice: str) -> None:
    if files.is_worked_on(upload):
        raise ValidationError(f"The file is being worked on at this moment. {advice}")


# How an upload stands at this moment, with what only the worker's files and the cache know of it.


@dataclass(frozen=True)
class State:
    """How an upload stands at this moment.

    ``is_stopped``: its worker died. ``percent`` of the file has been read, None where that is not known.
    ``since`` is when the present stage began. ``is_rechecked``: it was checked anew because the record had changed;
    ``is_expired``: nobody decided on it in time.
    """

    upload: UploadRecord
    percent: int | None
    since: datetime
    is_stopped: bool
    is_worked_on: bool
    is_under_way: bool
    is_ended: bool
    is_rechecked: bool
    is_expired: bool

    def minutes_waited(self, at: datetime) -> int:
        """How long nobody has begun what is to be done next; 0 where somebody has."""
        return int((at - self.since).total_seconds() // 60) if self.upload.stage in QUEUED else 0


def progress_key(upload: UploadRecord) -> str:
    """Where in the cache the worker says how far it is: before a loading ends, the database shows nothing of it."""
    return f"upload-progress-{upload.token}-{upload.stage}"


def state_of(upload: UploadRecord) -> State:
    """A worker holds the file from before it begins until after it has said how it ended: so a stage read anew after
    the file was found free is the last word on whether the worker died.
    """
    is_stopped = upload.stage in WORKING and not is_worked_on(upload)
    if is_stopped:
        upload.refresh_from_db()
        is_stopped = upload.stage in WORKING and not is_worked_on(upload)
    progress = cache.get(progress_key(upload))
    percent = None
    if progress:
        done, of = progress
        percent = 100 * done // of if of else 100
    step = upload.history.latest("history_date", "history_id")
    is_worked_on_now = upload.stage in WORKING and not is_stopped
    return State(
        upload,
        percent,
        since=step.history_date,
        is_stopped=is_stopped,
        is_worked_on=is_worked_on_now,
        is_under_way=is_worked_on_now or upload.stage in QUEUED,
        is_ended=upload.stage in ENDED,
        is_rechecked=step.history_change_reason == CHANGED_SINCE,
        is_expired=step.history_change_reason == EXPIRED,
    )

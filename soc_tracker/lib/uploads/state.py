"""How an upload stands at this moment, with what only the worker's files and the cache know of it."""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache

from soc_tracker.lib.uploads.files import is_worked_on
from soc_tracker.lib.uploads.models import UploadRecord
from soc_tracker.lib.uploads.service import CHANGED_SINCE, EXPIRED
from soc_tracker.lib.uploads.stages import ENDED, QUEUED, WORKING


@dataclass(frozen=True)
class State:
    """How an upload stands at this moment.

    ``is_stopped``: its worker died. ``percent`` of the file has been read, None where nobody has told.
    ``since`` is when the present stage began, for the reason ``why``.
    """

    upload: UploadRecord
    is_stopped: bool
    percent: int | None
    since: datetime
    why: str

    @property
    def is_worked_on(self) -> bool:
        return self.upload.stage in WORKING and not self.is_stopped

    @property
    def is_under_way(self) -> bool:
        return self.upload.stage in QUEUED or self.is_worked_on

    @property
    def is_ended(self) -> bool:
        return self.upload.stage in ENDED

    @property
    def is_rechecked(self) -> bool:
        """Whether it was checked anew because the record had changed."""
        return self.why == CHANGED_SINCE

    @property
    def is_expired(self) -> bool:
        """Whether nobody decided on it in time."""
        return self.why == EXPIRED

    def minutes_waited(self, at: datetime) -> int:
        """How long nobody has begun what is to be done next; 0 where somebody has."""
        return int((at - self.since).total_seconds() // 60) if self.upload.stage in QUEUED else 0


def progress_key(upload: UploadRecord) -> str:
    """Where in the cache the worker says how far it is: before a loading ends, the database shows nothing of it."""
    return f"upload-progress-{upload.token}-{upload.stage}"


def state_of(upload: UploadRecord) -> State:
    is_stopped = _is_stopped(upload)
    step = upload.history.latest("history_date", "history_id")
    return State(
        upload=upload,
        is_stopped=is_stopped,
        percent=_percent(upload),
        since=step.history_date,
        why=step.history_change_reason,
    )


def _is_stopped(upload: UploadRecord) -> bool:
    """Whether the worker died. A worker holds the file from before it begins until after it has told how it ended, so
    that a stage read anew after the file was found free is the last word.
    """
    if upload.stage not in WORKING or is_worked_on(upload):
        return False
    upload.refresh_from_db()
    return upload.stage in WORKING and not is_worked_on(upload)


def _percent(upload: UploadRecord) -> int | None:
    told = cache.get(progress_key(upload))
    if told is None:
        return None
    done, of = told
    return 100 * done // of if of else 100

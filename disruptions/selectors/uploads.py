"""Files on their way in, with what only the worker's files and the cache know of them."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.cache import cache

from disruptions.choices import ENDED, UploadStage
from disruptions.models import Upload
from disruptions.services.upload_files import is_worked_on
from disruptions.services.uploads import CHANGED_SINCE

WAITING = (UploadStage.WAITING, UploadStage.ACCEPTED)
WORKING = (UploadStage.CHECKING, UploadStage.LOADING)
MOST_LISTED = 10


@dataclass(frozen=True)
class State:
    """How an upload stands at this moment.

    ``is_stopped``: its worker died. ``percent`` of the file has been read, None where nobody has told.
    ``since`` is when the present stage began; ``is_rechecked``, whether because the record had changed.
    """

    upload: Upload
    is_stopped: bool
    percent: int | None
    since: datetime
    is_rechecked: bool

    @property
    def is_worked_on(self) -> bool:
        return self.upload.stage in WORKING and not self.is_stopped

    @property
    def is_under_way(self) -> bool:
        return self.upload.stage in WAITING or self.is_worked_on

    @property
    def is_ended(self) -> bool:
        return self.upload.stage in ENDED

    def minutes_waited(self, at: datetime) -> int:
        """How long nobody has begun what is to be done next; 0 where somebody has."""
        return int((at - self.since).total_seconds() // 60) if self.upload.stage in WAITING else 0


def progress_key(upload: Upload) -> str:
    """Where in the cache the worker says how far it is: before a loading ends, the database shows nothing of it."""
    return f"upload-progress-{upload.token}-{upload.stage}"


def state_of(upload: Upload) -> State:
    is_stopped = _is_stopped(upload)
    step = upload.history.latest("history_date", "history_id")
    return State(
        upload=upload,
        is_stopped=is_stopped,
        percent=_percent(upload),
        since=step.history_date,
        is_rechecked=step.history_change_reason == CHANGED_SINCE,
    )


def recent_uploads(user: AbstractBaseUser | AnonymousUser) -> list[Upload]:
    """The newest that still wait for somebody or something."""
    return list(Upload.objects.visible_to(user).under_way().select_related("uploaded_by")[:MOST_LISTED])


def _is_stopped(upload: Upload) -> bool:
    """Whether the worker died. A worker holds the file from before it begins until after it has told how it ended, so
    that a stage read anew after the file was found free is the last word.
    """
    if upload.stage not in WORKING or is_worked_on(upload):
        return False
    upload.refresh_from_db(from_queryset=Upload.objects.select_related("uploaded_by", "extract"))
    return upload.stage in WORKING and not is_worked_on(upload)


def _percent(upload: Upload) -> int | None:
    told = cache.get(progress_key(upload))
    if told is None:
        return None
    done, of = told
    return 100 * done // of if of else 100

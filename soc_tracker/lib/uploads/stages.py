"""How far an uploaded file has come, and where it may go from there."""

from django.db.models import TextChoices


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
    UploadStage.CHECKED: {UploadStage.ACCEPTED, UploadStage.GIVEN_UP},
    UploadStage.ACCEPTED: {UploadStage.LOADING, UploadStage.FAILED, UploadStage.GIVEN_UP},
    UploadStage.LOADING: {
        *(UploadStage.LOADED, UploadStage.CHECKED, UploadStage.FAILED, UploadStage.ACCEPTED, UploadStage.GIVEN_UP)
    },
}
BEGUN = {UploadStage.WAITING: UploadStage.CHECKING, UploadStage.ACCEPTED: UploadStage.LOADING}
"""The stage in which a worker works, by the stage in which it finds the upload."""
BEFORE = {working: waiting for waiting, working in BEGUN.items()}

"""Uploads in the words of their page."""

from typing import Any

from soc_tracker.lib.load_page import NOTHING_NEW, Choice, is_new, stray
from soc_tracker.lib.tables import Column
from soc_tracker.lib.uploads.models import UploadRecord
from soc_tracker.lib.uploads.service import may_become
from soc_tracker.lib.uploads.stages import UploadStage
from soc_tracker.lib.uploads.state import State
from soc_tracker.lib.wording import name_of

RECHECKED = (
    "Nothing was loaded: the record had changed since the check that was accepted, so that the file would have done "
    "something else. It has been checked again; decide again."
)
STAGE_TAGS = {
    UploadStage.WAITING: "grey",
    UploadStage.CHECKING: "blue",
    UploadStage.CHECKED: "yellow",
    UploadStage.ACCEPTED: "grey",
    UploadStage.LOADING: "blue",
    UploadStage.LOADED: "green",
    UploadStage.FAILED: "red",
    UploadStage.GIVEN_UP: "grey",
}
FILE = Column("file_name", "File", lambda upload: upload.file_name, link=lambda upload: upload.get_absolute_url())
STAGE = Column("stage", "Stage", lambda upload: upload.get_stage_display(), tag=lambda upload: STAGE_TAGS[upload.stage])
SENT_BY = Column("uploaded_by", "By", lambda upload: name_of(upload.uploaded_by))
SENT_AT = Column("uploaded_at", "Uploaded", lambda upload: upload.uploaded_at)


def stage_tag(state: State) -> tuple[str, str]:
    """The stage in words, and the colour of its tag."""
    if state.is_stopped:
        return "Stopped", "red"
    return state.upload.get_stage_display(), STAGE_TAGS[UploadStage(state.upload.stage)]


def summary(upload: UploadRecord) -> list[tuple[Any, ...]]:
    """Label and value of what is known of every file."""
    return [
        ("Form", upload.outcome.get("form", "not read yet")),
        ("Uploaded", upload.uploaded_at),
        ("By", name_of(upload.uploaded_by)),
    ]


def notes(state: State) -> list[str]:
    """What the reader should know before deciding."""
    upload, outcome = state.upload, state.upload.outcome
    found = [RECHECKED] if state.is_rechecked else []
    if upload.stage == UploadStage.CHECKED and not is_new(outcome):
        found.append(NOTHING_NEW)
    return found + stray(outcome)


def choices(state: State, *, may_load: bool) -> list[Choice]:
    """What the reader may decide now. ``may_load``: nothing but the check's own findings speaks against loading."""
    upload, found = state.upload, []
    if upload.stage == UploadStage.CHECKED and is_new(upload.outcome) and may_load:
        is_part = bool(upload.outcome["refused"])
        words, fields = ("Load the good rows", {"good_rows": 1}) if is_part else ("Load all rows", {})
        found.append(_choice(upload, words, "accept", fields))
    is_written = upload.stage == UploadStage.LOADING and state.is_worked_on
    if may_become(upload, UploadStage.GIVEN_UP) and not is_written:
        found.append(_choice(upload, "Give up and delete the file", "give_up", is_secondary=True))
    return found


def _choice(upload: UploadRecord, text: str, step: str, fields: dict[str, int] | None = None, **more: bool) -> Choice:
    """The version goes with every step, against two people at once."""
    return Choice(text, upload.step_url(step), {"version": upload.version, **(fields or {})}, **more)


def progress_words(state: State) -> str:
    """What is going on, in a sentence."""
    match state.upload.stage:
        case UploadStage.WAITING | UploadStage.ACCEPTED:
            return "Waiting for the worker, which takes one file after another."
        case UploadStage.CHECKING:
            doing = "comparing them with the record"
        case _:
            doing = "writing them to the record"
    if state.percent is None:
        return "Reading the file."
    return f"{state.percent} % of the file read." if state.percent < 100 else f"All rows read; now {doing}."

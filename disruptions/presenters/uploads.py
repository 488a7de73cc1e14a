"""Uploads in the words of their page."""

from datetime import date

from django.urls import reverse

from disruptions.choices import UploadStage
from disruptions.models import Upload
from disruptions.selectors.uploads import State
from disruptions.services.uploads import may_become
from soc_tracker.lib.load_page import NOTHING_NEW, Choice, is_new, stray
from soc_tracker.lib.tables import Column, in_page_words
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
UPLOADS = (
    Column("file_name", "File", lambda upload: upload.file_name, link=lambda upload: upload.get_absolute_url()),
    Column("contents", "Contents", lambda upload: upload.get_contents_display()),
    Column("stage", "Stage", lambda upload: upload.get_stage_display(), tag=lambda upload: STAGE_TAGS[upload.stage]),
    Column("uploaded_by", "By", lambda upload: name_of(upload.uploaded_by)),
    Column("uploaded_at", "Uploaded", lambda upload: upload.uploaded_at),
)


def stage_tag(state: State) -> tuple[str, str]:
    """The stage in words, and the colour of its tag."""
    if state.is_stopped:
        return "Stopped", "red"
    return state.upload.get_stage_display(), STAGE_TAGS[UploadStage(state.upload.stage)]


def upload_summary(upload: Upload) -> list[tuple]:
    """Label, value and, where there is one, address of everything that is known of the file."""
    outcome = upload.outcome
    rows: list[tuple] = [
        ("Contents", upload.get_contents_display()),
        ("As at", upload.as_at or "not given"),
        ("Form", outcome.get("form", "not read yet")),
        ("Uploaded", upload.uploaded_at),
        ("By", name_of(upload.uploaded_by)),
    ]
    if upload.extract:
        rows.append(("Extract", f"Number {upload.extract.pk}", upload.extract.get_absolute_url()))
    return rows


def notes(state: State) -> list[str]:
    """What the reader should know before deciding."""
    upload, outcome = state.upload, state.upload.outcome
    found = [RECHECKED] if state.is_rechecked else []
    if outcome["loaded_before"]:
        found.append(f"The same file was loaded on {_day(outcome['loaded_before'])}.")
    if upload.stage == UploadStage.CHECKED and not is_new(outcome):
        found.append(NOTHING_NEW)
    found += stray(outcome)
    if outcome["crime_types"]:
        found.append(f"Crime types that are new: {', '.join(outcome['crime_types'])}.")
    return found


def choices(state: State) -> list[Choice]:
    """What the reader may decide now."""
    upload, found = state.upload, []
    if upload.stage == UploadStage.CHECKED and is_new(upload.outcome):
        is_part = bool(upload.outcome["refused"])
        words, fields = ("Load the good rows", {"good_rows": 1}) if is_part else ("Load all rows", {})
        found.append(_choice(upload, words, "disruptions:upload_accept", fields))
    if may_become(upload, UploadStage.GIVEN_UP) and not state.is_worked_on:
        found.append(_choice(upload, "Give up and delete the file", "disruptions:upload_give_up", is_secondary=True))
    return found


def _choice(upload: Upload, text: str, step: str, fields: dict[str, int] | None = None, **more: bool) -> Choice:
    """The version goes with every step, against two people at once."""
    return Choice(text, reverse(step, args=[upload.token]), {"version": upload.version, **(fields or {})}, **more)


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


def _day(iso: str) -> str:
    return in_page_words(date.fromisoformat(iso))

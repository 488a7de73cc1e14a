"""Uploads in the words of their page."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from disruptions.choices import UploadStage
from disruptions.models import Upload
from disruptions.selectors.uploads import State
from disruptions.services.uploads import may_become
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
LINE = Column("line", "Row", lambda row: row["line"])
REFERENCE = Column("reference", "Reference", lambda row: row["reference"])
REFUSALS = (
    REFERENCE,
    LINE,
    Column("column", "Column", lambda row: row["column"]),
    Column("value", "What it says", lambda row: row["value"] or "nothing"),
    Column("expected", "What was expected", lambda row: row["expected"]),
)
CHANGES = (
    REFERENCE,
    LINE,
    Column("field", "Column", lambda row: row["field"]),
    Column("before", "On record", lambda row: row["before"] or "nothing"),
    Column("after", "In the file", lambda row: row["after"] or "nothing"),
)
ADDITIONS = (REFERENCE, LINE, Column("says", "What it says", lambda row: row["says"]))
NOT_IN_FILE = "On record, but not in the file"
NEVER_DELETES = "Nothing happens to these: a file never deletes."
MISSING = (Column("reference", "Reference", lambda row: row),)
UPLOADS = (
    Column("file_name", "File", lambda upload: upload.file_name, link=lambda upload: upload.get_absolute_url()),
    Column("contents", "Contents", lambda upload: upload.get_contents_display()),
    Column("stage", "Stage", lambda upload: upload.get_stage_display(), tag=lambda upload: STAGE_TAGS[upload.stage]),
    Column("uploaded_by", "By", lambda upload: name_of(upload.uploaded_by)),
    Column("uploaded_at", "Uploaded", lambda upload: upload.uploaded_at),
)


@dataclass(frozen=True)
class Part:
    """One part of what a check found: ``shown`` rows of the file, of ``total``, in a table that may have more lines."""

    title: str
    columns: tuple[Column, ...]
    rows: list[Any]
    shown: int
    total: int
    note: str = ""
    is_folded: bool = False

    @property
    def cut(self) -> str:
        return f"The first {self.shown:,} of {self.total:,}." if self.shown < self.total else ""


@dataclass(frozen=True)
class Choice:
    """A button: the name of the address that takes the step, and whether it takes the good rows alone."""

    text: str
    step: str
    good_rows: bool = False
    is_secondary: bool = False


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


def counts(upload: Upload) -> list[tuple[str, int]]:
    """How many rows of each sort the check found; once loaded, what became of them."""
    is_loaded = upload.stage == UploadStage.LOADED
    words = {
        "added": "Added" if is_loaded else "To add",
        "changed": "Changed" if is_loaded else "To change",
        "unchanged": "On record already, unchanged",
        "refused": "Refused",
        "missing": NOT_IN_FILE,
    }
    return [(label, upload.outcome[key]) for key, label in words.items()]


def notes(state: State) -> list[str]:
    """What the reader should know before deciding."""
    upload, outcome = state.upload, state.upload.outcome
    found = [RECHECKED] if state.is_rechecked else []
    if outcome["loaded_before"]:
        found.append(f"The same file was loaded on {_day(outcome['loaded_before'])}.")
    if upload.stage == UploadStage.CHECKED and not outcome["added"] + outcome["changed"]:
        found.append("It holds nothing that would add to the record or change it.")
    if outcome["stray"]:
        found.append(f"Columns that are not known and will not be read: {', '.join(outcome['stray'])}.")
    if outcome["crime_types"]:
        found.append(f"Crime types that are new: {', '.join(outcome['crime_types'])}.")
    return found


def parts(upload: Upload) -> list[Part]:
    """The rows that were refused, that change, that are new, that are not in the file: each part that has any."""
    outcome = upload.outcome
    refusals, changes, additions = outcome["refusals"], outcome["changes"], outcome["additions"]
    missing = outcome["missing_references"]
    found = [
        Part("Refused rows", REFUSALS, refusals, len({fault["line"] for fault in refusals}), outcome["refused"]),
        Part("Rows that change", CHANGES, _differences(changes), len(changes), outcome["changed"]),
        Part("New rows", ADDITIONS, _additions(additions), len(additions), outcome["added"], is_folded=True),
        Part(NOT_IN_FILE, MISSING, missing, len(missing), outcome["missing"], NEVER_DELETES, is_folded=True),
    ]
    return [part for part in found if part.total]


def choices(state: State) -> list[Choice]:
    """What the reader may decide now."""
    upload, found = state.upload, []
    if upload.stage == UploadStage.CHECKED and upload.outcome["added"] + upload.outcome["changed"]:
        good = Choice("Load the good rows", "disruptions:upload_accept", good_rows=True)
        found.append(good if upload.outcome["refused"] else Choice("Load all rows", "disruptions:upload_accept"))
    if may_become(upload, UploadStage.GIVEN_UP) and not state.is_worked_on:
        found.append(Choice("Give up and delete the file", "disruptions:upload_give_up", is_secondary=True))
    return found


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


def _differences(changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"line": row["line"], "reference": row["reference"], "field": field, "before": before, "after": after}
        for row in changes
        for field, before, after in row["differences"]
    ]


def _additions(additions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {**row, "says": "; ".join(f"{field}: {value}" for field, _, value in row["differences"])} for row in additions
    ]


def _day(iso: str) -> str:
    return in_page_words(date.fromisoformat(iso))

"""Uploaded extracts in the words of their page."""

from datetime import date
from typing import Any

from disruptions.models import Upload
from soc_tracker.lib.tables import Column, in_page_words
from soc_tracker.lib.uploads import presenter

UPLOADS = (
    presenter.FILE,
    Column("contents", "Contents", lambda upload: upload.get_contents_display()),
    presenter.STAGE,
    presenter.SENT_BY,
    presenter.SENT_AT,
)


def summary(upload: Upload) -> list[tuple[Any, ...]]:
    """Label, value and, where there is one, address of everything that is known of the file."""
    rows = [("Contents", upload.get_contents_display()), ("As at", upload.as_at or "not given")]
    rows += presenter.summary(upload)
    if upload.extract:
        rows.append(("Extract", f"Number {upload.extract.pk}", upload.extract.get_absolute_url()))
    return rows


def notes(upload: Upload) -> list[str]:
    """What the reader should know of an extract before deciding."""
    found, outcome = [], upload.outcome
    if outcome.get("loaded_before"):
        day = in_page_words(date.fromisoformat(outcome["loaded_before"]))
        found.append(f"The same file was loaded on {day}.")
    if outcome.get("crime_types"):
        found.append(f"Crime types that are new: {', '.join(outcome['crime_types'])}.")
    return found

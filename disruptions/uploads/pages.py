"""Uploaded extracts in the words of their page."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate

from disruptions.extracts.forms import UploadForm
from disruptions.extracts.models import Upload
from disruptions.tasks import WORK
from soc_tracker.core.imports.uploads import pages as uploads_pages
from soc_tracker.core.lists.columns import Column, in_page_words

UPLOADS = (
    uploads_pages.FILE,
    Column("contents", "Contents", lambda upload: upload.get_contents_display()),
    uploads_pages.STAGE,
    uploads_pages.SENT_BY,
    uploads_pages.SENT_AT,
)


def summary(upload: Upload) -> list[tuple[Any, ...]]:
    """Label, value and, where there is one, address of everything that is known of the file."""
    rows: list[tuple[Any, ...]] = [("Contents", upload.get_contents_display()), ("As at", upload.as_at or "not given")]
    rows += uploads_pages.summary(upload)
    if upload.extract:
        rows.append(("Extract", f"Number {upload.extract.pk}", upload.extract.get_absolute_url()))
    return rows


def notes(upload: Upload) -> list[str]:
    """What the reader should know of an extract before deciding."""
    lines, outcome = [], upload.outcome
    if outcome.get("loaded_before"):
        day = in_page_words(date.fromisoformat(outcome["loaded_before"]))
        lines.append(f"The same file was loaded on {day}.")
    if outcome.get("crime_types"):
        lines.append(f"Crime types that are new: {', '.join(outcome['crime_types'])}.")
    return lines


# Extracts on their way into the record: chosen, checked, looked at, accepted or given up.


SECTION = (("Extracts", "disruptions:extract_list"),)
MAY_LOAD = "disruptions.load_extract"
READ = "disruptions.read_record"  # the files of others do not exist


class UploadNew(uploads_pages.UploadNew):
    work, parents, permission = WORK, SECTION, MAY_LOAD
    form_class = UploadForm
    template_name = "disruptions/upload_form.html"
    columns = UPLOADS

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"today": localdate()}


class UploadPage(uploads_pages.UploadPage):
    work, parents, permission = WORK, SECTION, READ

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("extract")

    def facts(self) -> dict[str, Any]:
        upload = self.object
        return super().facts() | {
            "caption": f"Upload of {upload.get_contents_display().lower()}",
            "summary": summary(upload),
            "notes": notes(upload),
            "ended": ("See the extract", upload.extract.get_absolute_url()) if upload.extract else (),
        }


class UploadErrors(uploads_pages.UploadErrors):
    work, parents, permission = WORK, SECTION, READ


class UploadStep(uploads_pages.UploadStep):
    work, parents, permission = WORK, SECTION, MAY_LOAD

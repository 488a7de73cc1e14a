"""The forms of a report on its way in: the file, and the draft inspection that is begun of it."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from forces.models import Organisation, Region
from inspections.choices import TakenIn
from inspections.entering.forms import InspectionForm
from inspections.programmes.models import Programme
from soc_tracker.core.imports.uploads.forms import file_field
from soc_tracker.core.records.forms import VersionField
from soc_tracker.core.text.days import Precision

Values = dict[str, Any]
MOST_BYTES, MOST_IN_WORDS = 50 * 1024**2, "50 MB"
KINDS, SUFFIXES = "PDF, web page (HTML), Word (DOCX) or text", ".pdf,.html,.htm,.docx,.txt"
WHOLE = "The report as a whole"


class ReportFileForm(forms.Form):
    """A report to be read."""

    file = file_field(MOST_IN_WORDS, KINDS, SUFFIXES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = f"{KINDS}, up to {MOST_IN_WORDS}."

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                f"The file is larger than {MOST_IN_WORDS}, which no report is. Save it without pictures, or as text."
            )
        return file


class DraftForm(InspectionForm):
    """The inspection that a report is of. ``said`` is what the reader made of the report as a whole."""

    expected_version = VersionField()

    @staticmethod
    def initial_of(said: Values) -> Values:
        day, fieldwork = said.get("published_on"), said.get("fieldwork_from")
        return {
            "programme": Programme.objects.filter(slug=said.get("programme") or "").first(),
            "region": Region.objects.filter(slug=said.get("region") or "").first(),
            "organisation": Organisation.objects.filter(slug=said.get("organisation") or "").first(),
            "published_on": day,
            "published_precision": said.get("published_precision") or Precision.DAY,
            "fieldwork_on": fieldwork,
            "fieldwork_precision": said.get("fieldwork_precision") or Precision.MONTH,
            "document_title": said.get("title", "")[:200],
            "locator": WHOLE,
            "taken_in": TakenIn.PART,
        }

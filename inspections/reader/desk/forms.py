"""The forms of a report on its way in: the file, and the draft inspection that is begun of it, or which it adds to."""

from typing import Any

from django import forms

from forces.models import Organisation, Region
from inspections.choices import TakenIn
from inspections.entering.forms import InspectionForm
from inspections.programmes.models import Programme
from inspections.reader.desk.models import ReportFile
from inspections.sources.models import SourceDocument
from soc_tracker.core.imports.uploads.forms import SheetField
from soc_tracker.core.records.forms import ServiceForm, VersionField
from soc_tracker.core.text.days import Precision
from soc_tracker.core.text.runs import words_of

Values = dict[str, Any]
MOST_BYTES, MOST_IN_WORDS = 50 * 1024**2, "50 MB"
KINDS, SUFFIXES = "PDF, web page (HTML), Word (DOCX) or text", ".pdf,.html,.htm,.docx,.txt"
WHOLE = "The report as a whole"


class ReportFileForm(forms.Form):
    """A report to be read."""

    file = SheetField(MOST_BYTES, MOST_IN_WORDS, what=KINDS, suffixes=SUFFIXES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        file = self.fields["file"]
        file.help_text = f"{KINDS}, up to {MOST_IN_WORDS}."
        larger = "The file is larger than %(most)s, which no report is. Save it without pictures, or as text."
        file.error_messages["larger"] = larger


class DraftForm(InspectionForm):
    """The inspection that a report is of."""

    expected_version = VersionField()

    @staticmethod
    def initial_of(values: Values) -> Values:
        """From what the reader made of the report as a whole. The document on record whose title has the same words is
        chosen, and its day of publication.
        """
        title, fieldwork = values.get("title", "")[:200], values.get("fieldwork_from")
        documents = SourceDocument.objects.published().order_by("pk")
        source = next((each for each in documents if words_of(each.title) == words_of(title)), None)
        day, precision = values.get("published_on"), values.get("published_precision") or Precision.DAY
        if source and source.published_on:
            day, precision = source.published_on, source.published_precision
        return {
            "programme": Programme.objects.filter(slug=values.get("programme") or "").first(),
            "region": Region.objects.filter(slug=values.get("region") or "").first(),
            "organisation": Organisation.objects.filter(slug=values.get("organisation") or "").first(),
            "published_on": day,
            "published_precision": precision,
            "fieldwork_on": fieldwork,
            "fieldwork_precision": values.get("fieldwork_precision") or Precision.MONTH,
            "source": source,
            "document_title": "" if source else title,
            "locator": WHOLE,
            "taken_in": TakenIn.PART,
        }


class EditionForm(ServiceForm, forms.Form):
    """Which of the reports that were reviewed before this one is a later edition of."""

    earlier = forms.ModelChoiceField(ReportFile.objects.none(), label="It is a later edition of", empty_label="Choose")
    expected_version = VersionField()

    def __init__(self, *args: Any, reports: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["earlier"]
        field.queryset = reports
        field.label_from_instance = lambda report: f"{report.inspection} ({report.file_name})"

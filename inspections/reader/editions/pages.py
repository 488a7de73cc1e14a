"""The page on which a report is said to be a later edition of another."""

from typing import Any

from django.http import Http404

from inspections.programmes.models import Inspection
from inspections.reader.desk.forms import EditionForm
from inspections.reader.desk.pages import OfReport
from inspections.reader.editions.queries import reports_to_follow
from inspections.reader.editions.services import begin_edition
from soc_tracker.core.imports.uploads.models import UploadStage
from soc_tracker.core.records.pages import FormPage


class EditionNew(OfReport, FormPage):
    """The report is reviewed as a later edition of another: only what differs waits for a decision."""

    template_name = "inspections/reader/edition_form.html"
    shows = ("report",)
    saved = "Compared with the earlier edition of {}. What differs waits below."
    leads_to = "inspections:report_review"

    def form(self, data: Any = None) -> EditionForm:
        if self.report.stage != UploadStage.CHECKED:
            raise Http404("This report is not waiting for its draft.")
        initial = {"expected_version": self.report.version}
        return EditionForm(data, initial=initial, reports=reports_to_follow(self.request.user))

    def write(self, form: EditionForm) -> Inspection:
        earlier, version = form.cleaned_data["earlier"], form.cleaned_data["expected_version"]
        return begin_edition(self.report, earlier, by=self.request.user, expected_version=version)

"""A file of plans on its way into the record: chosen, checked, looked at, accepted or given up."""

from typing import Any

from django.urls import reverse

from plans4p.forms.imports import ImportForm
from plans4p.importers.form import HEADINGS
from plans4p.importers.reading import MOST_ROWS
from plans4p.presenters import imports as present
from plans4p.services.files import MOST_AT_ONCE, is_too_much
from plans4p.tasks import WORK
from plans4p.views.editing import WRITE_PLAN
from soc_tracker.lib.uploads import pages, presenter
from soc_tracker.lib.uploads.stages import UploadStage
from soc_tracker.lib.uploads.state import State

SECTION = ("4P plans", "plans4p:plan_list")
READ = "plans4p.read_plan"  # the files of others do not exist


class ImportNew(pages.UploadNew):
    work, section, permission = WORK, SECTION, WRITE_PLAN
    form_class = ImportForm
    template_name = "plans4p/import_form.html"
    columns = present.UPLOADS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "columns": present.COLUMNS,
            "headings": list(HEADINGS.values()),
            "most_read": MOST_ROWS,
            "most_written": MOST_AT_ONCE,
        }


class ImportPage(pages.UploadPage):
    work, section, permission = WORK, SECTION, READ

    def facts(self, state: State) -> dict[str, Any]:
        file = self.object
        is_loaded = file.stage == UploadStage.LOADED
        return {
            "caption": "Plans from a spreadsheet",
            "summary": presenter.summary(file),
            "notes": present.notes(file),
            "may_load": not is_too_much(file),
            "ended": ("See the plans", reverse("plans4p:plan_list")) if is_loaded else (),
        }


class ImportErrors(pages.UploadErrors):
    work, section, permission = WORK, SECTION, READ


class ImportStep(pages.UploadStep):
    work, section, permission = WORK, SECTION, WRITE_PLAN

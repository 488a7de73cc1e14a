"""Files of plans in the words of their pages."""

from typing import Any

from django import forms
from django.urls import reverse

from disruptions.extracts.forms import kind_field
from plans4p.editing.pages import WRITE_PLAN
from plans4p.files.imports.sheet import HEADINGS
from plans4p.files.services import MOST_AT_ONCE, TOO_MANY, is_too_much
from plans4p.files.tasks import WORK
from soc_tracker.core.imports.reader import MOST_ROWS
from soc_tracker.core.imports.uploads import pages as uploads_pages
from soc_tracker.core.imports.uploads.forms import SheetField
from soc_tracker.core.imports.uploads.models import UploadStage
from soc_tracker.core.lists.columns import Column


class ImportForm(forms.Form):
    file = SheetField(20 * 1024**2, "20 MB")
    kind_of_data = kind_field()


COLUMNS = (
    Column("heading", "Column", lambda names: names[0]),
    Column("others", "Also understood", lambda names: ", ".join(names[1:])),
)
UPLOADS = (uploads_pages.FILE, uploads_pages.STAGE, uploads_pages.SENT_AT)


# A file of plans on its way into the record: chosen, checked, looked at, accepted or given up.


SECTION = (("4P plans", "plans4p:plan_list"),)
READ = "plans4p.read_plan"  # the files of others do not exist


class ImportNew(uploads_pages.UploadNew):
    work, parents, permission = WORK, SECTION, WRITE_PLAN
    form_class = ImportForm
    template_name = "plans4p/import_form.html"
    columns = UPLOADS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "columns": COLUMNS,
            "headings": list(HEADINGS.values()),
            "most_read": MOST_ROWS,
            "most_written": MOST_AT_ONCE,
        }


class ImportPage(uploads_pages.UploadPage):
    work, parents, permission = WORK, SECTION, READ

    def facts(self) -> dict[str, Any]:
        file = self.object
        is_loaded = file.stage == UploadStage.LOADED
        return super().facts() | {
            "caption": "Plans from a spreadsheet",
            "notes": [TOO_MANY] if is_too_much(file) else [],
            "may_load": not is_too_much(file),
            "ended": ("See the plans", reverse("plans4p:plan_list")) if is_loaded else (),
        }


class ImportErrors(uploads_pages.UploadErrors):
    work, parents, permission = WORK, SECTION, READ


class ImportStep(uploads_pages.UploadStep):
    work, parents, permission = WORK, SECTION, WRITE_PLAN

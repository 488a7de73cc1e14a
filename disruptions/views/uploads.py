"""Extracts on their way into the record: chosen, checked, looked at, accepted or given up."""

from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate

from disruptions.forms import UploadForm
from disruptions.presenters import uploads as present
from disruptions.tasks import WORK
from soc_tracker.lib.uploads import pages
from soc_tracker.lib.uploads.state import State

SECTION = ("Extracts", "disruptions:extract_list")
MAY_LOAD = "disruptions.load_extract"
READ = "disruptions.read_record"  # the files of others do not exist


class UploadNew(pages.UploadNew):
    work, section, permission = WORK, SECTION, MAY_LOAD
    form_class = UploadForm
    template_name = "disruptions/upload_form.html"
    columns = present.UPLOADS

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"today": localdate()}


class UploadPage(pages.UploadPage):
    work, section, permission = WORK, SECTION, READ

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("extract")

    def facts(self, state: State) -> dict[str, Any]:
        upload = self.object
        return {
            "caption": f"Upload of {upload.get_contents_display().lower()}",
            "summary": present.summary(upload),
            "notes": present.notes(upload),
            "ended": ("See the extract", upload.extract.get_absolute_url()) if upload.extract else (),
        }


class UploadErrors(pages.UploadErrors):
    work, section, permission = WORK, SECTION, READ


class UploadStep(pages.UploadStep):
    work, section, permission = WORK, SECTION, MAY_LOAD

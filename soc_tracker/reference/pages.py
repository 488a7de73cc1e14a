"""Files of facts in a browser: chosen, checked, looked at, accepted or given up; and templates to fill in."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views import View

from soc_tracker.core.imports.outcome import LINE, REFERENCE, Section
from soc_tracker.core.imports.uploads import pages as uploads_pages
from soc_tracker.core.imports.uploads.forms import SheetField
from soc_tracker.core.imports.uploads.models import UploadStage
from soc_tracker.core.imports.uploads.templates import csv_template, workbook_template
from soc_tracker.core.lists.columns import Column
from soc_tracker.reference.kinds import BY_NAME, KINDS, Kind
from soc_tracker.reference.rows import CLEAR
from soc_tracker.reference.sheets import MOST_ROWS
from soc_tracker.reference.tasks import WORK

LOAD = "reference.load_facts"
MOST_BYTES = 20 * 1024**2
SECTION = (("Inspections", "inspections:inspection_list"),)
UPLOADS = (uploads_pages.FILE, uploads_pages.STAGE, uploads_pages.SENT_AT)
KEPT = (
    REFERENCE,
    LINE,
    Column("field", "Column", lambda row: row["field"]),
    Column("before", "On record, and stays", lambda row: row["before"] or "nothing"),
    Column("after", "In the file", lambda row: row["after"] or "nothing"),
    Column("who", "Because", lambda row: row["who"]),
)
KIND_COLUMNS = (
    Column("kind", "Sheet", lambda kind: kind.name, lambda kind: reverse("reference:template", args=[kind.name])),
    Column("headings", "Columns", lambda kind: ", ".join(template_headings(kind))),
)


def template_headings(kind: Kind) -> list[str]:
    """What the columns of a kind are headed, in the order of its fields: a body and a region share one."""
    names = [name for name in kind.columns if not (kind.is_about_one and name in ("organisation", "region"))]
    about = ["Region or organisation"] if kind.is_about_one else []
    beside = sorted(kind.others.keys() - kind.columns.keys())
    return [*about, *(kind.heading(name) for name in [*names, *beside])]


class FactFileForm(forms.Form):
    file = SheetField(MOST_BYTES, "20 MB")
    overrules = forms.TypedChoiceField(
        label="Where another file says something else",
        help_text="What people have edited on this site stays in any case, and is listed.",
        choices=[(False, "the file whose name comes last stands"), (True, "take what this file says")],
        coerce=lambda value: value == "True",
        empty_value="",
        initial=False,
        widget=forms.RadioSelect,
    )


class FactFileNew(uploads_pages.UploadNew):
    work, parents, permission = WORK, SECTION, LOAD
    form_class = FactFileForm
    template_name = "reference/file_form.html"
    columns = UPLOADS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {"kind_columns": KIND_COLUMNS, "kinds": KINDS, "most_read": MOST_ROWS, "clear": CLEAR}
        return super().get_context_data(**kwargs) | more


class FactFilePage(uploads_pages.UploadPage):
    work, parents, permission = WORK, SECTION, LOAD

    def facts(self) -> dict[str, Any]:
        file, outcome = self.object, self.object.outcome
        is_loaded = file.stage == UploadStage.LOADED
        kept, total = outcome.get("kept", []), outcome.get("left_alone", 0)
        listed = len({(row["reference"], row["line"]) for row in kept})
        stays = Section("Rows of which something stays as it is on record", KEPT, kept, listed, total)
        return {
            "caption": "Facts from a spreadsheet",
            "summary": uploads_pages.summary(file),
            "notes": [],
            "may_load": True,
            "more_sections": [stays] if total else [],
            "ended": ("See the inspections", reverse("inspections:inspection_list")) if is_loaded else (),
        }


class FactFileErrors(uploads_pages.UploadErrors):
    work, parents, permission = WORK, SECTION, LOAD


class FactFileStep(uploads_pages.UploadStep):
    work, parents, permission = WORK, SECTION, LOAD


class Template(View):
    """An empty CSV file with the headings of a kind; without a kind a workbook with a sheet for each."""

    permission = LOAD

    def get(self, request: HttpRequest, kind: str = "") -> HttpResponseBase:
        if not kind:
            return workbook_template("facts", {each.name: template_headings(each) for each in KINDS})
        if kind not in BY_NAME:
            raise Http404("There is no such kind of facts.")
        return csv_template(kind, template_headings(BY_NAME[kind]))

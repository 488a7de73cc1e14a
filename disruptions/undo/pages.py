"""The pages on which an extract is undone: what it means, and why it is done."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect

from disruptions.extracts.models import Extract
from disruptions.extracts.pages import MAY_LOAD, SECTION
from disruptions.undo.services import undo
from soc_tracker.core.records.forms import ServiceForm, VersionField
from soc_tracker.core.records.pages import FormPage
from soc_tracker.core.text.clean import TextField


class ReasonForm(ServiceForm, forms.Form):
    """Why it is done."""

    expected_version = VersionField()
    reason = TextField(
        label="Reason",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="It is kept with every row that changes.",
        error_messages={"required": "Say why: the reason is kept with the change."},
    )


class ExtractAct(FormPage):
    """One act upon an extract as a whole, with its reason. ``extracts`` are those upon which it can be done."""

    permission = MAY_LOAD
    parents = SECTION
    template_name = "disruptions/extract_act.html"
    title: str
    button: str
    outcome: str

    @property
    def extracts(self) -> QuerySet[Extract]:
        return Extract.objects.visible_to(self.request.user).in_force()

    @property
    def extract(self) -> Extract:
        extract: Extract = get_object_or_404(self.extracts, pk=self.kwargs["pk"])
        return extract

    def form(self, data: Any = None) -> ReasonForm:
        self.shown = self.extract
        return ReasonForm(data, initial={"expected_version": self.shown.version})

    def context(self) -> dict[str, Any]:
        return {"extract": self.shown, "title": self.title, "button": self.button, "lines": self.lines()}

    def lines(self) -> list[str]:
        """What it will do, in sentences."""
        raise NotImplementedError

    def done(self, extract: Extract) -> HttpResponseBase:
        messages.success(self.request, self.outcome)
        return redirect(extract)

    def act(self, form: ReasonForm) -> dict[str, Any]:
        return {"by": self.request.user, **form.cleaned_data}


class UndoPage(ExtractAct):
    title = "Undo this extract"
    button = "Undo the extract"
    outcome = "The extract is undone. The record is as if it had not been loaded."

    def write(self, form: ReasonForm) -> Extract:
        return undo(self.shown, **self.act(form))

    def lines(self) -> list[str]:
        extract = self.shown
        counts = {
            ("added is removed from the record", "added are removed from the record"): extract.rows_added,
            ("changed goes back to what it was", "changed go back to what they were"): extract.rows_changed,
            ("withdrawn for it is put back", "withdrawn for it are put back"): extract.rows_withdrawn,
        }
        rows = [
            f"1 row that was {one}." if count == 1 else f"{count:,} rows that were {many}."
            for (one, many), count in counts.items()
            if count
        ]
        return [
            *rows,
            "Crime types and threats that came with it go, where nothing else names them.",
            "No figure as at any day counts it any more. The histories keep what it said, and that it was undone.",
        ]

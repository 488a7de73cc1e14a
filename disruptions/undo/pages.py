"""The pages of acts upon an extract as a whole, each with its reason: undone; what it lacks withdrawn, or put back."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.shortcuts import get_object_or_404

from disruptions.extracts.models import Extract
from disruptions.extracts.pages import MAY_LOAD, SECTION
from disruptions.undo.services import undo
from disruptions.withdrawals.queries import count_to_withdraw
from disruptions.withdrawals.services import put_back, withdraw_missing
from soc_tracker.core.records.forms import ServiceForm, VersionField
from soc_tracker.core.records.pages import FormPage
from soc_tracker.core.reports.report import several
from soc_tracker.core.text.days import in_words
from soc_tracker.core.text.normal import TextField


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
    """One act upon an extract as a whole that was not undone, with its reason. ``lines`` says what ``service`` will do,
    in sentences.
    """

    permission = MAY_LOAD
    parents = SECTION
    template_name = "disruptions/extract_act.html"
    shows = ("extract", "title", "button", "lines")
    title: str
    button: str
    service: ClassVar[Callable[..., Extract]]

    def form(self, data: Any = None) -> ReasonForm:
        extracts = Extract.objects.visible_to(self.request.user).in_force()
        self.extract: Extract = get_object_or_404(extracts, pk=self.kwargs["pk"])
        return ReasonForm(data, initial={"expected_version": self.extract.version})

    def write(self, form: ReasonForm) -> Extract:
        return type(self).service(self.extract, by=self.request.user, **form.cleaned_data)


class UndoPage(ExtractAct):
    title = "Undo this extract"
    button = "Undo the extract"
    saved = "The extract is undone. The record is as if it had not been loaded."
    service = undo

    @property
    def lines(self) -> list[str]:
        extract = self.extract
        counts = {
            ("added is removed from the record", "added are removed from the record"): extract.rows_added,
            ("changed goes back to what it was", "changed go back to what they were"): extract.rows_changed,
            ("withdrawn for it is put back", "withdrawn for it are put back"): extract.rows_withdrawn,
        }
        rows = [
            f"{several(count, f'row that was {one}', f'rows that were {many}')}."
            for (one, many), count in counts.items()
            if count
        ]
        return [
            *rows,
            "Crime types and threats that came with it go, where nothing else names them.",
            "No figure as at any day counts it any more. The histories keep what it said, and that it was undone.",
        ]


class WithdrawMissingPage(ExtractAct):
    title = "Withdraw what is missing from this extract"
    button = "Withdraw them all"
    saved = "What is missing from the extract is withdrawn."
    service = withdraw_missing

    @property
    def lines(self) -> list[str]:
        count, day = count_to_withdraw(self.extract), in_words(self.extract.as_at)
        lines = [
            f"{several(count, 'disruption is', 'disruptions are')} on record, but not in the file.",
            "The file was said to hold all records of its bodies and days.",
            f"No figure from {day} on counts them any more. Figures as at earlier days stay as they are.",
            "They can be put back together, from the page of the extract. Their histories keep the reason.",
        ]
        if stay := self.extract.rows_missing - count:
            lines.append(f"{several(stay, 'other stays', 'others stay')}: known or changed on {day} or later.")
        return lines


class PutBackPage(ExtractAct):
    title = "Put back what was withdrawn"
    button = "Put them all back"
    saved = "What was withdrawn for the extract is on the record again."
    service = put_back

    @property
    def lines(self) -> list[str]:
        count = several(self.extract.rows_withdrawn, "disruption was", "disruptions were")
        return [
            f"{count} withdrawn from {in_words(self.extract.as_at)} on, for being missing from the file.",
            "Every figure counts them again, as if they had not been withdrawn. Their histories keep that they were.",
        ]

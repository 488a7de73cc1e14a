"""Forms of the pages."""

from typing import Any

from django import forms

from inspections.recommendations.models import Recommendation
from inspections.recommendations.services import steps_from
from inspections.sources.models import SourceDocument
from soc_tracker.core.records.forms import ServiceForm, VersionField
from soc_tracker.core.text.clean import TextField
from soc_tracker.core.text.days import DayField


class LogForm(ServiceForm, forms.Form):
    """One line of a recommendation's log."""

    expected_version = VersionField()
    on = DayField(
        label="Date",
        help_text="When it happened, such as 31/1/2023.",
        required=False,
    )
    no_day = forms.BooleanField(label="The day is not known", required=False)
    status = forms.ChoiceField(  # type: ignore[assignment]  # a form keeps its fields apart from its attributes
        label="Where it stands since then",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where it stands since then."},
    )
    note = TextField(
        label="What happened",
        help_text="Say what shows it. It may stay empty where a document says it.",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    source = forms.ModelChoiceField(
        SourceDocument.objects.none(),
        label="Document",
        required=False,
        empty_label="None: recorded here",
        help_text="Where it was published.",
    )
    locator = forms.CharField(label="Place in the document", max_length=250, required=False)

    def __init__(self, recommendation: Recommendation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        status: Any = self.fields["status"]
        source: Any = self.fields["source"]
        source.queryset = SourceDocument.objects.published()
        status.choices = [(step.slug, step.label) for step in steps_from(recommendation.status)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "on" not in self.errors and bool(cleaned.get("on")) == cleaned.pop("no_day", False):
            both = "Give the date, or say that the day is not known: not both."
            self.add_error("on", both if cleaned.get("on") else "Give the date on which it happened.")
        return cleaned

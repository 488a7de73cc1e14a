"""Forms of the pages."""

from typing import Any

from django import forms

from inspections.recommendations.models import Recommendation
from inspections.recommendations.services import steps_from
from soc_tracker.core.records.forms import ServiceForm, VersionField
from soc_tracker.core.text.clean import TextField
from soc_tracker.core.text.days import DayField


class LogForm(ServiceForm, forms.Form):
    """One line of a recommendation's log."""

    expected_version = VersionField()
    on = DayField(
        label="Date",
        help_text="When it happened, such as 31/1/2023.",
        error_messages={"required": "Give the date on which it happened."},
    )
    status = forms.ChoiceField(  # type: ignore[assignment]  # a form keeps its fields apart from its attributes
        label="Where it stands since then",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where it stands since then."},
    )
    note = TextField(
        label="What happened",
        help_text="Say what shows it.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what happened."},
    )

    def __init__(self, recommendation: Recommendation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        status: Any = self.fields["status"]
        status.choices = [(step.slug, step.label) for step in steps_from(recommendation.status)]

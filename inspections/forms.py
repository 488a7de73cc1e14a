"""Forms of the pages."""

from django import forms

from inspections.choices import RecommendationStatus
from soc_tracker.lib.days import DayField
from soc_tracker.lib.record_forms import VersionField
from soc_tracker.lib.text_fields import TextField


class LogForm(forms.Form):
    """One line of a recommendation's log. ``version`` is that of the recommendation on the page that was read."""

    version = VersionField()
    on = DayField(
        label="Date",
        help_text="When it happened, such as 31/1/2023.",
        error_messages={"required": "Give the date on which it happened."},
    )
    status = forms.ChoiceField(
        label="Where it stands since then",
        choices=RecommendationStatus.choices,
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

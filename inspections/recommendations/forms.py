"""Forms of the pages."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AdminTextareaWidget
from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from inspections.choices import RecommendationStatus
from inspections.recommendations.models import Recommendation
from inspections.recommendations.services import log_recommendation
from soc_tracker.core.records.forms import HiddenErrors, RefusedError, VersionField, refused_by, tell
from soc_tracker.core.text.clean import TextField
from soc_tracker.core.text.days import DayField


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


# The page on which a line is added to a recommendation's log.


class AdminLogForm(HiddenErrors, forms.Form):
    on = DayField(label="Date", widget=AdminDateWidget, help_text="When it happened.")
    status = forms.ChoiceField(label="Status since then", choices=RecommendationStatus)
    note = forms.CharField(label="What happened", widget=AdminTextareaWidget, help_text="It is shown to readers.")
    expected_version = VersionField()

    def __init__(self, data: Any, recommendation: Recommendation) -> None:
        self.recommendation = recommendation
        start = {
            "on": timezone.localdate(),
            "status": recommendation.status,
            "expected_version": recommendation.version,
        }
        super().__init__(data, initial=start)

    def save(self, by: AbstractBaseUser) -> bool:
        """Write the line. False, with the reasons among the form's errors, when it is refused."""
        said = self.cleaned_data
        try:
            with refused_by(self):
                log_recommendation(self.recommendation, by=by, today=timezone.localdate(), **said)
        except RefusedError as refused:
            tell(self, refused.error)
            self.data = {**self.data.dict(), "expected_version": self.recommendation.version}
            return False
        return True

"""The page on which a line is added to a recommendation's log."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AdminTextareaWidget
from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from inspections.choices import RecommendationStatus
from inspections.models import Recommendation
from inspections.services import log_recommendation
from soc_tracker.lib.days import DayField
from soc_tracker.lib.record_forms import HiddenErrors, RefusedError, VersionField, refused_by, tell


class LogForm(HiddenErrors, forms.Form):
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

"""Forms of the page of a disruption."""

from typing import Any

from django import forms

from disruptions.record.models import Disruption
from disruptions.record.queries import THREATS
from disruptions.threats.models import Threat
from soc_tracker.core.lists.lookups import LookupField
from soc_tracker.core.records.forms import ServiceForm, VersionedForm, VersionField
from soc_tracker.core.text.clean import TextField
from soc_tracker.core.text.days import DayField


class ChangeForm(ServiceForm, forms.Form):
    """From when on, and why."""

    expected_version = VersionField()
    on = DayField(label="From which day", help_text="Figures as at days before it stay as they are.")
    reason = TextField(
        label="Reason",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why: the reason is kept with the change."},
    )


class CorrectionForm(VersionedForm, ChangeForm):
    """Other values for a disruption. The service checks them, with all that is on record besides."""

    threat = LookupField(Threat.objects.none(), THREATS, label="Threat")
    activity_date = DayField(label="Activity date", help_text="When it happened.")
    added_date = DayField(label="Added date", help_text="When it reached the national database.")

    class Meta:
        model = Disruption
        fields = (
            *("organisation", "involvement", "supported", "four_p", "size"),
            *("activity_date", "added_date", "threat", "crime_type", "summary"),
        )
        widgets = {"summary": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["threat"].rows = Threat.objects.visible_to(user).select_related("organisation")
        self.initial["threat"] = self.instance.threat

    def over(self, record: Any) -> "CorrectionForm":
        return CorrectionForm(instance=record, prefix=self.prefix, user=self.user)

    def _post_clean(self) -> None:
        """The stored row is not touched here."""

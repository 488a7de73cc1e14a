"""Forms of the page of a disruption."""

from typing import Any

from django import forms

from disruptions.columns.models import DISRUPTION_COLUMNS, Kind
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
    """Other values for a disruption. The service checks them, with all that is on record besides.

    Its fields are the columns of the record: see ``correction_form``.
    """

    threat = LookupField(Threat.objects.none(), THREATS, label="Threat")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        threat: Any = self.fields["threat"]
        threat.rows = Threat.objects.visible_to(user).select_related("organisation")
        self.initial["threat"] = self.instance.threat

    def over(self, record: Any) -> "CorrectionForm":
        return type(self)(instance=record, prefix=self.prefix, user=self.user)

    def _post_clean(self) -> None:
        """The stored row is not touched here."""


def correction_form() -> type[CorrectionForm]:
    """The form with a field for each column that may be corrected: all but the reference."""
    columns = [column for column in DISRUPTION_COLUMNS if column.kind is not Kind.REFERENCE]
    long = [column.name for column in columns if column.kind is Kind.TEXT and not column.longest]
    form: Any = forms.modelform_factory(
        Disruption,
        form=CorrectionForm,
        fields=[column.name for column in columns],
        labels={column.name: column.title for column in columns},
        field_classes={column.name: DayField for column in columns if column.kind is Kind.DAY},
        widgets={name: forms.Textarea(attrs={"rows": 4}) for name in long},
    )
    made: type[CorrectionForm] = form
    return made

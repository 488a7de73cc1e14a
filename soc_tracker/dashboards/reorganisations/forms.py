"""A reorganisation as an administrator types it: one row of a file, its bodies by any of their names."""

from typing import Any

from django import forms

from forces.choices import ReorganisationKind
from forces.imports import values_of
from forces.models import Region
from forces.queries import get_lineage
from soc_tracker.core.records.forms import ServiceForm, reason_field
from soc_tracker.core.text.clean import TextField
from soc_tracker.core.text.days import DayField

ONE_A_LINE = {"rows": 3}


class ReorganisationForm(ServiceForm, forms.Form):
    """Its ``values`` are a reorganisation's."""

    kind = forms.ChoiceField(
        choices=lambda: [(kind.value, f"{kind.label}: {kind.meaning}") for kind in ReorganisationKind]
    )
    on = DayField(label="First day of the new state of things")
    before = TextField(
        label="Bodies before", help_text="One a line, by any name.", widget=forms.Textarea(attrs=ONE_A_LINE)
    )
    after = TextField(
        label="Bodies after that exist already",
        help_text="One a line, by any name.",
        widget=forms.Textarea(attrs=ONE_A_LINE),
        required=False,
    )
    new = TextField(
        label="New bodies",
        help_text="One a line: name; short name; ONS code, where there is one.",
        widget=forms.Textarea(attrs=ONE_A_LINE),
        required=False,
    )
    region = forms.ModelChoiceField(
        Region.objects.all(),
        label="Region",
        to_field_name="slug",
        required=False,
        empty_label="That of the bodies before, where they go on in one",
    )
    source = forms.CharField(label="Source", max_length=300, help_text="Where it is laid down, such as an order.")
    note = TextField(label="Note", widget=forms.Textarea(attrs={"rows": 2}), required=False)
    values: dict[str, Any]

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError, by field, for names of nobody."""
        cleaned: dict[str, Any] = self.cleaned_data
        if not self.errors:
            region = cleaned["region"].slug if cleaned["region"] else ""
            row = {**cleaned, "on": cleaned["on"].isoformat(), "region": region}
            self.values = values_of(row, get_lineage(self.user))
        return cleaned


class CarryOutForm(ReorganisationForm):
    """The same, hidden, as it was rehearsed; with the reason."""

    change_reason = reason_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name != "change_reason":
                field.widget = field.hidden_widget()

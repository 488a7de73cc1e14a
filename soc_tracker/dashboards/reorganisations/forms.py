"""A reorganisation as an administrator types it: one row of a file, its bodies by any of their names."""

from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from forces.choices import ReorganisationKind
from forces.imports import COLUMNS, read_rows, values_of
from forces.models import Region
from forces.queries import get_lineage
from soc_tracker.core.imports.questions import UnreadableFileError
from soc_tracker.core.imports.uploads.files import plain_name
from soc_tracker.core.imports.uploads.forms import KINDS, SUFFIXES, SheetField
from soc_tracker.core.records.forms import ServiceForm, reason_field
from soc_tracker.core.text.days import DayField
from soc_tracker.core.text.normal import TextField

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


class FileForm(forms.Form):
    """A file of several; its ``rows`` are those that it holds."""

    file = SheetField(1024**2, "1 MB", what=f"{KINDS}, or JSON", suffixes=f"{SUFFIXES},.json")
    rows: list[dict[str, str]]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        name = plain_name(file.name or "")
        with NamedTemporaryFile(suffix=Path(name).suffix) as copy:
            copy.writelines(file.chunks())
            copy.flush()
            try:
                self.rows = read_rows(Path(copy.name), name)
            except UnreadableFileError as error:
                raise ValidationError(f"“{name}” cannot be read: {error}.") from error
        if not self.rows:
            raise ValidationError(f"“{name}” has headings and no rows.")
        return file


class CarryOutRowsForm(ServiceForm, forms.Form):
    """The rows of a file, hidden, as they were rehearsed; with the reason where a row gives none."""

    rows = forms.JSONField(widget=forms.HiddenInput)
    change_reason = reason_field("Why you make these changes. A row of the file that gives a reason keeps its own.")

    def clean_rows(self) -> list[dict[str, str]]:
        rows = self.cleaned_data["rows"]
        if not isinstance(rows, list) or not all(isinstance(row, dict) and row.keys() <= {*COLUMNS} for row in rows):
            raise ValidationError("This page has lost the rows of the file: choose the file again.")
        return [{key: str(cell) for key, cell in row.items()} for row in rows]

"""What the list of extracts can be narrowed to, and the form that takes a file."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from disruptions.choices import DataKind, ExtractContents
from disruptions.extracts.models import Extract, Upload
from disruptions.standpoint.forms import RecordFilter
from soc_tracker.core.imports.uploads.files import MOST_BYTES
from soc_tracker.core.imports.uploads.forms import SheetField
from soc_tracker.core.lists.filter_fields import ChoicesFilter, OneChoiceFilter, WordsFilter
from soc_tracker.core.text.days import DayField, in_words


class ExtractFilter(RecordFilter):
    """Extracts that were taken from the national database on or before the day."""

    q = WordsFilter(label="Words in the file’s name")
    contents = ChoicesFilter(choices=ExtractContents.words, label="Contents")
    undone = OneChoiceFilter(
        field_name="undone_at",
        choices=[("no", "Not undone"), ("yes", "Undone")],
        label="Undone",
        method=lambda extracts, name, value: extracts.filter(undone_at__isnull=value == "no"),
    )

    class Meta:
        model = Extract
        fields = ()

    def standing(self, queryset: Any) -> QuerySet:
        return queryset.of_kind(self.standpoint.kind).filter(as_at__lte=self.standpoint.day)


# The form that takes a file.


def kind_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Kind of data",
        help_text="Illustrative rows are made up, and never mix with recorded ones.",
        choices=DataKind.words,
        initial=DataKind.RECORDED,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the kind of data."},
    )


class UploadForm(forms.Form):
    """A file to load, with what its rows are."""

    contents = forms.ChoiceField(
        label="What the rows are",
        choices=ExtractContents.words,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the rows are."},
    )
    file = SheetField(MOST_BYTES, "2 GB")
    as_at = DayField(
        label="As at",
        help_text=(
            "The day on which the rows were taken from the national database, such as 13/7/2023. Left empty, the check "
            "asks for it, and offers the newest day on which a disruption of the file was recorded."
        ),
        required=False,
    )
    is_complete = forms.TypedChoiceField(
        label="What the file holds",
        help_text=(
            "Of the bodies that it names, between the first and the last day on which one of its rows was recorded. "
            "Where it holds all, the check lists what it lacks, and that can be withdrawn together."
        ),
        choices=[("", "Only some of the records"), ("all", "All records of its bodies and days")],
        coerce=bool,
        empty_value=False,  # type: ignore[arg-type]
        initial="",
        required=False,
        widget=forms.RadioSelect,
    )
    kind_of_data = kind_field()

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_as_at(self) -> date | None:
        day: date | None = self.cleaned_data["as_at"]
        if day and day > self.today:
            raise forms.ValidationError(f"Choose a day up to today, {in_words(self.today)}.")
        return day


class MendedForm(forms.Form):
    """The refused rows of an upload, mended: all else is as it was of that."""

    file = SheetField(MOST_BYTES, "2 GB")

    def __init__(self, *args: Any, first: Upload, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first = first

    def clean(self) -> dict[str, Any]:
        first, cleaned = self.first, super().clean() or {}
        return cleaned | {
            "contents": first.contents,
            "kind_of_data": first.kind_of_data,
            "as_at": first.extract.as_at if first.extract else first.as_at,
            "part_of": first.extract,
        }

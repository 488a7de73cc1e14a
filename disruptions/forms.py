"""Forms of the pages."""

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from disruptions.choices import DataKind, ExtractContents
from disruptions.models import Disruption, SavedView, Threat
from disruptions.selectors.lookups import THREATS
from soc_tracker.lib.days import DayField
from soc_tracker.lib.list_pages import saveable
from soc_tracker.lib.lookups import LookupField
from soc_tracker.lib.periods import Precision, in_words
from soc_tracker.lib.record_forms import VersionedForm, VersionField
from soc_tracker.lib.text_fields import TextField
from soc_tracker.lib.upload_limit import MOST_BYTES


def file_field(most: str) -> forms.FileField:
    """A spreadsheet of at most so many bytes, in words."""
    return forms.FileField(
        label="File",
        help_text=f"CSV or Excel (XLSX), up to {most}, with a row of headings. Their order does not matter.",
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
    )


def kind_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Kind of data",
        help_text="Illustrative rows are made up, and never mix with recorded ones.",
        choices=DataKind.choices,
        initial=DataKind.RECORDED,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the kind of data."},
    )


def refuse_larger(file: UploadedFile, most_bytes: int, most: str) -> UploadedFile:
    if file.size > most_bytes:
        raise forms.ValidationError(f"The file is larger than {most}. Split it into several, each with the headings.")
    return file


class UploadForm(forms.Form):
    """A file to load, with what its rows are."""

    contents = forms.ChoiceField(
        label="What the rows are",
        choices=ExtractContents.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the rows are."},
    )
    file = file_field("2 GB")
    as_at = DayField(
        label="As at (may be left empty)",
        help_text=(
            "The day on which the rows were taken from the national database, such as 13/7/2023. Left empty: the "
            "newest day on which a disruption of the file was recorded; for threats, today."
        ),
        required=False,
    )
    kind_of_data = kind_field()

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_file(self) -> UploadedFile:
        return refuse_larger(self.cleaned_data["file"], MOST_BYTES, "2 GB")

    def clean_as_at(self) -> date | None:
        day = self.cleaned_data["as_at"]
        if day and day > self.today:
            raise forms.ValidationError(f"Choose a day up to today, {in_words(self.today, Precision.DAY)}.")
        return day


class ChangeForm(forms.Form):
    """From when on, and why. ``version`` is that of the disruption on the page that was read."""

    version = VersionField()
    on = DayField(label="From which day", help_text="Figures as at days before it stay as they are.")
    reason = TextField(
        label="Reason",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why: the reason is kept with the change."},
    )


class CorrectionForm(forms.ModelForm, ChangeForm):
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
        self.fields["threat"].rows = Threat.objects.visible_to(user).select_related("organisation")
        self.initial["threat"] = self.instance.threat

    def _post_clean(self) -> None:
        """The stored row is not touched here."""

    @property
    def values(self) -> dict[str, Any]:
        """What was entered for the disruption itself."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class SaveViewForm(forms.Form):
    """A name for a list, and whether others may open it."""

    page = forms.ChoiceField(
        widget=forms.HiddenInput, error_messages={"invalid_choice": "There is no such list to save a view of."}
    )
    query = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label="Name", max_length=80, error_messages={"required": "Give the view a name."})
    shared = forms.BooleanField(required=False, label="Share it with everybody who can sign in")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["page"].choices = list(saveable(user).items())


class RenameViewForm(VersionedForm):
    """Another name for a saved view, and whether others may open it."""

    class Meta:
        model = SavedView
        fields = ("name", "shared")
        labels = {"shared": "Share it with everybody who can sign in"}
        error_messages = {"name": {"required": "Give the view a name."}}

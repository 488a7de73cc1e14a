"""The form that takes a file of facts."""

from django import forms
from django.core.files.uploadedfile import UploadedFile

from soc_tracker.core.imports.uploads.forms import file_field, refuse_larger

MOST_BYTES = 20 * 1024**2


class FactFileForm(forms.Form):
    file = file_field("20 MB")
    overrules = forms.TypedChoiceField(
        label="Where another file says something else",
        help_text="What people have edited on this site stays in any case, and is listed.",
        choices=[(False, "the file whose name comes last stands"), (True, "take what this file says")],
        coerce=lambda value: value == "True",
        empty_value="",
        initial=False,
        widget=forms.RadioSelect,
    )

    def clean_file(self) -> UploadedFile:
        return refuse_larger(self.cleaned_data["file"], MOST_BYTES, "20 MB")

"""The form that takes a file of plans."""

from django import forms
from django.core.files.uploadedfile import UploadedFile

from disruptions.extracts.forms import file_field, kind_field, refuse_larger

MOST_BYTES = 20 * 1024**2


class ImportForm(forms.Form):
    file = file_field("20 MB")
    kind_of_data = kind_field()

    def clean_file(self) -> UploadedFile:
        return refuse_larger(self.cleaned_data["file"], MOST_BYTES, "20 MB")

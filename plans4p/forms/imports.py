"""The form that takes a file of plans, and the one that decides on it."""

from django import forms
from django.core.files.uploadedfile import UploadedFile

from disruptions.forms import file_field, kind_field, refuse_larger
from plans4p.presenters.imports import ALL, GIVE_UP, GOOD

MOST_BYTES = 20 * 1024**2
"""So much is checked while the reader waits."""


class ImportForm(forms.Form):
    file = file_field("20 MB")
    kind_of_data = kind_field()

    def clean_file(self) -> UploadedFile:
        return refuse_larger(self.cleaned_data["file"], MOST_BYTES, "20 MB")


class DecisionForm(forms.Form):
    """``shown`` is the fingerprint of the check on the page that was read."""

    step = forms.ChoiceField(choices=[(step, step) for step in (ALL, GOOD, GIVE_UP)])
    shown = forms.CharField(max_length=64)

"""Forms that save a view and rename it."""

from typing import Any

from django import forms

from disruptions.models import SavedView
from soc_tracker.lib.list_pages import saveable
from soc_tracker.lib.record_forms import VersionedForm


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

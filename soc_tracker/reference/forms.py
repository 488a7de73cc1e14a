"""The form that takes a file of facts."""

from django import forms

from soc_tracker.core.imports.uploads.forms import SheetField


class FactFileForm(forms.Form):
    file = SheetField(20 * 1024**2, "20 MB")
    overrules = forms.TypedChoiceField(
        label="Where another file says something else",
        help_text="What people have edited on this site stays in any case, and is listed.",
        choices=[(False, "the file whose name comes last stands"), (True, "take what this file says")],
        coerce=lambda value: value == "True",
        empty_value="",
        initial=False,
        widget=forms.RadioSelect,
    )

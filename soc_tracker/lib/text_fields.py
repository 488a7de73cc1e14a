"""The form field for text of several lines."""

from django import forms

from soc_tracker.lib.clean import clean_text


class TextField(forms.CharField):
    """Text of several lines, cleaned before it is measured: browsers send two characters for the end of a line."""

    widget = forms.Textarea

    def to_python(self, value: object) -> str:
        return clean_text(super().to_python(value) or "")

"""Form fields of their own kind."""

from typing import Any

from django import forms


class ReferencesField(forms.ModelMultipleChoiceField):
    """Records by their references, one a line: for those that are too many for a list to choose from."""

    widget = forms.Textarea

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, to_field_name="reference", **kwargs)
        self.widget.attrs["rows"] = 3

    def clean(self, value: Any) -> Any:
        return super().clean((value or "").split())

    def prepare_value(self, value: Any) -> Any:
        """Of stored records, their references one a line; what was typed, as it is, in one text or split."""
        stored = isinstance(value, (list, tuple)) and any(hasattr(record, "reference") for record in value)
        return "\n".join(record.reference for record in value) if stored else value or ""

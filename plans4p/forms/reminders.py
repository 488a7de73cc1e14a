"""The choice of how often a reminder comes."""

from django import forms

from plans4p.choices import Every


class RemindersForm(forms.Form):
    every = forms.TypedChoiceField(
        label="How often do you want an e-mail?",
        help_text="None comes on a day when there is nothing to say.",
        choices=Every.choices,
        coerce=lambda value: Every(int(value)),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how often, or never."},
    )

"""The choices of how often a reminder comes, and for how long a calendar has an address."""

from django import forms

from plans4p.choices import Every, Lasting


class RemindersForm(forms.Form):
    every = forms.TypedChoiceField(
        label="How often do you want an e-mail?",
        help_text="None comes on a day when there is nothing to say.",
        choices=Every.choices,
        coerce=lambda value: Every(int(value)),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how often, or never."},
    )


class CalendarForm(forms.Form):
    lasting = forms.TypedChoiceField(
        label="For how long should the address work?",
        help_text="Counted from today. You can make it longer at any time.",
        choices=Lasting.choices,
        coerce=lambda value: Lasting(int(value)),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose for how long."},
    )

"""The form by which a body says what it has done with the practice of another."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from forces.models import Organisation
from inspections.entering.forms import EntryForm, formfield
from inspections.practice.models import Uptake


class UptakeForm(EntryForm):
    class Meta:
        model = Uptake
        formfield_callback = formfield
        fields = ("organisation", "state", "on", "note")
        labels = {"organisation": "Your body", "state": "What it has done", "on": "When", "note": "With what result"}
        widgets = {"state": forms.RadioSelect}

    def __init__(self, *args: Any, bodies: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation: Any = self.fields["organisation"]
        organisation.queryset = bodies
        state: Any = self.fields["state"]
        state.choices = [choice for choice in state.choices if choice[0]]

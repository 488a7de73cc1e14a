"""The forms by which people judge pairs of findings, and enter what a later inspection says of an earlier one."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from inspections.entering.forms import EntryForm, formfield
from inspections.findings.models import Finding
from inspections.programmes.models import Inspection
from inspections.repeats.models import Revisit
from soc_tracker.core.records.forms import ServiceForm


class JudgeForm(ServiceForm, forms.Form):
    """Another finding, and whether it is of the same problem."""

    other = forms.ModelChoiceField(Finding.objects.none(), to_field_name="slug", widget=forms.HiddenInput)
    same = forms.TypedChoiceField(
        choices=[("yes", "The same problem"), ("no", "Not the same")], coerce=lambda value: value == "yes"
    )

    def __init__(self, *args: Any, findings: QuerySet[Finding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        other: Any = self.fields["other"]
        other.queryset = findings


class RevisitForm(EntryForm):
    """What a later inspection says of a finding."""

    class Meta:
        model = Revisit
        formfield_callback = formfield
        fields = ("inspection", "outcome", "summary", "source", "locator")
        labels = {
            "inspection": "The later inspection",
            "summary": "What it says of the finding",
            "source": "Document",
            "locator": "Place in the document",
        }

    def __init__(self, *args: Any, inspections: QuerySet[Inspection], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inspection: Any = self.fields["inspection"]
        inspection.queryset = inspections

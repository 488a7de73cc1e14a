"""The form by which a body adds to its own record."""

from django import forms

from inspections.choices import Implementation
from inspections.entering.forms import PublishedChoice, formfield
from inspections.positions.models import Position
from inspections.sources.models import SourceDocument
from inspections.vocabularies.models import RequirementStatus
from soc_tracker.core.records.forms import ServiceForm
from soc_tracker.core.text.days import DayField


class PositionForm(ServiceForm, forms.Form):
    on = DayField(label="As at", help_text="Such as 31/1/2026.")
    status = forms.ChoiceField(  # type: ignore[assignment]  # a form keeps its fields apart from its attributes
        label="Where the body sees it",
        choices=lambda: [(word.slug, word.label) for word in RequirementStatus.rows() if word.is_stated],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where the body sees it."},
    )
    implementation = forms.ChoiceField(
        label="How far it says that it carried it out",
        choices=[("", "Not said"), *Implementation.choices],
        required=False,
    )
    note = formfield(Position._meta.get_field("note"), label="What it says", help_text="In your own words.")
    source = PublishedChoice(
        SourceDocument.objects.all(), label="Document", required=False, empty_label="None: the body says so here"
    )
    locator = forms.CharField(label="Place in the document", max_length=250, required=False)

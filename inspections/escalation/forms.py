"""The form by which a body is put on another rung."""

from typing import Any

from django import forms

from inspections.entering.forms import PublishedChoice
from inspections.escalation.models import MonitoringPeriod
from inspections.sources.models import SourceDocument
from inspections.vocabularies.models import MonitoringStage
from soc_tracker.core.records.forms import ServiceForm
from soc_tracker.core.text.days import DayField
from soc_tracker.core.text.normal import TextField


class RungForm(ServiceForm, forms.Form):
    """``standing`` is the period that the page showed as the present one."""

    standing = forms.ModelChoiceField(MonitoringPeriod.objects.none(), required=False, widget=forms.HiddenInput)
    stage = forms.ChoiceField(
        label="Rung", widget=forms.RadioSelect, error_messages={"required": "Choose the rung on which it stands."}
    )
    on = DayField(label="From", help_text="Such as 31/1/2026.")
    reason = TextField(label="Why", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    skipped = TextField(
        label="Why rungs are passed over",
        help_text="Only where it goes up by more than one rung at once.",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    source = PublishedChoice(
        SourceDocument.objects.all(),
        label="Document",
        required=False,
        empty_label="None: recorded here",
        help_text="Where it is published.",
    )
    locator = forms.CharField(label="Place in the document", max_length=250, required=False)

    def __init__(self, *args: Any, body: Any, standing: MonitoringPeriod | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own: Any = self.fields["standing"]
        own.queryset, self.initial["standing"] = MonitoringPeriod.objects.filter(organisation=body), standing
        stages: Any = self.fields["stage"]
        stages.choices = [
            (rung.slug, f"{rung.label}: {rung.meaning}" if rung.meaning else rung.label)
            for rung in MonitoringStage.rows()
            if standing is None or rung.slug != standing.stage_id
        ]

"""Forms of the work on an inspection."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from forces.models import Organisation
from inspections.entering.forms import EntryForm, Values, formfield
from inspections.programmes.models import Inspection
from inspections.work.choices import TeamChange, Verdict
from inspections.work.models import EvidenceNote, TeamMember
from soc_tracker.core.access.roles import Role
from soc_tracker.core.records.forms import LOST_VERSION, ServiceForm, VersionField
from soc_tracker.core.records.services import StaleRecordError
from soc_tracker.core.records.states import name_of
from soc_tracker.core.text.normal import TextField


class PlanForm(EntryForm):
    """Who is inspected, on what and when."""

    publisher = forms.CharField(label="Who will publish the report", max_length=120)
    title = formfield(
        Inspection._meta.get_field("title"), required=False, help_text="Empty: the region or body and the programme."
    )

    class Meta:
        model = Inspection
        formfield_callback = formfield
        fields = ("programme", "region", "organisation", "fieldwork_on", "fieldwork_precision", "title", "note")
        labels = {
            "organisation": "Or a single body",
            "fieldwork_on": "When inspectors will be there",
            "fieldwork_precision": "How much of that date is known",
        }
        help_texts = {
            "region": "With all bodies that are in it on the day of the inspection.",
            "fieldwork_on": "Where only the month or the year is known, any day of it.",
        }

    def clean(self) -> Values:
        cleaned = super().clean() or self.cleaned_data
        if bool(cleaned.get("region")) == bool(cleaned.get("organisation")):
            self.add_error("region", "Choose a region or a single body.")
        return cleaned


class StageForm(ServiceForm, forms.Form):
    """The step to the next stage, or back."""

    expected_version = VersionField()
    stage = forms.ChoiceField(
        label="Take it to", widget=forms.RadioSelect, error_messages={"required": "Choose the stage."}
    )
    note = TextField(label="Note", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, inspection: Inspection, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"expected_version": inspection.version}, **kwargs})
        stage: Any = self.fields["stage"]
        stage.choices = [(each.slug, each.label) for each in inspection.stage.next_stages]


class TeamVersionField(forms.CharField):
    """The members of the team that the page shows, each with its version: what another has changed since is not
    overwritten.
    """

    def prepare_value(self, value: Any) -> str:
        return value if isinstance(value, str) else " ".join(f"{each.pk}:{each.version}" for each in value or ())

    def clean(self, value: Any) -> dict[int, int]:
        pairs = [each.partition(":") for each in super().clean(value).split()]
        if not all(key.isdecimal() and version.isdecimal() for key, _, version in pairs):
            raise forms.ValidationError(LOST_VERSION)
        return {int(key): int(version) for key, _, version in pairs}


class TeamForm(ServiceForm, forms.Form):
    """Who joins the team, leads it or leaves it."""

    team_version = TeamVersionField(widget=forms.HiddenInput, required=False, max_length=10_000)
    account = forms.ModelChoiceField(get_user_model().objects.none(), label="Inspector")
    do = forms.ChoiceField(
        label="What changes",
        choices=TeamChange.choices,
        widget=forms.RadioSelect,
        initial=TeamChange.JOIN,
    )

    def __init__(self, *args: Any, team: Collection[TeamMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.team = team
        self.fields["team_version"].initial = team
        account: Any = self.fields["account"]
        inspectors = Group.objects.filter(name=Role.INSPECTOR.label)
        accounts = get_user_model().objects.filter(is_active=True, groups__in=inspectors)
        account.queryset = accounts.order_by("last_name", "username", "pk")
        account.label_from_instance = name_of

    def data_over(self, error: StaleRecordError) -> Any:
        data = super().data_over(error)
        data["team_version"] = self.fields["team_version"].prepare_value(self.team)
        return data


class NoteForm(EntryForm):
    """What was seen, where and when. Findings may be chosen now, or when they are written."""

    expected_version = VersionField()

    class Meta:
        model = EvidenceNote
        formfield_callback = formfield
        fields = ("on", "place", "organisation", "seen", "what", "section", "findings")
        widgets = {"findings": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, inspection: Inspection, bodies: Collection[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expected_version"].initial = self.instance.version
        self.fields["what"].widget.attrs["rows"] = 8
        organisation: Any = self.fields["organisation"]
        organisation.queryset = Organisation.objects.filter(pk__in=[body.pk for body in bodies])
        organisation.empty_label = "None of them alone"
        findings: Any = self.fields["findings"]
        findings.queryset = inspection.findings.order_by("order", "pk")
        if not findings.queryset:
            del self.fields["findings"]


class CheckForm(ServiceForm, forms.Form):
    """What a body says of the facts about it."""

    verdict = forms.ChoiceField(label="The facts are", choices=Verdict.choices, widget=forms.RadioSelect)
    text = TextField(
        label="What is not so, and what shows it",
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class AnswerForm(ServiceForm, forms.Form):
    """What the team has made of what a body says."""

    expected_version = VersionField()
    answer = TextField(label="Answer", max_length=8000, widget=forms.Textarea(attrs={"rows": 4}))

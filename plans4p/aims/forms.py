"""The forms of aims, of reasons for having none, and of actions."""

from typing import Any, ClassVar

from django import forms

from plans4p.aims.models import Action, Aim, Omission
from plans4p.choices import ENDED, ActionStatus
from plans4p.editing.forms import PartForm, formfield
from plans4p.likeness.queries import get_copies
from plans4p.partners.models import Partner


class AimForm(PartForm):
    reasoned: ClassVar = ("four_p", "change", "measure", "counts", "baseline", "target", "due_on")

    class Meta:
        model = Aim
        formfield_callback = formfield
        fields = ("four_p", "change", "measure", "counts", "baseline", "target", "due_on")


class OmissionForm(PartForm):
    reasoned: ClassVar = ("four_p", "reason")

    class Meta:
        model = Omission
        formfield_callback = formfield
        fields = ("four_p", "reason")


class ActionForm(PartForm):
    reasoned: ClassVar = ("description", "owner", "due_on")

    class Meta:
        model = Action
        formfield_callback = formfield
        fields = ("description", "owner", "due_on", "status", "tactic", "partners", "outcome")
        widgets = {"partners": forms.CheckboxSelectMultiple}

    def bound_choices(self) -> None:
        plan = self.instance.aim.plan
        if copy := get_copies(plan).get(self.instance.pk):
            words = f"This wording also stands in {copy.other.plan.reference}, {copy.ratio} % alike"
            self.fields["description"].help_text = f"{words}: “{copy.other.description}”. Rewrite it for this threat."
        self.fields["tactic"].queryset = self.fields["tactic"].queryset.filter(four_p=self.instance.aim.four_p)
        partners = Partner.objects.visible_to(self.user).of_kind(plan.kind_of_data)
        self.fields["partners"].queryset = partners.filter(serves=plan.organisation_id)


class OutcomeForm(PartForm):
    """What came of an action: two fields, and the first is filled in as what is said most often."""

    class Meta:
        model = Action
        fields = ("status", "outcome")

    def bound_choices(self) -> None:
        words = (ActionStatus.DONE, ActionStatus.UNDER_WAY, ActionStatus.DROPPED)
        self.fields["status"] = forms.ChoiceField(
            label="How far is it?",
            choices=[(word.value, word.label) for word in words],
            widget=forms.RadioSelect,
            error_messages={"required": "Choose how far it is."},
        )
        self.initial["status"] = ActionStatus.DONE
        self.fields["outcome"] = forms.CharField(
            label="What came of it",
            help_text="In one line, such as “Two tenants rehoused”. Of one that is dropped, why.",
            required=False,
            max_length=500,
            widget=forms.TextInput(attrs={} if self.is_bound else {"autofocus": True}),
        )

    @property
    def reason(self) -> str:
        status, outcome = ActionStatus(self.cleaned_data["status"]), self.cleaned_data["outcome"]
        return f"{status.label}: {outcome}" if outcome else f"{status.label}."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("status") in ENDED and "outcome" not in self.errors and not cleaned["outcome"]:
            self.add_error("outcome", "Say in a line what came of it.")
        return cleaned

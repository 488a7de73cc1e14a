"""The forms of plans and of all their parts."""

from typing import Any, ClassVar

from django import forms
from django.utils.html import format_html

from disruptions.record.models import Disruption
from disruptions.record.queries import DISRUPTIONS
from plans4p.aims.models import Action, Aim, Contribution, Omission
from plans4p.choices import ENDED, ActionStatus, ResultKind
from plans4p.directory.queries import OFFICER_FINDER, ORDER_FINDER, PARTNER_FINDER
from plans4p.editing.forms import PartForm, formfield
from plans4p.likeness.queries import get_copies
from plans4p.officers.models import LeadOfficer
from plans4p.orders.models import AncillaryOrder
from plans4p.partners.models import Partner
from plans4p.plans.models import Consultation, Plan
from plans4p.signatures.queries import list_bodies_for


class PlanForm(PartForm):
    """``owner`` is named when a plan is written; afterwards it passes on by a step of its own.

    ``another`` is asked where a new plan would be the second for its threat, body and owner.
    """

    another = forms.BooleanField(required=False, widget=forms.HiddenInput, label="Write another plan all the same")
    reasoned: ClassVar = (
        "title",
        "organisation",
        "threat",
        "theme",
        "starts_on",
        "ends_on",
        "review_due_on",
        "intelligence",
    )

    class Meta:
        model = Plan
        formfield_callback = formfield
        fields = (
            *("title", "organisation", "threat", "theme", "marking", "owner"),
            *("starts_on", "ends_on", "review_due_on", "profiles", "intelligence"),
        )
        widgets = {"profiles": forms.CheckboxSelectMultiple}

    def bound_choices(self) -> None:
        if self.instance.pk:
            del self.fields["owner"], self.fields["another"]
            profiles = self.fields["profiles"].queryset
            self.fields["profiles"].queryset = profiles.filter(area__organisation=self.instance.organisation)
            if threats := self.fields.get("threat"):
                threats.rows = threats.rows.of_kind(self.instance.kind_of_data)
        else:
            officers = LeadOfficer.objects.visible_to(self.user).in_role().select_related("organisation")
            self.look_up("owner", officers.filter(organisation__in=list_bodies_for(self.user)), OFFICER_FINDER)
            del self.fields["profiles"]  # those of the body, which is not chosen yet

    def clean(self) -> dict[str, Any]:
        """Before another plan for the same threat, body and owner is written, its writer must want that."""
        cleaned = super().clean()
        same = {name: cleaned.get(name) for name in ("threat", "organisation", "owner")}
        if "another" not in self.fields or cleaned.get("another") or self.errors or not same["threat"]:
            return cleaned
        plan = Plan.objects.visible_to(self.user).open().filter(**same).order_by("reference", "pk").first()
        if plan is None:
            return cleaned
        self.fields["another"].widget = forms.CheckboxInput()
        link = format_html('<a class="govuk-link" href="{}">Open {}</a>', plan.get_absolute_url(), plan)
        self["another"].help_text = link
        words = f"There is a plan for this threat by this body and owner already: {plan.reference}."
        self.add_error("another", f"{words} Open it, or tick the box and save again to write another.")
        return cleaned


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
        if copy := get_copies(self.user, plan).get(self.instance.pk):
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


class ResultForm(PartForm):
    """A result: typed, or a disruption or an order by its reference, whose day and number follow from it."""

    reasoned: ClassVar = ("kind", "on", "amount")

    class Meta:
        model = Contribution
        formfield_callback = formfield
        fields = ("kind", "disruption", "order", "on", "amount", "note")
        help_texts = {
            "on": "Of a disruption or an order, its own day is taken.",
            "note": "What it was; not needed for a disruption or an order.",
        }

    def bound_choices(self) -> None:
        if self.instance.pk:  # what it links stays for good
            del self.fields["disruption"], self.fields["order"]
            return
        kind = self.instance.plan.kind_of_data
        disruptions = Disruption.objects.visible_to(self.user).current().of_kind(kind)
        orders = AncillaryOrder.objects.visible_to(self.user).of_kind(kind)
        self.look_up("disruption", disruptions.select_related("organisation"), DISRUPTIONS)
        self.look_up("order", orders.select_related("organisation"), ORDER_FINDER)
        self.fields["on"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if disruption := cleaned.get("disruption"):
            cleaned |= {"kind": ResultKind.DISRUPTIONS, "on": disruption.activity_date, "amount": 1}
        elif order := cleaned.get("order"):
            cleaned |= {"kind": ResultKind.ORDERS, "on": order.made_on, "amount": 1}
        elif "on" not in self.errors and not cleaned.get("on"):
            self.add_error("on", "Give the day.")
        return cleaned


class DismissForm(forms.Form):
    """Why a proposed disruption is none of a plan's results."""

    reason = forms.CharField(
        max_length=500, label="Why is it none of the plan’s results?", error_messages={"required": "Say why."}
    )


class ConsultationForm(PartForm):
    class Meta:
        model = Consultation
        formfield_callback = formfield
        fields = ("partner", "on", "note")

    def bound_choices(self) -> None:
        kind = self.instance.plan.kind_of_data
        self.look_up("partner", Partner.objects.visible_to(self.user).of_kind(kind), PARTNER_FINDER)

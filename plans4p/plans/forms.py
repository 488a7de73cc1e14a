"""The forms of plans and their parts."""

from typing import Any, ClassVar

from django import forms
from django.utils.html import format_html

from plans4p.directory.queries import OFFICER_FINDER
from plans4p.editing.forms import PartForm, formfield
from plans4p.officers.models import LeadOfficer
from plans4p.plans.models import Plan
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
            *("title", "organisation", "threat", "theme", "owner"),
            *("starts_on", "ends_on", "review_due_on", "profiles", "intelligence"),
        )
        widgets = {"profiles": forms.CheckboxSelectMultiple}

    @property
    def plan(self) -> Plan:
        plan: Plan = self.instance
        return plan

    def bound_choices(self) -> None:
        if self.instance.pk:
            del self.fields["owner"], self.fields["another"]
            profiles = self.fields["profiles"].queryset
            self.fields["profiles"].queryset = profiles.filter(area__organisation=self.instance.organisation)
            threats = self.fields["threat"]
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

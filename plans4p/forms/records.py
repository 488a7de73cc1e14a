"""The form of each record that pages create and change. Rules are the services': they have the words for them."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField

from disruptions.models import Threat
from plans4p.forms.fields import ReferencesField
from plans4p.models import (
    Action,
    Aim,
    AncillaryOrder,
    Consultation,
    Contribution,
    LeadOfficer,
    Offer,
    Omission,
    OrderTerm,
    Partner,
    Plan,
    Site,
    SitePhase,
    Training,
)
from soc_tracker.record_admin.forms import VersionedForm

INPUT_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]


def _formfield(field: Any, **kwargs: Any) -> forms.Field:
    """Django's field for a model's, with days as browsers give them and lines of few rows."""
    made = field.formfield(**kwargs)
    if isinstance(made, forms.DateField):
        made.widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        made.input_formats = INPUT_FORMATS
        made.error_messages["invalid"] = "Give a date such as 31/1/2023."
    elif isinstance(made.widget, forms.Textarea):
        made.widget.attrs["rows"] = 3
    return made


class PageForm(VersionedForm):
    """Edits one record on a page. ``change_reason`` is asked for when the record is stored already.

    ``user`` bounds what may be chosen to what the user may see; ``given`` are the values that the page adds.
    ``headings`` are of long forms: each stands above the field that it is named by, and those after it.
    """

    headings: ClassVar[Mapping[str, str]] = {}
    change_reason = forms.CharField(
        label="Why do you change it?",
        help_text="The reason is kept with the change.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why: the reason is kept with the change."},
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if self.instance.pk is None:
            del self.fields["change_reason"]
        if "threat" in self.fields:
            self._offer_threats()
        self.bound_choices()

    @property
    def sections(self) -> list[tuple[str, list[BoundField]]]:
        """The fields that are shown, under their headings; the first ones may have none ("")."""
        found: list[tuple[str, list[BoundField]]] = [("", [])]
        for bound in self.visible_fields():
            if bound.name in self.headings:
                found.append((self.headings[bound.name], []))
            found[-1][1].append(bound)
        return [(heading, fields) for heading, fields in found if fields]

    def bound_choices(self) -> None:
        """Narrow what may be chosen, where the model alone would offer too much."""

    def _offer_threats(self) -> None:
        """Threats are many: they are given by reference, not chosen from a list."""
        self.fields["threat"] = forms.ModelChoiceField(
            Threat.objects.visible_to(self.user),
            to_field_name="reference",
            required=False,
            label="Threat",
            help_text="Its reference, such as OCG-0000001.",
            widget=forms.TextInput,
            error_messages={"invalid_choice": "No threat has this reference."},
        )
        self.initial["threat"] = self.instance.threat.reference if self.instance.threat_id else ""


class PlanForm(PageForm):
    """``owner`` is named when a plan is written; afterwards it passes on by a step of its own."""

    class Meta:
        model = Plan
        formfield_callback = _formfield
        fields = (
            *("title", "organisation", "threat", "theme", "owner"),
            *("starts_on", "review_due_on", "profiles", "intelligence"),
        )
        widgets = {"profiles": forms.CheckboxSelectMultiple}

    def bound_choices(self) -> None:
        if self.instance.pk:
            del self.fields["owner"]
            kind = self.instance.kind_of_data
            profiles = self.fields["profiles"].queryset
            self.fields["profiles"].queryset = profiles.filter(area__organisation=self.instance.organisation)
        else:
            self.fields["owner"].queryset = LeadOfficer.objects.visible_to(self.user).in_role()
            del self.fields["profiles"]  # those of the body, which is not chosen yet
            return
        self.fields["threat"].queryset = self.fields["threat"].queryset.of_kind(kind)


class AimForm(PageForm):
    class Meta:
        model = Aim
        formfield_callback = _formfield
        fields = ("four_p", "change", "measure", "counts", "baseline", "target", "due_on")


class OmissionForm(PageForm):
    class Meta:
        model = Omission
        formfield_callback = _formfield
        fields = ("four_p", "reason")


class ActionForm(PageForm):
    class Meta:
        model = Action
        formfield_callback = _formfield
        fields = ("description", "owner", "due_on", "status", "tactic", "partners", "outcome")
        widgets = {"partners": forms.CheckboxSelectMultiple}

    def bound_choices(self) -> None:
        plan = self.instance.aim.plan
        self.fields["tactic"].queryset = self.fields["tactic"].queryset.filter(four_p=self.instance.aim.four_p)
        partners = Partner.objects.visible_to(self.user).of_kind(plan.kind_of_data)
        self.fields["partners"].queryset = partners.filter(serves=plan.organisation_id)


class ResultForm(PageForm):
    """A result that is neither a disruption nor an order: those are linked, not typed."""

    class Meta:
        model = Contribution
        formfield_callback = _formfield
        fields = ("kind", "on", "amount", "note")

    def bound_choices(self) -> None:
        typed = [
            (value, words) for value, words in self.fields["kind"].choices if value not in ("disruptions", "orders")
        ]
        self.fields["kind"].choices = typed


class ConsultationForm(PageForm):
    class Meta:
        model = Consultation
        formfield_callback = _formfield
        fields = ("partner", "on", "note")

    def bound_choices(self) -> None:
        kind = self.instance.plan.kind_of_data
        self.fields["partner"].queryset = Partner.objects.visible_to(self.user).of_kind(kind)


class OfficerForm(PageForm):
    """Which account is theirs is said in the admin, where accounts are kept."""

    headings: ClassVar = {"share_of_time": "Load", "change_reason": "This change"}

    class Meta:
        model = LeadOfficer
        formfield_callback = _formfield
        fields = ("name", "organisation", "rank", "is_active", "share_of_time", "threats", "mentor")

    def bound_choices(self) -> None:
        others = LeadOfficer.objects.visible_to(self.user).of_kind(self.instance.kind_of_data)
        self.fields["mentor"].queryset = others.exclude(pk=self.instance.pk)
        self.fields["threats"] = ReferencesField(
            Threat.objects.visible_to(self.user).of_kind(self.instance.kind_of_data),
            required=False,
            label="Threats held",
            help_text="Beside those of the plans that they own. References, one a line, such as OCG-0000001.",
            error_messages={"invalid_choice": "No threat has the reference “%(value)s”."},
        )


class TrainingForm(PageForm):
    class Meta:
        model = Training
        formfield_callback = _formfield
        fields = ("subject", "completed_on")


class PartnerForm(PageForm):
    headings: ClassVar = {
        "serves": "Where it works",
        "sharing_agreement": "Sharing of information",
        "change_reason": "This change",
    }

    class Meta:
        model = Partner
        formfield_callback = _formfield
        fields = (
            *("name", "sector", "contact_route", "note", "serves", "areas"),
            *("sharing_agreement", "agreement_expires_on"),
        )
        widgets = {"serves": forms.CheckboxSelectMultiple, "areas": forms.CheckboxSelectMultiple}
        help_texts = {"areas": "In the areas of the bodies that are chosen above, once these are saved."}

    def bound_choices(self) -> None:
        areas = self.fields["areas"].queryset
        if self.instance.pk:
            self.fields["areas"].queryset = areas.filter(organisation__partners=self.instance)
        if not self.instance.pk or not self.fields["areas"].queryset.exists():
            del self.fields["areas"]  # those of the bodies that it serves, of which none is chosen yet


class OfferForm(PageForm):
    class Meta:
        model = Offer
        formfield_callback = _formfield
        fields = ("four_p", "kind", "description", "youngest", "oldest")
        help_texts = {"youngest": "Empty: no lowest age.", "oldest": "That age included. Empty: no highest age."}


class OrderForm(PageForm):
    headings: ClassVar = {
        "made_on": "When",
        "setting": "Where the subject is",
        "managing_unit": "Who manages it",
        "change_reason": "This change",
    }

    class Meta:
        model = AncillaryOrder
        formfield_callback = _formfield
        fields = (
            *("reference", "kind", "subject", "organisation", "threat", "made_on", "in_force_from", "expires_on"),
            *("setting", "release_on", "release_plan", "managing_unit", "manager"),
        )
        help_texts = {
            "expires_on": "Its last day in force. Empty: no end on record.",
            "release_on": "Of a subject in custody.",
            "release_plan": "Who takes the order over, and how its terms are checked in the community.",
        }

    def bound_choices(self) -> None:
        if self.instance.pk:
            del self.fields["reference"]


class TermForm(PageForm):
    class Meta:
        model = OrderTerm
        formfield_callback = _formfield
        fields = ("kind", "text")


class SiteForm(PageForm):
    headings: ClassVar = {"partners": "Partners", "measures": "Measures and evaluation", "change_reason": "This change"}

    class Meta:
        model = Site
        formfield_callback = _formfield
        fields = ("place", "organisation", "partners", "measures", "evaluation")
        widgets = {"partners": forms.CheckboxSelectMultiple}

    def bound_choices(self) -> None:
        self.fields["partners"].queryset = Partner.objects.visible_to(self.user).of_kind(self.instance.kind_of_data)


class PhaseForm(PageForm):
    class Meta:
        model = SitePhase
        formfield_callback = _formfield
        fields = ("phase", "starts_on", "ends_on")
        help_texts = {"ends_on": "Its last day. Empty: not ended. Phases may overlap."}

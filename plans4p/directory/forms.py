"""The forms of officers, orders, partners and sites, with their parts."""

from typing import Any, ClassVar

from django import forms

from disruptions.record.queries import THREATS
from disruptions.threats.models import Threat
from plans4p.directory.queries import OFFICER_FINDER, PARTNER_FINDER
from plans4p.editing.forms import PageForm, formfield
from plans4p.officers.models import LeadOfficer, Training
from plans4p.orders.models import AncillaryOrder, OrderTerm
from plans4p.partners.models import Offer, Partner
from plans4p.signatures.queries import list_bodies_for
from plans4p.sites.models import Site, SitePhase


class OfficerForm(PageForm):
    """Which account is theirs is said in the admin, where accounts are kept."""

    headings: ClassVar = {"share_of_time": "Load", "change_reason": "This change"}

    class Meta:
        model = LeadOfficer
        formfield_callback = formfield
        fields = ("name", "organisation", "rank", "is_active", "share_of_time", "threats", "mentor")

    def bound_choices(self) -> None:
        kind = self.instance.kind_of_data
        others = LeadOfficer.objects.visible_to(self.user).of_kind(kind).exclude(pk=self.instance.pk)
        if self.instance.pk and self.instance.mentor_id and not others.filter(pk=self.instance.mentor_id).exists():
            del self.fields["mentor"]  # whom the writer may not see: they stay as they are
        else:
            self.look_up("mentor", others.select_related("organisation"), OFFICER_FINDER)
        threats = Threat.objects.visible_to(self.user).of_kind(kind).select_related("organisation")
        self.look_up("threats", threats, THREATS)
        self.unseen = self.instance.threats.exclude(pk__in=threats.values("pk")) if self.instance.pk else ()
        if self.instance.pk:
            self.initial["threats"] = self.instance.threats.filter(pk__in=threats.values("pk"))
        also = "Beside those of the plans that they own, one a line."
        self.fields["threats"].help_text = f"{also} {THREATS.hint}"

    def clean_threats(self) -> list[Threat]:
        """With those that the officer holds and the writer may not see."""
        return [*self.cleaned_data["threats"], *self.unseen]


class TrainingForm(PageForm):
    class Meta:
        model = Training
        formfield_callback = formfield
        fields = ("subject", "completed_on")


class OrderForm(PageForm):
    headings: ClassVar = {
        "made_on": "When",
        "setting": "Where the subject is",
        "managing_unit": "Who manages it",
        "change_reason": "This change",
    }

    class Meta:
        model = AncillaryOrder
        formfield_callback = formfield
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
        formfield_callback = formfield
        fields = ("kind", "text")


class PartnerForm(PageForm):
    headings: ClassVar = {
        "serves": "Where it works",
        "sharing_agreement": "Sharing of information",
        "change_reason": "This change",
    }

    class Meta:
        model = Partner
        formfield_callback = formfield
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

    def clean_serves(self) -> Any:
        """Whoever writes a new partner down does so for their own body."""
        serves, own = self.cleaned_data["serves"], list_bodies_for(self.user)
        if self.instance.pk is None and not serves.filter(pk__in=own.values("pk")).exists():
            names = own.first() if len(own) == 1 else "a body for which you write"
            raise forms.ValidationError(f"Choose {names} too: a new partner is one that your own body works with.")
        return serves


class OfferForm(PageForm):
    class Meta:
        model = Offer
        formfield_callback = formfield
        fields = ("four_p", "kind", "description", "youngest", "oldest")
        help_texts = {"youngest": "Empty: no lowest age.", "oldest": "That age included. Empty: no highest age."}


class SiteForm(PageForm):
    headings: ClassVar = {"partners": "Partners", "measures": "Measures and evaluation", "change_reason": "This change"}

    class Meta:
        model = Site
        formfield_callback = formfield
        fields = ("place", "organisation", "partners", "measures", "evaluation")

    def bound_choices(self) -> None:
        partners = Partner.objects.visible_to(self.user).of_kind(self.instance.kind_of_data)
        self.look_up("partners", partners, PARTNER_FINDER)
        self.fields["partners"].help_text = f"One a line. {PARTNER_FINDER.hint}"


class PhaseForm(PageForm):
    class Meta:
        model = SitePhase
        formfield_callback = formfield
        fields = ("phase", "starts_on", "ends_on")
        help_texts = {"ends_on": "Its last day. Empty: not ended. Phases may overlap."}

"""The forms of partners and what they offer."""

from typing import Any, ClassVar

from django import forms

from plans4p.editing.forms import PageForm, formfield
from plans4p.partners.models import Offer, Partner
from plans4p.signatures.queries import list_bodies_for


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

"""The forms of Clear, Hold, Build sites and their phases."""

from typing import ClassVar

from plans4p.directory.queries import PARTNER_FINDER
from plans4p.editing.forms import PageForm, formfield
from plans4p.partners.models import Partner
from plans4p.sites.models import Site, SitePhase


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

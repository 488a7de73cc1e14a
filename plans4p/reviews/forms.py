"""The form of a partner consulted."""

from plans4p.directory.queries import PARTNER_FINDER
from plans4p.editing.forms import PartForm, formfield
from plans4p.partners.models import Partner
from plans4p.reviews.models import Consultation


class ConsultationForm(PartForm):
    class Meta:
        model = Consultation
        formfield_callback = formfield
        fields = ("partner", "on", "note")

    def bound_choices(self) -> None:
        kind = self.instance.plan.kind_of_data
        self.look_up("partner", Partner.objects.visible_to(self.user).of_kind(kind), PARTNER_FINDER)

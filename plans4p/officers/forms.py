"""The forms of lead responsible officers and their trainings."""

from typing import ClassVar

from disruptions.record.queries import THREATS
from disruptions.threats.models import Threat
from plans4p.directory.queries import OFFICER_FINDER
from plans4p.editing.forms import PageForm, formfield
from plans4p.officers.models import LeadOfficer, Training


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
        self.look_up("mentor", others.select_related("organisation"), OFFICER_FINDER)
        threats = Threat.objects.visible_to(self.user).of_kind(kind).select_related("organisation")
        self.look_up("threats", threats, THREATS)
        also = "Beside those of the plans that they own, one a line."
        self.fields["threats"].help_text = f"{also} {THREATS.hint}"


class TrainingForm(PageForm):
    class Meta:
        model = Training
        formfield_callback = formfield
        fields = ("subject", "completed_on")

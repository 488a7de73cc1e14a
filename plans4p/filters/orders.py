"""What the list of ancillary orders can be narrowed to. Nothing in it is the name of a subject."""

from django.db.models import QuerySet
from django.forms import HiddenInput

from disruptions.filters.fields import ThreatReferenceFilter
from disruptions.filters.record import OrganisationsFilter, RegionsFilter
from plans4p.choices import OrderKind, Setting
from plans4p.filters.kinds import KindSet
from plans4p.models import AncillaryOrder
from plans4p.selectors.orders import ENDING_WITHIN, RELEASE_PLANNED_WITHIN, WHEN, release_unplanned
from soc_tracker.lib.filter_fields import ChoicesFilter, DayFilter, OneChoiceFilter, WordsFilter

STANDS = (
    ("in_force", "In force today"),
    ("ending", f"In force, with its end or the release within {ENDING_WITHIN} days"),
    ("ended", "Ended"),
    ("to_come", "Not in force yet"),
)


class OrderFilter(KindSet):
    """Orders of one kind of data, as things stand today."""

    q = WordsFilter(label="Words in references, unit or manager")
    when = OneChoiceFilter(field_name="in_force_from", choices=STANDS, label="When", method="that_stand")
    setting = ChoicesFilter(choices=Setting.choices, label="Where the subject is")
    manager = OneChoiceFilter(choices=[("none", "Nobody")], label="Managed by", method="without_manager")
    release = OneChoiceFilter(
        field_name="release_plan",
        choices=[("unplanned", f"Due within {RELEASE_PLANNED_WITHIN} days, and not planned for")],
        label="Release",
        method="release_not_planned",
    )
    region = RegionsFilter()
    organisation = OrganisationsFilter()
    kind = ChoicesFilter(choices=OrderKind.choices, label="Kind of order")
    made_from = DayFilter(field_name="made_on", lookup_expr="gte", label="Made from")
    made_to = DayFilter(field_name="made_on", lookup_expr="lte", label="Made to")
    expires_from = DayFilter(field_name="expires_on", lookup_expr="gte", label="Ends from")
    expires_to = DayFilter(field_name="expires_on", lookup_expr="lte", label="Ends to")
    threat = ThreatReferenceFilter(field_name="threat", label="Threat", widget=HiddenInput)

    class Meta:
        model = AncillaryOrder
        fields = ()

    def that_stand(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return WHEN[value](queryset, self.today)

    def without_manager(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.without_manager()

    def release_not_planned(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return release_unplanned(queryset, self.today)

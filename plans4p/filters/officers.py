"""What the network of lead responsible officers can be narrowed to."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.forms import HiddenInput

from disruptions.filters.fields import ThreatReferenceFilter
from disruptions.filters.record import OrganisationsFilter, RegionsFilter
from plans4p.filters.kinds import KindSet
from plans4p.models import LeadOfficer, Plan, Training
from soc_tracker.lib.filter_fields import OneChoiceFilter, WordsFilter


class HeldThreatFilter(ThreatReferenceFilter):
    """Officers who hold the threat, by an open plan or by name."""

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        if not value:
            return qs
        owned = Plan.objects.open().filter(owner=OuterRef("pk"), threat=self.key)
        named = LeadOfficer.threats.through.objects.filter(leadofficer=OuterRef("pk"), threat=self.key)
        return qs.filter(Q(Exists(owned)) | Q(Exists(named)))


class OfficerFilter(KindSet):
    """Officers of one kind of data, those who have left the role among them unless it is asked otherwise."""

    q = WordsFilter(label="Words in name or rank")
    region = RegionsFilter()
    organisation = OrganisationsFilter()
    role = OneChoiceFilter(
        field_name="is_active",
        choices=[("in", "In the role now"), ("left", "No longer in it")],
        label="Role",
        method="in_the_role",
    )
    trained = OneChoiceFilter(
        field_name="trainings",
        choices=[("yes", "Trained"), ("no", "No training on record")],
        label="Training",
        method="trained_or_not",
    )
    time = OneChoiceFilter(
        field_name="share_of_time",
        choices=[("stated", "Stated"), ("none", "Not stated")],
        label="Share of time",
        method="time_stated_or_not",
    )
    mentor = OneChoiceFilter(choices=[("none", "Nobody")], label="Mentor", method="without_mentor")
    threat = HeldThreatFilter(field_name="threats", label="Holds the threat", widget=HiddenInput)

    class Meta:
        model = LeadOfficer
        fields = ()

    def in_the_role(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(is_active=value == "in")

    def trained_or_not(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        trained = Exists(Training.objects.filter(officer=OuterRef("pk")))
        return queryset.filter(trained if value == "yes" else ~trained)

    def time_stated_or_not(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(share_of_time__isnull=value == "none")

    def without_mentor(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(mentor__isnull=True)

"""Recommendations."""

from datetime import date, timedelta

from django.db.models import QuerySet

from forces.filters import other_names
from inspections.choices import (
    RecommendationStatus,
)
from inspections.filters.shared import (
    InspectionsFilter,
    OrganisationsFilter,
    ProgrammesFilter,
    RegionsFilter,
    SourcesFilter,
)
from inspections.models import (
    Recommendation,
)
from soc_tracker.lib.filter_fields import ChoicesFilter, DayFilter, OneChoiceFilter, WordsFilter
from soc_tracker.lib.filters import StrictFilterSet


class RecommendationFilter(StrictFilterSet):
    q = WordsFilter(
        fields=("folded", "finding__folded", "addressed_to__folded"),
        elsewhere=(other_names("addressed_to"),),
        label="Words",
    )
    status = ChoicesFilter(choices=RecommendationStatus.choices, label="Status")
    overdue = OneChoiceFilter(
        field_name="due_on", choices=[("yes", "Only overdue")], label="Overdue", method="only_overdue"
    )
    due_within = OneChoiceFilter(
        field_name="due_on",
        choices=[(str(days), f"The next {days} days, not closed") for days in (30, 90, 365)],
        label="Due within",
        method="only_due_within",
        empty_label="Any time",
    )
    due_from = DayFilter(field_name="due_on", label="Due from", method="only_due_from")
    due_to = DayFilter(field_name="due_on", label="Due to (that day included)", method="only_due_to")
    organisation = OrganisationsFilter("addressed_to__slug")
    region = RegionsFilter(organisation="addressed_to", region="finding__region", label="Region")
    programme = ProgrammesFilter("finding__inspection__programme__slug")
    inspection = InspectionsFilter("finding__inspection__slug")
    source = SourcesFilter()

    class Meta:
        model = Recommendation
        fields = ()

    def only_overdue(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.overdue(self.today)

    def only_due_within(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        last = self.today + timedelta(days=int(value))
        return queryset.not_closed().due_from(self.today).due_to(last)

    def only_due_from(self, queryset: QuerySet, name: str, value: date) -> QuerySet:
        return queryset.due_from(value)

    def only_due_to(self, queryset: QuerySet, name: str, value: date) -> QuerySet:
        return queryset.due_to(value)

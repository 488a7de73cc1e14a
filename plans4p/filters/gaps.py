"""What the lists of gaps between plans and the record can be narrowed to: as the lists of the record itself."""

from collections.abc import Sequence
from typing import ClassVar

from django.db.models import QuerySet

from disruptions.filters.disruptions import BEYOND_COUNTS, DisruptionFilter
from disruptions.filters.threats import ThreatFilter
from disruptions.models import Disruption, Threat
from disruptions.selectors.threats import threats_as_at
from plans4p.selectors.gaps import has_no_plan, of_planned_threats, unforeseen
from soc_tracker.lib.filter_fields import ChoicesFilter


class UnplannedFilter(ThreatFilter):
    """Threats on the master list of a day for which no body has an open plan now."""

    list = None  # it is always the master list,
    phase = assessment_type = moderation = soc = extract = None  # which says these

    class Meta:
        model = Threat
        fields = ()

    def standing(self, queryset: QuerySet) -> QuerySet:
        return threats_as_at(queryset, self.standpoint).on_master_list().filter(has_no_plan())


class UnforeseenFilter(DisruptionFilter):
    """Disruptions that are linked to no aim of any plan."""

    plan = ChoicesFilter(
        field_name="threat",
        choices=[("open", "Has an open plan"), ("none", "Has no open plan")],
        label="Their threat",
        method="with_or_without_plan",
    )
    beyond_counts: ClassVar = (*BEYOND_COUNTS, "plan")

    class Meta:
        model = Disruption
        fields = ()

    def standing(self, queryset: QuerySet) -> QuerySet:
        return unforeseen(super().standing(queryset), self.standpoint)

    def with_or_without_plan(self, queryset: QuerySet, name: str, value: Sequence[str]) -> QuerySet:
        """Both choices together leave all, as none does."""
        return of_planned_threats(queryset, value[0] == "open") if len(value) == 1 else queryset

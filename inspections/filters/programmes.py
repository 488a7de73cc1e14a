"""Programmes and inspections."""

from django.db.models import Q, QuerySet

from inspections.choices import (
    GradeScale,
)
from inspections.filters.shared import (
    NAMES,
    OTHER_NAMES,
    OrganisationsFilter,
    ProgrammesFilter,
    RegionsFilter,
    SourcesFilter,
)
from inspections.models import (
    Grading,
    Inspection,
    Programme,
)
from soc_tracker.lib.filter_fields import ChoicesFilter, WordsFilter
from soc_tracker.lib.filters import StrictFilterSet


class ProgrammeFilter(StrictFilterSet):
    q = WordsFilter(fields=("folded", "folded_note"), label="Words")
    scale = ChoicesFilter(choices=GradeScale.choices, label="Grade scale")

    class Meta:
        model = Programme
        fields = ()


class InspectionFilter(StrictFilterSet):
    q = WordsFilter(fields=("folded", "programme__folded", *NAMES), elsewhere=OTHER_NAMES, label="Words")
    programme = ProgrammesFilter("programme__slug")
    organisation = OrganisationsFilter(method="inspected")
    region = RegionsFilter(label="Region")
    source = SourcesFilter()

    class Meta:
        model = Inspection
        fields = ()

    def inspected(self, queryset: QuerySet, name: str, slugs: list[str]) -> QuerySet:
        """Inspections of one of the organisations, alone or with its region."""
        graded = Grading.objects.filter(organisation__slug__in=slugs)
        return queryset.filter(Q(organisation__slug__in=slugs) | Q(pk__in=graded.values("inspection")))

"""Findings."""

from django.db.models import QuerySet

from inspections.choices import (
    FindingKind,
    FindingStatus,
    Section,
    Tone,
)
from inspections.filters.shared import (
    NAMES,
    OTHER_NAMES,
    InspectionsFilter,
    OrganisationsFilter,
    ProgrammesFilter,
    RegionsFilter,
    SourcesFilter,
)
from inspections.models import (
    Finding,
    Topic,
)
from soc_tracker.lib.filter_fields import ChoicesFilter, Elsewhere, OneChoiceFilter, SlugsFilter, WordsFilter
from soc_tracker.lib.filters import StrictFilterSet


class FindingFilter(StrictFilterSet):
    q = WordsFilter(
        fields=("folded", *NAMES),
        elsewhere=(*OTHER_NAMES, Elsewhere("Topic", "pk", Finding.topics.through, "finding", "topic__folded")),
        label="Words",
    )
    kind = ChoicesFilter(choices=FindingKind.choices, label="Kind")
    tone = ChoicesFilter(choices=Tone.choices, label="Tone")
    topic = SlugsFilter("topics__slug", records=Topic.objects.visible_to, label="Topic", method="on_one_of_the_topics")
    organisation = OrganisationsFilter()
    region = RegionsFilter(label="Region")
    about = OneChoiceFilter(
        field_name="region",
        choices=[("region", "Regions as a whole"), ("organisation", "Single bodies")],
        label="About",
        method="about_a",
    )
    programme = ProgrammesFilter()
    section = ChoicesFilter(choices=Section.choices, label="Section of the report")
    status = ChoicesFilter(choices=FindingStatus.choices, label="Status")
    inspection = InspectionsFilter()
    source = SourcesFilter()

    class Meta:
        model = Finding
        fields = ()

    def about_a(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(region__isnull=value != "region")

    def on_one_of_the_topics(self, queryset: QuerySet, name: str, slugs: list[str]) -> QuerySet:
        """By subquery: a join would list a finding once a topic."""
        about = Finding.topics.through.objects.filter(topic__slug__in=slugs)
        return queryset.filter(pk__in=about.values("finding"))

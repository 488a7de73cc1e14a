"""What the list of Clear, Hold, Build sites can be narrowed to."""

from collections.abc import Sequence

from django.db.models import QuerySet

from disruptions.filters.record import OrganisationsFilter, RegionsFilter
from plans4p.choices import Phase
from plans4p.filters.kinds import KindSet
from plans4p.models import Partner, Site
from plans4p.selectors.sites import NO_PHASE, in_phases
from soc_tracker.lib.filter_fields import ChoicesFilter, SlugsFilter, WordsFilter


class SiteFilter(KindSet):
    """Sites of one kind of data."""

    q = WordsFilter(label="Words")
    region = RegionsFilter()
    organisation = OrganisationsFilter()
    phase = ChoicesFilter(
        "phases",
        choices=[*Phase.choices, (NO_PHASE, "None")],
        label="Phase that runs today",
        method="in_phase",
    )
    partner = SlugsFilter(
        "partners__slug", records=Partner.objects.visible_to, label="Partner", hidden=True, method="with_partner"
    )

    class Meta:
        model = Site
        fields = ()

    def in_phase(self, queryset: QuerySet, name: str, phases: Sequence[str]) -> QuerySet:
        return in_phases(queryset, phases, self.today) if phases else queryset

    def with_partner(self, queryset: QuerySet, name: str, slugs: Sequence[str]) -> QuerySet:
        """By subquery: a join would list a site once a partner."""
        links = Site.partners.through.objects.filter(partner__slug__in=slugs)
        return queryset.filter(pk__in=links.values("site")) if slugs else queryset

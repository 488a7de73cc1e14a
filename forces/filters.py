"""What lists of regions and organisations can be narrowed to: the same for page, export and API."""

from django.db.models import Q, QuerySet

from forces.choices import OrganisationKind
from forces.models import Alias, Membership, Organisation, Region
from forces.names import normalise
from soc_tracker.lib.filter_fields import ChoicesFilter, SlugsFilter, WordsFilter
from soc_tracker.lib.filters import StrictFilterSet


class NamesFilter(WordsFilter):
    """Organisations in whose name, short name or aliases every given word occurs."""

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        for word in value.split():
            named = Q(name__icontains=word) | Q(short_name__icontains=word)
            if spelled := normalise(word):
                named |= Q(pk__in=Alias.objects.filter(normalised__contains=spelled).values("organisation"))
            qs = qs.filter(named)
        return qs


class RegionFilter(StrictFilterSet):
    q = WordsFilter(fields=("name", "note"), label="Words")

    class Meta:
        model = Region
        fields = ()


class BodyFilter(StrictFilterSet):
    """Organisations of one kind."""

    q = NamesFilter(fields=("name",), label="Name")
    region = SlugsFilter(
        field_name="regions__slug", records=Region.objects.visible_to, label="Region", method="in_regions"
    )

    class Meta:
        model = Organisation
        fields = ()

    def in_regions(self, queryset: QuerySet, name: str, slugs: list[str]) -> QuerySet:
        """Those that belong to one of the regions today."""
        members = Membership.objects.valid_on(self.today).filter(region__slug__in=slugs)
        return queryset.filter(pk__in=members.values("organisation"))


class OrganisationFilter(BodyFilter):
    kind = ChoicesFilter(choices=OrganisationKind.choices, label="Kind")

"""What lists of regions and organisations can be narrowed to: the same for page, export and API."""

from django.db.models import QuerySet

from forces.choices import OrganisationKind
from forces.models import Alias, Membership, Organisation, Region
from soc_tracker.lib.filter_fields import ChoicesFilter, Elsewhere, SlugsFilter, WordsFilter
from soc_tracker.lib.filters import StrictFilterSet


def other_names(organisation: str) -> Elsewhere:
    """The other names of the organisation to which a path leads, such as the Welsh one."""
    return Elsewhere("Other name", organisation, Alias, "organisation")


class RegionFilter(StrictFilterSet):
    q = WordsFilter(fields=("folded", "folded_note"), label="Words")

    class Meta:
        model = Region
        fields = ()


class BodyFilter(StrictFilterSet):
    """Organisations of one kind."""

    q = WordsFilter(elsewhere=(other_names("pk"),), label="Name or ONS code")
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

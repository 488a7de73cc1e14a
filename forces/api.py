"""Regions and organisations in the API."""

from rest_framework import serializers

from forces.models import Organisation, Region
from forces.pages import BODY_COLUMNS, REGION_COLUMNS, OrganisationFilter, RegionFilter
from soc_tracker.core.lists.api import ReadOnlyViewSet, RowSerializer


class RegionSerializer(RowSerializer):
    columns = REGION_COLUMNS

    class Meta:
        model = Region


class MembershipSerializer(serializers.Serializer):
    """A place in a region; ends are inclusive, null means not known or still open."""

    region = serializers.SlugField(source="region.slug")
    valid_from = serializers.DateField(allow_null=True)
    valid_to = serializers.DateField(allow_null=True)


class OrganisationSerializer(RowSerializer):
    """``population`` is persons at a census, ``officers`` full-time equivalents, each on its own date."""

    columns = BODY_COLUMNS
    more = ("kind", "aliases", "memberships")
    memberships = MembershipSerializer(many=True, read_only=True)
    aliases = serializers.SlugRelatedField(many=True, read_only=True, slug_field="name")

    class Meta:
        model = Organisation


class RegionViewSet(ReadOnlyViewSet):
    """The ten regions. A region is never graded."""

    permission = "forces.read_body"
    queryset = Region.objects.all()
    serializer_class = RegionSerializer
    filterset_class = RegionFilter
    lookup_field = "slug"


class OrganisationViewSet(ReadOnlyViewSet):
    """Forces, regional organised crime units and other bodies."""

    permission = "forces.read_body"
    queryset = Organisation.objects.prefetch_related("memberships__region", "aliases")
    serializer_class = OrganisationSerializer
    filterset_class = OrganisationFilter
    lookup_field = "slug"

"""Regions and organisations in the API."""

from rest_framework import serializers

from forces.models import BodySize, Organisation, Region
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


class SizeSerializer(serializers.ModelSerializer):
    """A size on a day, and where it is stated; nothing is to be divided by it where ``no_rate_because`` says why."""

    source = serializers.SlugRelatedField(read_only=True, slug_field="slug")

    class Meta:
        model = BodySize
        fields = ("measure", "value", "as_at", "no_rate_because", "source", "locator")


class OrganisationSerializer(RowSerializer):
    """``population`` is persons, ``officers`` full-time equivalents: the newest of ``sizes``, each on its own date."""

    columns = BODY_COLUMNS
    more = ("kind", "aliases", "memberships", "sizes")
    population = serializers.IntegerField(read_only=True, allow_null=True)
    population_as_at = serializers.DateField(read_only=True, allow_null=True)
    officers = serializers.DecimalField(12, 2, read_only=True, allow_null=True)
    officers_as_at = serializers.DateField(read_only=True, allow_null=True)
    sizes = SizeSerializer(many=True, read_only=True)
    memberships = MembershipSerializer(many=True, read_only=True)
    aliases = serializers.SlugRelatedField(many=True, read_only=True, slug_field="name")

    class Meta:
        model = Organisation


class RegionViewSet(ReadOnlyViewSet):
    """Regions. A region is never graded."""

    permission = "forces.read_body"
    queryset = Region.objects.all()
    serializer_class = RegionSerializer
    filterset_class = RegionFilter
    lookup_field = "slug"


class OrganisationViewSet(ReadOnlyViewSet):
    """Forces, regional organised crime units and other bodies."""

    permission = "forces.read_body"
    queryset = Organisation.objects.with_sizes().prefetch_related("memberships__region", "aliases", "sizes__source")
    serializer_class = OrganisationSerializer
    filterset_class = OrganisationFilter
    lookup_field = "slug"

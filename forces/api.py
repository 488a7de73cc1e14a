"""Regions and organisations in the API."""

from rest_framework import serializers

from forces.models import Organisation, Region
from forces.pages import OrganisationFilter, RegionFilter
from soc_tracker.core.lists.api import ReadOnlyViewSet


class RegionSerializer(serializers.ModelSerializer):
    class Meta:
        model = Region
        fields = ["slug", "name", "note"]


class MembershipSerializer(serializers.Serializer):
    """A place in a region; ends are inclusive, null means not known or still open."""

    region = serializers.SlugField(source="region.slug")
    valid_from = serializers.DateField(allow_null=True)
    valid_to = serializers.DateField(allow_null=True)


class OrganisationSerializer(serializers.ModelSerializer):
    """``population`` is persons at a census, ``officers`` full-time equivalents, each on its own date."""

    memberships = MembershipSerializer(many=True, read_only=True)
    aliases = serializers.SlugRelatedField(many=True, read_only=True, slug_field="name")

    class Meta:
        model = Organisation
        fields = [
            "slug",
            "name",
            "short_name",
            "kind",
            "ons_code",
            "aliases",
            "memberships",
            "valid_from",
            "valid_to",
            "population",
            "population_as_at",
            "officers",
            "officers_as_at",
        ]


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

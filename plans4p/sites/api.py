"""Clear, Hold, Build sites in the API."""

from rest_framework import serializers

from plans4p.directory.api import KindViewSet, Slug
from plans4p.sites.models import Site, SitePhase
from plans4p.sites.pages import SiteFilter
from plans4p.sites.queries import for_list


class PhaseSerializer(serializers.ModelSerializer):
    """``ends_on`` is the last day; null: not ended."""

    class Meta:
        model = SitePhase
        fields = ["phase", "starts_on", "ends_on"]


class SiteSerializer(serializers.ModelSerializer):
    organisation = Slug()
    phases = PhaseSerializer(many=True, read_only=True)
    partners = Slug(many=True)

    class Meta:
        model = Site
        fields = ["slug", "place", "organisation", "phases", "partners", "measures", "evaluation", "kind_of_data"]


class SiteViewSet(KindViewSet):
    """Places that police, partners and residents take back from organised crime. Phases may overlap."""

    permission = "plans4p.read_directory"
    queryset = for_list(Site.objects.all())
    serializer_class = SiteSerializer
    filterset_class = SiteFilter
    lookup_field = "slug"

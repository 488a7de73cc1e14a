"""Clear, Hold, Build sites in the API."""

from rest_framework import serializers

from plans4p.directory.api import KindViewSet
from plans4p.sites.models import Site, SitePhase
from plans4p.sites.pages import LIST_COLUMNS, SiteFilter
from plans4p.sites.queries import for_list
from soc_tracker.core.lists.api import RowSerializer


class PhaseSerializer(serializers.ModelSerializer):
    """``ends_on`` is the last day; null: not ended."""

    class Meta:
        model = SitePhase
        fields = ["phase", "starts_on", "ends_on"]


class SiteSerializer(RowSerializer):
    columns = LIST_COLUMNS
    phases = PhaseSerializer(many=True, read_only=True)

    class Meta:
        model = Site


class SiteViewSet(KindViewSet):
    """Places that police, partners and residents take back from organised crime. Phases may overlap."""

    permission = "plans4p.read_directory"
    queryset = for_list(Site.objects.all())
    serializer_class = SiteSerializer
    filterset_class = SiteFilter
    lookup_field = "slug"

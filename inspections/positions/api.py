"""What bodies say of themselves, as JSON."""

from rest_framework import serializers

from inspections.pages import OrganisationsFilter, RegionsFilter
from inspections.positions.models import Position
from soc_tracker.core.lists.api import ReadOnlyViewSet, RowSerializer
from soc_tracker.core.lists.filters import StrictFilterSet


class PositionFilter(StrictFilterSet):
    organisation = OrganisationsFilter()
    region = RegionsFilter(region="", label="Region")

    class Meta:
        model = Position
        fields = ()


class PositionSerializer(RowSerializer):
    """``requirement`` is the key of what must change: see the list of requirements, which has the status here."""

    more = (
        *("id", "requirement", "organisation", "on", "status", "implementation", "note", "source", "locator"),
        "kind_of_data",
    )
    kind_of_data = serializers.CharField(read_only=True)

    class Meta:
        model = Position


class PositionViewSet(ReadOnlyViewSet):
    """Where bodies themselves see what they have to change, of the bodies that you reach."""

    permission = "inspections.read_published"
    queryset = Position.objects.select_related("organisation", "source")
    serializer_class = PositionSerializer
    filterset_class = PositionFilter

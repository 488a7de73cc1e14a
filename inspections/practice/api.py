"""What bodies have done with the practices of others, as JSON."""

from rest_framework import serializers

from inspections.pages import OrganisationsFilter
from inspections.practice.choices import UptakeState
from inspections.practice.models import Uptake
from soc_tracker.core.lists.api import ReadOnlyViewSet, RowSerializer
from soc_tracker.core.lists.filter_fields import ChoicesFilter
from soc_tracker.core.lists.filters import StrictFilterSet


class UptakeFilter(StrictFilterSet):
    state = ChoicesFilter(choices=UptakeState.choices, label="What it has done")
    organisation = OrganisationsFilter()

    class Meta:
        model = Uptake
        fields = ()


class UptakeSerializer(RowSerializer):
    more = ("id", "practice", "organisation", "state", "on", "note", "kind_of_data")
    kind_of_data = serializers.CharField(default="recorded", read_only=True)

    class Meta:
        model = Uptake


class UptakeViewSet(ReadOnlyViewSet):
    """Steps that bodies took with the practices of others; the latest of each pair says where the two stand."""

    permission = "inspections.read_published"
    queryset = Uptake.objects.select_related("practice", "organisation")
    serializer_class = UptakeSerializer
    filterset_class = UptakeFilter

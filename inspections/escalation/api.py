"""The rungs on which bodies stand and stood, as JSON."""

from django.utils.timezone import localdate
from rest_framework import serializers

from inspections.escalation.models import MonitoringPeriod
from inspections.pages import OrganisationsFilter, RegionsFilter
from inspections.vocabularies.models import MonitoringStage
from soc_tracker.core.lists.api import ReadOnlyViewSet, RowSerializer
from soc_tracker.core.lists.filter_fields import ChoicesFilter
from soc_tracker.core.lists.filters import StrictFilterSet


class MonitoringFilter(StrictFilterSet):
    stage = ChoicesFilter(choices=MonitoringStage.words, label="Rung")
    organisation = OrganisationsFilter()
    region = RegionsFilter(region="", label="Region")

    class Meta:
        model = MonitoringPeriod
        fields = ()


class RungSerializer(RowSerializer):
    """Days are the first of the span that their precision makes known; ``ended_on`` is null while it goes on.

    ``days_least`` and ``days_most`` are how long it stood there, as far as its dates tell, and until today at most.
    """

    more = (
        *("id", "organisation", "stage", "started_on", "started_precision", "ended_on", "ended_precision"),
        *("reason", "skipped", "source", "locator", "kind_of_data"),
        *("days_least", "days_most"),
    )
    kind_of_data = serializers.CharField(read_only=True)
    days_least = serializers.SerializerMethodField()
    days_most = serializers.SerializerMethodField()

    class Meta:
        model = MonitoringPeriod

    def get_days_least(self, period: MonitoringPeriod) -> int:
        return period.days(localdate())[0]

    def get_days_most(self, period: MonitoringPeriod) -> int:
        return period.days(localdate())[1]


class RungViewSet(ReadOnlyViewSet):
    """How closely bodies are watched and pressed over time; what is not public only of the bodies that you reach."""

    permission = "inspections.read_published"
    queryset = MonitoringPeriod.objects.for_list()
    serializer_class = RungSerializer
    filterset_class = MonitoringFilter

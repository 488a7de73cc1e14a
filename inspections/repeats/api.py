"""Findings that are of one problem, and what later inspections say of earlier findings, as JSON."""

from django.db.models import Q
from rest_framework import serializers

from inspections.pages import InspectionsFilter
from inspections.repeats.choices import RevisitOutcome
from inspections.repeats.models import Pairing, Revisit
from soc_tracker.core.lists.api import ReadOnlyViewSet, RowSerializer
from soc_tracker.core.lists.filter_fields import ChoicesFilter, ConditionFilter
from soc_tracker.core.lists.filters import StrictFilterSet


class RevisitFilter(StrictFilterSet):
    outcome = ChoicesFilter(choices=RevisitOutcome.choices, label="What has become of it")
    inspection = InspectionsFilter()

    class Meta:
        model = Revisit
        fields = ()


class PairingFilter(StrictFilterSet):
    is_one_problem = ConditionFilter(
        ("true", "One problem", Q(is_one_problem=True)),
        ("false", "Not one problem", Q(is_one_problem=False)),
        label="Judged as",
    )

    class Meta:
        model = Pairing
        fields = ()


class RevisitSerializer(RowSerializer):
    more = ("id", "finding", "inspection", "outcome", "summary", "kind_of_data", "source", "locator")
    kind_of_data = serializers.CharField(default="published", read_only=True)

    class Meta:
        model = Revisit


class PairingSerializer(RowSerializer):
    """``on`` is the day on which somebody judged the two findings."""

    more = ("id", "first", "second", "is_one_problem", "on", "kind_of_data")
    kind_of_data = serializers.CharField(default="recorded", read_only=True)

    class Meta:
        model = Pairing


class RevisitViewSet(ReadOnlyViewSet):
    """What later inspections say of earlier findings: whether the problem is resolved."""

    permission = "inspections.read_published"
    queryset = Revisit.objects.select_related("finding", "inspection", "source")
    serializer_class = RevisitSerializer
    filterset_class = RevisitFilter


class PairingViewSet(ReadOnlyViewSet):
    """Two findings that somebody has judged to be of one problem, or not."""

    permission = "inspections.read_published"
    queryset = Pairing.objects.select_related("first", "second")
    serializer_class = PairingSerializer
    filterset_class = PairingFilter

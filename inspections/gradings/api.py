"""What the grades of each scale stand for, as JSON."""

from rest_framework import serializers

from inspections.gradings.models import Characteristic
from inspections.pages import SourcesFilter
from inspections.vocabularies.models import Grade, GradeScale
from soc_tracker.core.lists.api import ReadOnlyViewSet, RowSerializer
from soc_tracker.core.lists.filter_fields import ChoicesFilter
from soc_tracker.core.lists.filters import StrictFilterSet


class CharacteristicFilter(StrictFilterSet):
    scale = ChoicesFilter(choices=GradeScale.words, label="Grade scale")
    grade = ChoicesFilter(choices=Grade.words, label="Grade")
    source = SourcesFilter()

    class Meta:
        model = Characteristic
        fields = ()


class CharacteristicSerializer(RowSerializer):
    more = ("id", "scale", "grade", "text", "source", "locator", "kind_of_data")
    kind_of_data = serializers.CharField(default="published", read_only=True)

    class Meta:
        model = Characteristic


class CharacteristicViewSet(ReadOnlyViewSet):
    """What documents say of bodies with each grade of a scale, in our own words."""

    permission = "inspections.read_published"
    queryset = Characteristic.objects.select_related("source")
    serializer_class = CharacteristicSerializer
    filterset_class = CharacteristicFilter

"""Lead responsible officers in the API."""

from rest_framework import serializers

from plans4p.directory.api import KindViewSet
from plans4p.officers.models import LeadOfficer, Training
from plans4p.officers.pages import OFFICER_COLUMNS, OfficerFilter
from plans4p.officers.queries import with_load
from soc_tracker.core.lists.api import RowSerializer


class TrainingSerializer(serializers.ModelSerializer):
    class Meta:
        model = Training
        fields = ["subject", "completed_on"]


class OfficerSerializer(RowSerializer):
    """``mentor`` is the id of another officer. ``share_of_time`` is a percentage; null: not stated."""

    columns = OFFICER_COLUMNS
    more = ("id",)
    trainings = TrainingSerializer(many=True, read_only=True)
    plans_owned = serializers.IntegerField(read_only=True)
    threats_held = serializers.IntegerField(read_only=True)

    class Meta:
        model = LeadOfficer


class OfficerViewSet(KindViewSet):
    """Who owns 4P plans, with training and load."""

    permission = "plans4p.read_directory"
    queryset = with_load(LeadOfficer.objects.for_list())
    serializer_class = OfficerSerializer
    filterset_class = OfficerFilter

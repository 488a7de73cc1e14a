"""Read-only views of the record with the pages' own filters, as at the day that is asked for."""

from typing import Any

from django.db.models import Model, QuerySet
from django.utils.timezone import localdate
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from disruptions.api.pages import ActivityPages, RecordPages
from disruptions.api.serializers import DisruptionSerializer, ExtractSerializer, ThreatSerializer
from disruptions.filters.disruptions import DisruptionFilter
from disruptions.filters.extracts import ExtractFilter
from disruptions.filters.record import AsAtSet
from disruptions.filters.threats import ThreatFilter
from disruptions.models import Disruption, Extract, Threat
from disruptions.selectors.record import Standpoint, standpoint
from disruptions.selectors.threats import threats_as_at
from soc_tracker.lib.api import ReadOnlyViewSet, as_json

AS_AT = OpenApiParameter("as_at", {"type": "string", "format": "date"}, description="As at: the latest day, if empty")


class RecordViewSet(ReadOnlyViewSet):
    """Rows of one kind of data as at one day: ``data`` and ``as_at`` say which, else the latest on record.

    A single row is of its own kind.
    """

    permission = "disruptions.read_record"
    pagination_class = RecordPages
    standpoint: Standpoint

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        rows = super().filter_queryset(queryset)
        self.standpoint = self.filterset.standpoint
        return rows

    @extend_schema(parameters=[AS_AT])
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().retrieve(request, *args, **kwargs)

    def get_object(self) -> Model:
        nothing, today = self.get_queryset().none(), localdate()
        asked = AsAtSet(self.request.query_params, queryset=nothing, request=self.request, today=today, reserved=())
        if asked.problems:
            raise ValidationError({"problems": [as_json(problem) for problem in asked.problems]})
        wanted = {self.lookup_field: self.kwargs[self.lookup_field]}
        kind = get_object_or_404(self.now(self.get_queryset()), **wanted).kind_of_data
        self.standpoint = standpoint(kind=kind, day=asked.given.get("as_at"), today=today)
        return get_object_or_404(self.as_at(self.get_queryset()), **wanted)

    def now(self, rows: QuerySet) -> QuerySet:
        """Each row once, as it is now."""
        return rows

    def as_at(self, rows: QuerySet) -> QuerySet:
        """Rows as they were at the standpoint."""
        raise NotImplementedError


class ThreatViewSet(RecordViewSet):
    """SOC threats as they stood on a day. ``list=master`` gives the inspectorate's master list of that day."""

    queryset = Threat.objects.for_list()
    serializer_class = ThreatSerializer
    filterset_class = ThreatFilter
    lookup_field = "reference"

    def as_at(self, rows: QuerySet) -> QuerySet:
        return threats_as_at(rows, self.standpoint)


class DisruptionViewSet(RecordViewSet):
    """Disruptions as the record had them on a day, the newest activity first, with their number in all."""

    queryset = Disruption.objects.select_related("organisation", "supported", "threat", "crime_type")
    serializer_class = DisruptionSerializer
    filterset_class = DisruptionFilter
    pagination_class = ActivityPages
    lookup_field = "reference"

    def now(self, rows: QuerySet) -> QuerySet:
        return rows.current()

    def as_at(self, rows: QuerySet) -> QuerySet:
        return rows.as_at(self.standpoint.day)


class ExtractViewSet(RecordViewSet):
    """What was loaded from the national database, taken from it on or before the day."""

    queryset = Extract.objects.all()
    serializer_class = ExtractSerializer
    filterset_class = ExtractFilter

    def as_at(self, rows: QuerySet) -> QuerySet:
        return rows.filter(as_at__lte=self.standpoint.day)

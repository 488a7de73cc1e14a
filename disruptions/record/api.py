"""Pages of the record: each says what it tells of, and the newest activity comes first however many rows there are."""

from typing import Any

from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils.timezone import localdate
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from disruptions.choices import AssessmentType, DataKind, Moderation, ThreatType
from disruptions.columns.models import DISRUPTION_COLUMNS
from disruptions.counts.queries import total
from disruptions.extracts.forms import ExtractFilter
from disruptions.extracts.models import Extract
from disruptions.record.models import Disruption
from disruptions.record_list.forms import DisruptionFilter
from disruptions.standpoint.forms import AsAtSet
from disruptions.standpoint.queries import Standpoint, standpoint
from disruptions.threats.forms import ThreatFilter
from disruptions.threats.models import Threat
from disruptions.threats.queries import threats_as_at
from soc_tracker.core.lists.api import CursorPages, ProblemsError, ReadOnlyViewSet
from soc_tracker.core.lists.filters import PAGE_TOKENS
from soc_tracker.core.lists.paging import PageTokenError, keyset_page

STANDPOINT = {
    "kind_of_data": {"type": "string", "description": " or ".join(DataKind.values)},
    "as_at": {"type": "string", "format": "date"},
}


class RecordPages(CursorPages):
    """Pages whose every answer says its kind of data and the day that it is as at."""

    def paginate_queryset(self, queryset: QuerySet, request: Request, view: Any = None) -> list[Any] | None:
        self.standpoint = view.standpoint
        return super().paginate_queryset(queryset, request, view)

    def get_paginated_response(self, data: Any) -> Response:
        links = {"next": self.get_next_link(), "previous": self.get_previous_link()}
        told = {"kind_of_data": self.standpoint.kind, "as_at": self.standpoint.day.isoformat()}
        return Response({**links, **told, "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        found = super().get_paginated_response_schema(schema)
        found["properties"] = {**STANDPOINT, **found["properties"]}
        found["required"] = [*found["required"], *STANDPOINT]
        return found


class ActivityPages(RecordPages):
    """Disruptions, the newest activity first, with their number in all.

    The cursor names a row, not a distance, so any page is as quick as the first.
    """

    order = ("-activity_date", "-pk")

    def paginate_queryset(self, queryset: QuerySet, request: Request, view: Any = None) -> list[Any]:
        self.standpoint, self.request = view.standpoint, request
        self.total = total(view.filterset.scope)
        size, tokens = self.get_page_size(request), self._tokens(request)
        try:
            self.page = keyset_page(queryset, self.order, params=tokens, size=size, total=self.total)
        except PageTokenError as error:
            raise NotFound(self.invalid_cursor_message) from error
        return self.page.rows

    def get_next_link(self) -> str | None:
        return self._link(self.page.older_url)

    def get_previous_link(self) -> str | None:
        return self._link(self.page.newer_url)

    def get_paginated_response(self, data: Any) -> Response:
        answer = super().get_paginated_response(data)
        answer.data = {"count": self.total, **answer.data}
        return answer

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        found = super().get_paginated_response_schema(schema)
        found["properties"] = {"count": {"type": "integer"}, **found["properties"]}
        found["required"] = ["count", *found["required"]]
        return found

    def _tokens(self, request: Request) -> QueryDict:
        """The cursor as the page token that it holds. Raises NotFound where it is not one that this API gave."""
        tokens = QueryDict(mutable=True)
        if cursor := request.query_params.get(self.cursor_query_param):
            direction, _, token = cursor.partition(".")
            if direction not in PAGE_TOKENS or not token:
                raise NotFound(self.invalid_cursor_message)
            tokens[direction] = token
        return tokens

    def _link(self, neighbour: str) -> str | None:
        """The address of a neighbouring page as an address of the API."""
        for direction, token in QueryDict(neighbour.removeprefix("?")).items():
            return replace_query_param(
                self.request.build_absolute_uri(), self.cursor_query_param, f"{direction}.{token}"
            )
        return None


# Rows as JSON. Dates are ISO. Null means that the record does not say.


class Slug(serializers.SlugRelatedField):
    """A related row by its slug."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(slug_field="slug", read_only=True, **kwargs)


class AsAtField(serializers.DateField):
    """The day of the view's standpoint, whatever the row."""

    def __init__(self) -> None:
        super().__init__(source="*", read_only=True)

    def to_representation(self, value: Any) -> str:
        return super().to_representation(self.context["view"].standpoint.day)


class ThreatSerializer(serializers.ModelSerializer):
    """What the threat was on the day: ``type`` and the fields after it are null where nothing says so."""

    organisation = Slug(allow_null=True)
    crime_types = Slug(many=True)
    area = serializers.CharField(source="area.name", allow_null=True, default=None, read_only=True)
    type = serializers.ChoiceField(ThreatType.choices, allow_null=True, read_only=True)
    tier = serializers.IntegerField(allow_null=True, read_only=True)
    phase = serializers.CharField(allow_null=True, allow_blank=True, read_only=True)
    assessment_type = serializers.ChoiceField(AssessmentType.choices, allow_null=True, read_only=True)
    moderation = serializers.ChoiceField(Moderation.choices, allow_null=True, read_only=True)
    soc = serializers.BooleanField(source="is_soc", allow_null=True, read_only=True)
    since = serializers.DateField(source="valid_from", allow_null=True, read_only=True)
    score = serializers.DecimalField(9, 2, allow_null=True, read_only=True)
    scored_on = serializers.DateField(allow_null=True, read_only=True)
    last_disruption = serializers.DateField(allow_null=True, read_only=True)
    as_at = AsAtField()

    class Meta:
        model = Threat
        fields = [
            *("reference", "name", "first_type", "organisation", "crime_types", "area", "lead_responsible_officer"),
            *("type", "tier", "phase", "assessment_type", "moderation", "soc", "since"),
            *("score", "scored_on", "last_disruption", "extract", "extract_line", "kind_of_data", "as_at"),
        ]


class DisruptionSerializer(serializers.ModelSerializer):
    """What the record said of the disruption on the day, and since when it has said so."""

    threat = serializers.SlugRelatedField(slug_field="reference", read_only=True)
    organisation = Slug()
    supported = Slug(allow_null=True)
    crime_type = Slug(allow_null=True)
    as_at = AsAtField()

    class Meta:
        model = Disruption
        fields = "__all__"

    def get_field_names(self, declared_fields: Any, info: Any) -> list[str]:
        """The columns of the record, and where they come from."""
        columns = [column.name for column in DISRUPTION_COLUMNS]
        return [*columns, "threat_type", "known_from", "extract", "extract_line", "kind_of_data", "as_at"]


class ExtractSerializer(serializers.ModelSerializer):
    """``as_at`` is the day on which the rows were taken from the national database."""

    class Meta:
        model = Extract
        fields = [
            *("id", "contents", "kind_of_data", "file_name", "sha256", "as_at", "loaded_at"),
            *("rows_added", "rows_changed", "rows_unchanged", "rows_refused", "rows_missing"),
        ]


# Read-only views of the record with the pages' own filters, as at the day that is asked for.


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
            raise ProblemsError(*asked.problems)
        wanted = {self.lookup_field: self.kwargs[self.lookup_field]}
        kind = get_object_or_404(self.now(self.get_queryset()), **wanted).kind_of_data
        self.standpoint = standpoint(kind=kind, day=asked.given.get("as_at"), today=today)
        return get_object_or_404(self.as_at(self.get_queryset()), **wanted)

    def now(self, rows: Any) -> QuerySet:
        """Each row once, as it is now."""
        return rows

    def as_at(self, rows: Any) -> QuerySet:
        """Rows as they were at the standpoint."""
        raise NotImplementedError


class ThreatViewSet(RecordViewSet):
    """SOC threats as they stood on a day. ``list=master`` gives the inspectorate's master list of that day."""

    queryset = Threat.objects.for_list()
    serializer_class = ThreatSerializer
    filterset_class = ThreatFilter
    lookup_field = "reference"

    def as_at(self, rows: Any) -> QuerySet:
        return threats_as_at(rows, self.standpoint)


class DisruptionViewSet(RecordViewSet):
    """Disruptions as the record had them on a day, the newest activity first, with their number in all."""

    queryset = Disruption.objects.select_related("organisation", "supported", "threat", "crime_type")
    serializer_class = DisruptionSerializer
    filterset_class = DisruptionFilter
    pagination_class = ActivityPages
    lookup_field = "reference"

    def now(self, rows: Any) -> QuerySet:
        return rows.current()

    def as_at(self, rows: Any) -> QuerySet:
        return rows.as_at(self.standpoint.day)


class ExtractViewSet(RecordViewSet):
    """What was loaded from the national database, taken from it on or before the day."""

    queryset = Extract.objects.all()
    serializer_class = ExtractSerializer
    filterset_class = ExtractFilter

    def as_at(self, rows: Any) -> QuerySet:
        return rows.filter(as_at__lte=self.standpoint.day)

"""Pages of the record: each says what it tells of, and the newest activity comes first however many rows there are."""

from collections.abc import Callable, Mapping
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

from disruptions.choices import DataKind
from disruptions.columns.models import DISRUPTION_COLUMNS, THREAT_COLUMNS
from disruptions.counts.queries import total
from disruptions.extracts.forms import ExtractFilter
from disruptions.extracts.models import Extract
from disruptions.record.models import Disruption
from disruptions.record_list.forms import DisruptionFilter
from disruptions.standpoint.forms import AsAtSet
from disruptions.standpoint.queries import Standpoint, standpoint
from disruptions.threats.forms import ThreatFilter
from disruptions.threats.models import Threat, ThreatState
from disruptions.threats.queries import threats_as_at
from soc_tracker.core.access.models import sight_of
from soc_tracker.core.lists.api import CursorPages, ProblemsError, ReadOnlyViewSet, RowSerializer
from soc_tracker.core.lists.filters import PAGE_TOKENS
from soc_tracker.core.lists.paging import PageTokenError, keyset_page
from soc_tracker.core.text.normal import key_of


class RecordPages(CursorPages):
    """Pages whose every answer says its kind of data and the day that it is as at."""

    stated: Mapping[str, Any] = {
        "kind_of_data": {"type": "string", "description": " or ".join(DataKind.values)},
        "as_at": {"type": "string", "format": "date"},
        "known": {"type": "string", "format": "date-time"},
    }
    """What each page says besides its rows: ``known`` is the last write to the record that it takes in."""

    def paginate_queryset(self, queryset: QuerySet, request: Request, view: Any = None) -> list[Any] | None:
        self.standpoint = view.standpoint
        return super().paginate_queryset(queryset, request, view)

    def get_paginated_response(self, data: Any) -> Response:
        links = {"next": self.get_next_link(), "previous": self.get_previous_link()}
        pinned = {name: url and self.pinned(url) for name, url in links.items()}
        return Response({**pinned, **self.statement(), "results": data})

    def pinned(self, url: str) -> str:
        """The address of a page of the same list, from the same standpoint whatever is loaded meanwhile."""
        for name, value in self.standpoint.parameters.items():
            url = replace_query_param(url, name, value)
        return url

    def statement(self) -> dict[str, Any]:
        stands = self.standpoint.parameters
        return {"kind_of_data": stands["data"], "as_at": stands["as_at"], "known": stands["known"]}

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        page = super().get_paginated_response_schema(schema)
        required = [*page["required"], *self.stated]
        return {**page, "properties": {**self.stated, **page["properties"]}, "required": required}


class ActivityPages(RecordPages):
    """Disruptions, the newest activity first, with their number in all.

    The cursor names a row, not a distance, so any page is as quick as the first.
    """

    stated = {"count": {"type": "integer"}, **RecordPages.stated}

    def paginate_queryset(self, queryset: QuerySet, request: Request, view: Any = None) -> list[Any]:
        """Raises NotFound where the cursor is not one that this API gave."""
        self.standpoint, self.request = view.standpoint, request
        self.total = total(view.filterset.scope)
        tokens = QueryDict(mutable=True)
        if cursor := request.query_params.get(self.cursor_query_param):
            direction, _, tokens[direction] = cursor.partition(".")
            if direction not in PAGE_TOKENS or not tokens[direction]:
                raise NotFound(self.invalid_cursor_message)
        order, size = ("-activity_date", "-pk"), self.get_page_size(request)
        try:
            self.page = keyset_page(queryset, order, params=tokens, size=size, total=self.total)
        except PageTokenError as error:
            raise NotFound(self.invalid_cursor_message) from error
        return self.page.rows

    def get_paginated_response(self, data: Any) -> Response:
        """The neighbouring pages of the list, as addresses of the API."""
        here, links = self.request.build_absolute_uri(), []
        for url in (self.page.older_url, self.page.newer_url):
            cursors = [f"{direction}.{token}" for direction, token in QueryDict(url.removeprefix("?")).items()]
            turned = replace_query_param(here, self.cursor_query_param, cursors[0]) if cursors else None
            links.append(turned and self.pinned(turned))
        turns = {"next": links[0], "previous": links[1]}
        return Response({"count": self.total, **turns, **self.statement(), "results": data})


# Rows as JSON. Dates are ISO. Null means that the record does not say.


class AsAtField(serializers.DateField):
    """The day of the view's standpoint, whatever the row."""

    def to_representation(self, value: Any) -> str:
        return super().to_representation(self.context["view"].standpoint.day)


class ThreatSerializer(RowSerializer):
    """What the threat was on the day: what its state says of it is null where nothing says so."""

    area = serializers.CharField(source="area.name", allow_null=True, default=None, read_only=True)
    score = serializers.DecimalField(9, 2, allow_null=True, read_only=True)
    scored_on = serializers.DateField(allow_null=True, read_only=True)
    last_disruption = serializers.DateField(allow_null=True, read_only=True)
    as_at = AsAtField(source="*", read_only=True)

    class Meta:
        model = Threat
        fields = "__all__"

    def get_field_names(self, declared_fields: Any, info: Any) -> list[str]:
        """The columns of threats and of their states, what is worked out of them, and where they come from."""
        own = [each.api or each.name for each in THREAT_COLUMNS if each.model is Threat]
        standing = [each.api or each.name for each in THREAT_COLUMNS if each.model is ThreatState]
        scores = ("score", "scored_on", "last_disruption")
        return [*own, "first_type", *standing, *scores, "extract", "extract_line", "kind_of_data", "as_at"]

    def build_unknown_field(self, field_name: str, model_class: Any) -> tuple[type[serializers.Field], Any]:
        """What a state says, under the name that the API has for it."""
        column = next(each for each in THREAT_COLUMNS if field_name in (each.api, each.name))
        field, options = self.build_standard_field(column.name, column.field)
        source = {} if column.name == field_name else {"source": column.name}
        return field, self.include_extra_kwargs(options, {"read_only": True, "allow_null": True, **source})


class DisruptionSerializer(RowSerializer):
    """What the record said of the disruption on the day, and since when it has said so."""

    as_at = AsAtField(source="*", read_only=True)

    class Meta:
        model = Disruption
        fields = "__all__"

    def get_field_names(self, declared_fields: Any, info: Any) -> list[str]:
        """The columns of the record, and where they come from."""
        columns = [column.name for column in DISRUPTION_COLUMNS]
        return [*columns, "threat_type", "known_from", "extract", "extract_line", "kind_of_data", "as_at"]


class ExtractSerializer(serializers.ModelSerializer):
    """``as_at`` is the day on which the rows were taken from the national database.

    ``is_complete``: it was said to hold all records of its bodies and days; only then were ``rows_missing`` counted.
    ``part_of``: the extract of which these are the refused rows, mended.
    ``undone_at``: since then, the record is as if it had not been loaded.
    """

    class Meta:
        model = Extract
        fields = [
            *("id", "contents", "kind_of_data", "file_name", "sha256", "as_at", "loaded_at"),
            *("rows_added", "rows_changed", "rows_unchanged", "rows_refused", "rows_missing"),
            *("is_complete", "part_of", "rows_withdrawn", "undone_at"),
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
    now: Mapping[str, Any] = {}
    """What only rows as they are now meet, each once."""
    as_at: Callable[..., QuerySet]
    """Rows as they were at a standpoint."""

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        rows = super().filter_queryset(queryset)
        self.standpoint = self.filterset.standpoint
        return rows

    @extend_schema(parameters=[AS_AT])
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().retrieve(request, *args, **kwargs)

    def get_object(self) -> Model:
        nothing, today = self.get_queryset().none(), localdate()
        filters = AsAtSet(self.request.query_params, queryset=nothing, request=self.request, today=today, reserved=())
        if filters.problems:
            raise ProblemsError(*filters.problems)
        wanted = {self.lookup_field: self.kwargs[self.lookup_field]}
        if self.lookup_field == "reference":
            wanted = {"reference_key": key_of(self.kwargs["reference"])}
        kind = get_object_or_404(self.get_queryset().filter(**self.now), **wanted).kind_of_data
        self.standpoint = standpoint(
            sight=sight_of(self.request.user), kind=kind, day=filters.given.get("as_at"), today=today
        )
        return get_object_or_404(self.as_at(self.get_queryset(), self.standpoint), **wanted)


class ThreatViewSet(RecordViewSet):
    """SOC threats as they stood on a day. ``list=master`` gives the inspectorate's master list of that day."""

    queryset = Threat.objects.for_list()
    serializer_class = ThreatSerializer
    filterset_class = ThreatFilter
    lookup_field = "reference"
    as_at = staticmethod(threats_as_at)


class DisruptionViewSet(RecordViewSet):
    """Disruptions as the record had them on a day, the newest activity first, with their number in all."""

    queryset = Disruption.objects.select_related("organisation", "supported", "threat", "crime_type")
    serializer_class = DisruptionSerializer
    filterset_class = DisruptionFilter
    pagination_class = ActivityPages
    lookup_field = "reference"
    now = {"state_of__isnull": True}

    def as_at(self, rows: Any, standpoint: Standpoint) -> QuerySet:
        return rows.as_at(standpoint.day)


class ExtractViewSet(RecordViewSet):
    """What was loaded from the national database, taken from it on or before the day."""

    queryset = Extract.objects.all()
    serializer_class = ExtractSerializer
    filterset_class = ExtractFilter

    def as_at(self, rows: Any, standpoint: Standpoint) -> QuerySet:
        return rows.filter(as_at__lte=standpoint.day)

"""The OpenAPI schema: what every operation may answer besides its rows."""

import re
from dataclasses import asdict
from typing import Any, ClassVar

from django.db.models import QuerySet
from django_filters import DateFilter, MultipleChoiceFilter
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers, viewsets
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.filters import BaseFilterBackend
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

from soc_tracker.core.lists.columns import Column
from soc_tracker.core.lists.filters import LONGEST_VALUE, Problem, StrictFilterSet
from soc_tracker.core.records.models import PUBLISHED
from soc_tracker.core.trail.models import Kind
from soc_tracker.core.trail.services import record_event, record_reading


class ProblemSerializer(serializers.Serializer):
    """A parameter that was not understood, and what would be."""

    parameter = serializers.CharField()
    value = serializers.CharField(allow_blank=True)
    message = serializers.CharField()
    allowed = serializers.ListField(child=serializers.CharField())


REFUSED = inline_serializer("Refused", {"problems": ProblemSerializer(many=True)})
DETAIL = inline_serializer("Detail", {"detail": serializers.CharField()})


class ReadOnlySchema(AutoSchema):
    """Documents refusals beside rows: 400 for what was not understood, 401 for strangers, 403 for what they may not
    read, 404 for what is not there.
    """

    def get_response_serializers(self) -> dict[int, Any]:
        return {200: super().get_response_serializers(), 400: REFUSED, 401: DETAIL, 403: DETAIL, 404: DETAIL}


# What every API view shares: strict filters, cursor pages, read-only and signed in.


SIZE = re.compile(r"[0-9]{1,9}")
TOKEN = re.compile(r"[A-Za-z0-9+/=]*")


class ProblemsError(ValidationError):
    """What was not understood, and what would be."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__({"problems": [asdict(problem) for problem in problems]})


class StrictFilterBackend(BaseFilterBackend):
    """Filters with the page's own FilterSet; answers 400, naming what is allowed, to anything else."""

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> QuerySet:
        params, pages = request.query_params.copy(), view.pagination_class
        for name in (pages.cursor_query_param, pages.page_size_query_param) if pages else ():
            params.pop(name, None)
        filterset: StrictFilterSet = view.filterset_class(params, queryset=queryset, request=request, reserved=())
        if filterset.problems:
            raise ProblemsError(*filterset.problems)
        view.filterset = filterset
        return filterset.qs

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Every filter with its values, where they are the same whatever is stored."""
        parameters = []
        for name, filter_ in view.filterset_class.base_filters.items():
            present = getattr(filter_, "present_choices", None)
            choices = [str(value) for value, _ in (present() if present else filter_.extra.get("choices", ()))]
            schema: dict[str, Any] = {"type": "string", "enum": choices} if choices else {"type": "string"}
            if isinstance(filter_, DateFilter):
                schema["format"] = "date"
            if isinstance(filter_, MultipleChoiceFilter):
                schema = {"type": "array", "items": schema}
            words = str(filter_.label)
            parameters.append({"name": name, "in": "query", "required": False, "description": words, "schema": schema})
        return parameters


class CursorPages(CursorPagination):
    """Pages of 100 rows, at most 500, in the order in which rows were stored."""

    ordering = ("pk",)
    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 500

    def get_page_size(self, request: Request) -> int:
        """The size asked for. Raises ValidationError where it is not a number of rows that a page may have."""
        raw = request.query_params.get(self.page_size_query_param, str(self.page_size))
        if not (SIZE.fullmatch(raw) and 1 <= int(raw) <= self.max_page_size):
            allowed, raw = f"1 to {self.max_page_size}", raw[:LONGEST_VALUE]
            message = f"“{raw}” is not a number of rows that a page may have."
            raise ProblemsError(Problem("page_size", raw, message, (allowed,)))
        return int(raw)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """The paging parameters for the schema, with the sizes that are accepted."""
        parameters = super().get_schema_operation_parameters(view)
        sizes = [each["schema"] for each in parameters if each["name"] == self.page_size_query_param]
        for schema in sizes:
            schema |= {"minimum": 1, "maximum": self.max_page_size}
        return parameters

    def decode_cursor(self, request: Request) -> Cursor | None:
        """The place where the page begins. Raises NotFound where the token is not one that this API gave."""
        token = request.query_params.get(self.cursor_query_param)
        cursor = super().decode_cursor(request)
        if cursor is None and token is None:
            return None
        if cursor is None or not re.fullmatch(r"\d{0,18}", cursor.position or "") or not TOKEN.fullmatch(token):
            raise NotFound(self.invalid_cursor_message)
        return cursor


class ReadOnlyViewSet(viewsets.ReadOnlyModelViewSet):
    """Lists and shows what the user may see; subclasses name a queryset, a serializer and a FilterSet."""

    filter_backends = (StrictFilterBackend,)
    pagination_class = CursorPages
    lookup_value_regex = "[^/]+"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().visible_to(self.request.user)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        record = self.get_object()
        record_reading(record)
        return Response(self.get_serializer(record).data)

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        # Pages of what not everybody sees are taken away as files are, and stand on the trail as these do.
        response: Response = super().list(request, *args, **kwargs)
        model: Any = self.get_serializer_class().Meta.model
        if model.reached_by != PUBLISHED:
            record_event(
                Kind.EXPORT,
                subject=f"API: {model._meta.verbose_name_plural}",
                rows=len(response.data["results"]),
                filter=request.META.get("QUERY_STRING", ""),
                format="api",
            )
        return response


class RowSerializer(serializers.ModelSerializer):
    """Rows as JSON: the fields that stand for the ``columns`` of their list, and ``more`` that it has no column for.

    A related row is its slug or reference, else its key. A field that is none of the model's is declared by the
    subclass, as any serializer's.
    """

    columns: ClassVar[tuple[Column, ...]] = ()
    more: ClassVar[tuple[str, ...]] = ()

    def get_field_names(self, declared_fields: Any, info: Any) -> list[str]:
        return list(dict.fromkeys([*(name for column in self.columns for name in column.api_names), *self.more]))

    def build_relational_field(self, field_name: str, relation_info: Any) -> tuple[type[serializers.Field], Any]:
        fields = {field.name for field in relation_info.related_model._meta.fields}
        natural = next((name for name in ("slug", "reference") if name in fields), "")
        if not natural:
            field, options = super().build_relational_field(field_name, relation_info)
            return field, options
        options = {"slug_field": natural, "read_only": True}
        if relation_info.to_many:
            return serializers.SlugRelatedField, options | {"many": True}
        return serializers.SlugRelatedField, options | {"allow_null": relation_info.model_field.null}

"""What the API views of plans and of what belongs around them share."""

from typing import Any

from django.db.models import Model, QuerySet
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from disruptions.choices import DataKind
from soc_tracker.core.lists.api import CursorPages, ProblemsError, ReadOnlyViewSet
from soc_tracker.core.lists.filters import StrictFilterSet


class KindPages(CursorPages):
    """Pages whose every answer says its kind of data, be it without a row."""

    def paginate_queryset(self, queryset: QuerySet, request: Request, view: Any = None) -> list[Any] | None:
        self.kind = view.filterset.kind
        return super().paginate_queryset(queryset, request, view)

    def get_paginated_response(self, data: Any) -> Response:
        links = {"next": self.get_next_link(), "previous": self.get_previous_link()}
        return Response({**links, "kind_of_data": self.kind, "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        page = super().get_paginated_response_schema(schema)
        kind = {"type": "string", "description": " or ".join(DataKind.values)}
        page["properties"] = {"kind_of_data": kind, **page["properties"]}
        page["required"] = [*page["required"], "kind_of_data"]
        return page


class KindViewSet(ReadOnlyViewSet):
    """A list is of one kind of data: the filter's, else recorded data, unless there is only illustrative data.

    A single row is of its own kind, and takes no filter. Every row says its kind.
    """

    pagination_class = KindPages

    def get_object(self) -> Model:
        parameters = StrictFilterSet(self.request.query_params, queryset=self.get_queryset(), reserved=())
        if parameters.problems:
            raise ProblemsError(*parameters.problems)
        return get_object_or_404(self.get_queryset(), **{self.lookup_field: self.kwargs[self.lookup_field]})

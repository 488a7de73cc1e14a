"""Pages of the record: each says what it tells of, and the newest activity comes first however many rows there are."""

from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from disruptions.choices import DataKind
from disruptions.selectors.counts import total
from soc_tracker.lib.api import CursorPages
from soc_tracker.lib.filters import PAGE_TOKENS
from soc_tracker.lib.pagination import PageTokenError, keyset_page

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

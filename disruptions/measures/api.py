"""Counts of disruptions, with the filters of their list."""

from datetime import date
from typing import Any

from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from disruptions.choices import DataKind, FourP, Involvement, Size, ThreatType
from disruptions.counts.queries import total
from disruptions.measures.forms import MOST_GROUPINGS, MeasureFilter
from disruptions.measures.queries import Count, breakdown
from disruptions.record.models import Disruption
from soc_tracker.core.lists.api import DETAIL, REFUSED, ProblemsError, StrictFilterBackend
from soc_tracker.core.lists.filters import Problem

MOST_ROWS = 10_000
KEYED = ("organisation", "crime_type")


class ShareSerializer(serializers.Serializer):
    """x of n, the share from 0 to 1 and its 95% Wilson interval; all null but x and n where n is 0."""

    x = serializers.IntegerField()
    n = serializers.IntegerField()
    share = serializers.FloatField(source="of_one", allow_null=True)
    low = serializers.FloatField(source="interval.low", allow_null=True, default=None)
    high = serializers.FloatField(source="interval.high", allow_null=True, default=None)


class MeasureRowSerializer(serializers.Serializer):
    """One group: the values that it was counted by (no others are there), and how many disruptions it has."""

    organisation = serializers.SlugField(required=False)
    four_p = serializers.ChoiceField(FourP.choices, required=False)
    size = serializers.ChoiceField(Size.choices, required=False)
    involvement = serializers.ChoiceField(Involvement.choices, required=False)
    threat_type = serializers.ChoiceField(ThreatType.choices, required=False)
    crime_type = serializers.SlugField(required=False, allow_null=True)
    activity_year = serializers.IntegerField(required=False)
    activity_month = serializers.DateField(required=False)
    n = serializers.IntegerField()
    share = ShareSerializer(required=False)


class MeasuresSerializer(serializers.Serializer):
    kind_of_data = serializers.ChoiceField(DataKind.choices)
    as_at = serializers.DateField()
    published_style = serializers.BooleanField()
    filter = serializers.CharField(help_text="What is counted, in words.")
    total = serializers.IntegerField(help_text="Of everything that matches.")
    rows = MeasureRowSerializer(many=True)


class MeasureViewSet(viewsets.GenericViewSet):
    """Counts of disruptions."""

    permission = "disruptions.read_record"
    queryset = Disruption.objects.all()
    filterset_class = MeasureFilter
    filter_backends = (StrictFilterBackend,)
    pagination_class = None
    serializer_class = MeasuresSerializer

    @extend_schema(
        description=(
            "How many disruptions match the filters, which are those of the list of disruptions, as at the day. "
            f"`by` breaks the number down, by up to {MOST_GROUPINGS} dimensions; a group without any has no row. "
            "`published_style=true` counts as published figures do: lead disruptions that were assessed as major, "
            "moderate or minor. Counted by `four_p`, a group has a row for each of the 4Ps, with 0 where it has none, "
            "and its share of the group with a 95% Wilson interval. Counts do not rank forces."
        ),
        filters=True,
        responses={200: forced_singular_serializer(MeasuresSerializer), 400: REFUSED, 403: DETAIL},
    )
    def list(self, request: Request) -> Response:
        self.filter_queryset(self.get_queryset().visible_to(request.user))
        filters = self.filterset
        rows = breakdown(filters.counted, filters.groupings) if filters.groupings else []
        if len(rows) > MOST_ROWS:
            message = f"That makes {len(rows):,} rows, more than {MOST_ROWS:,}: narrow the filter."
            problem = Problem("by", ", ".join(filters.groupings), message)
            raise ProblemsError(problem)
        return Response(
            {
                "kind_of_data": filters.standpoint.kind,
                "as_at": filters.standpoint.day.isoformat(),
                "published_style": filters.is_published_style,
                "filter": filters.summary,
                "total": total(filters.counted),
                "rows": [self.row_in_json(count, filters) for count in rows],
            }
        )

    def row_in_json(self, count: Count, filters: MeasureFilter) -> dict[str, Any]:
        named = zip(filters.groupings, count.values, strict=True)
        row = {name: self.value_in_json(name, value, filters) for name, value in named}
        share = {"share": ShareSerializer(count.share).data} if count.share else {}
        return {**row, "n": count.n, **share}

    def value_in_json(self, name: str, value: Any, filters: MeasureFilter) -> Any:
        """Bodies and crime types by their slug, months by their first day."""
        if name in KEYED and value is not None:
            return filters.slug_of(name, value)
        return value.isoformat() if isinstance(value, date) else value

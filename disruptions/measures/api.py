"""Counts of disruptions, with the filters of their list: what they can be narrowed to and broken down by."""

from collections.abc import Iterator
from typing import Any

from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from disruptions.choices import DataKind, FourP, Involvement, Size, ThreatType
from disruptions.counts.queries import LEAD_DISRUPTIONS, Scope, lead_and_support, total
from disruptions.measures.queries import breakdown
from disruptions.record.models import Disruption
from disruptions.record_list.forms import DisruptionFilter
from soc_tracker.core.lists.api import DETAIL, REFUSED, ProblemsError, StrictFilterBackend
from soc_tracker.core.lists.filter_fields import ChoicesFilter, OneChoiceFilter
from soc_tracker.core.lists.filters import Problem

GROUPINGS = (
    ("organisation", "Organisation"),
    ("four_p", "4P"),
    ("size", "Size"),
    ("involvement", "Lead or support"),
    ("threat_type", "Threat type"),
    ("crime_type", "Crime type"),
    ("activity_year", "Year of activity"),
    ("activity_month", "Month of activity, as its first day"),
)
MOST_GROUPINGS = 4


class MeasureFilter(DisruptionFilter):
    """The filters of the list of disruptions, what to count by, and whether to count as the inspectorate does."""

    by = ChoicesFilter(choices=GROUPINGS, label="Count by", method="as_it_is")
    published_style = OneChoiceFilter(
        choices=[("true", "Lead disruptions that were assessed"), ("false", "All that match")],
        label="Counted as published figures are",
        method="as_it_is",
    )

    class Meta:
        model = Disruption
        fields = ()

    @property
    def groupings(self) -> tuple[str, ...]:
        """What to count by, in the order asked for."""
        return tuple(dict.fromkeys(self.data.getlist("by")))

    @property
    def is_published_style(self) -> bool:
        return self.given.get("published_style") == "true"

    @property
    def counted(self) -> Scope:
        """What is to be counted, before it is broken down."""
        return self.scope.lead if self.is_published_style else self.scope

    def _problems_of_values(self) -> Iterator[Problem]:
        """Also a filter that leaves nothing of what published figures count, and more groupings than can be read."""
        yield from super()._problems_of_values()
        if len(self.groupings) > MOST_GROUPINGS:
            message = f"Count by: at most {MOST_GROUPINGS} at a time."
            yield Problem("by", ", ".join(self.groupings), message, tuple(name for name, _ in GROUPINGS))
        for name, allowed in LEAD_DISRUPTIONS.items() if self.is_published_style else ():
            for value in self.given.get(name) or ():
                if value not in allowed:
                    message = f"{self.filters[name].label}: published figures do not count “{value}”."
                    yield Problem(name, value, message, tuple(sorted(allowed)))


MOST_ROWS = 10_000
KEYED = ("organisation", "crime_type")
"""What a row says by its slug, and not by its key."""


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
    known = serializers.DateTimeField()
    published_style = serializers.BooleanField()
    filter = serializers.CharField(help_text="What is counted, in words.")
    total = serializers.IntegerField(help_text="Of everything that is counted.")
    lead_disruptions = serializers.IntegerField(
        help_text="Of what matches: lead, and assessed as major, moderate or minor."
    )
    lead_not_yet_assessed = serializers.IntegerField(help_text="Lead too, but not yet assessed, so not among them.")
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
        counts = breakdown(filters.counted, filters.groupings) if filters.groupings else []
        if len(counts) > MOST_ROWS:
            message = f"That makes {len(counts):,} rows, more than {MOST_ROWS:,}: narrow the filter."
            problem = Problem("by", ", ".join(filters.groupings), message)
            raise ProblemsError(problem)
        slugs = {name: {key: slug for slug, key in filters.filters[name].keys.items()} for name in KEYED}
        rows = []
        for count in counts:
            row: dict[str, Any] = {}
            for name, value in zip(filters.groupings, count.values, strict=True):
                row[name] = slugs[name][value] if name in KEYED and value is not None else value
            share = {"share": ShareSerializer(count.share).data} if count.share else {}
            rows.append({**row, "n": count.n, **share})
        by_involvement = lead_and_support(filters.scope)
        return Response(
            {
                "kind_of_data": filters.standpoint.kind,
                "as_at": filters.standpoint.day.isoformat(),
                "known": filters.standpoint.parameters["known"],
                "published_style": filters.is_published_style,
                "filter": filters.summary,
                "total": total(filters.counted),
                "lead_disruptions": by_involvement.lead,
                "lead_not_yet_assessed": by_involvement.lead_not_assessed,
                "rows": rows,
            }
        )

"""Rows as JSON. Dates are ISO; a date of lower precision is the first day of the span it stands for.

Null means not stated; a grade of "ungraded" or "not_inspected" is something
else, and a body without a grading has no row at all.
"""

from rest_framework import serializers

from inspections.figures.models import PublishedFigure
from inspections.figures.pages import FIGURE_COLUMNS, FigureFilter
from inspections.findings.models import Finding
from inspections.findings.pages import FINDING_COLUMNS, FindingFilter
from inspections.gradings.models import Grading
from inspections.gradings.pages import GRADING_COLUMNS, GradingFilter
from inspections.programmes.models import Inspection, Programme
from inspections.programmes.pages import INSPECTION_COLUMNS, InspectionFilter, ProgrammeFilter
from inspections.recommendations.models import Recommendation
from inspections.recommendations.pages import RECOMMENDATION_COLUMNS, RecommendationFilter
from inspections.sources.models import Citation
from soc_tracker.core.lists.api import ReadOnlyViewSet, RowSerializer
from soc_tracker.core.lists.columns import as_printed


class PrintedValue(serializers.DecimalField):
    """The value of a figure with as many decimals as were printed, as its CSV has it."""

    def to_representation(self, figure: PublishedFigure) -> str | None:
        value = as_printed(figure.value, figure.step)
        return None if value is None else format(value, "f")


class CitationSerializer(serializers.ModelSerializer):
    """A further document that speaks of the fact: whether it says the same, where, and how it puts it."""

    source = serializers.SlugRelatedField(read_only=True, slug_field="slug")

    class Meta:
        model = Citation
        fields = ("stance", "source", "locator", "wording")


class PublishedSerializer(RowSerializer):
    """A fact from a document says which kind of data it is, and whether another document says otherwise."""

    kind_of_data = serializers.CharField(default="published", read_only=True)
    sources_differ = serializers.BooleanField(read_only=True)
    citations = CitationSerializer(many=True, read_only=True)


class ProgrammeSerializer(RowSerializer):
    more = ("slug", "name", "scale", "year", "note")

    class Meta:
        model = Programme


class InspectionSerializer(PublishedSerializer):
    columns = INSPECTION_COLUMNS
    more = ("kind_of_data",)

    class Meta:
        model = Inspection


class GradingSerializer(PublishedSerializer):
    columns = GRADING_COLUMNS
    more = ("id", "kind_of_data")
    programme = serializers.SlugField(source="inspection.programme.slug", read_only=True)
    not_comparable_with = serializers.SlugRelatedField(
        slug_field="slug", many=True, read_only=True, source="scale.not_comparable_with"
    )

    class Meta:
        model = Grading


class StatusSerializer(PublishedSerializer):
    """``status_on`` is the day of the status: of the last step, else of publication; null: not known. What asks for
    nothing has the status ``nothing_to_follow`` and no day.
    """

    status = serializers.CharField(source="requirement.status_id", default="nothing_to_follow", read_only=True)
    status_kind = serializers.ChoiceField(
        ("published", "recorded"), source="requirement.status_kind", allow_null=True, read_only=True
    )
    status_on = serializers.DateField(source="requirement.status_day.on", allow_null=True, read_only=True)
    status_precision = serializers.CharField(source="requirement.status_day.precision", allow_null=True, read_only=True)


class FindingSerializer(StatusSerializer):
    columns = FINDING_COLUMNS
    more = ("repeats", "kind_of_data")
    programme = serializers.SlugField(source="inspection.programme.slug", read_only=True)
    since = serializers.DateField(source="inspection.published_on", allow_null=True, read_only=True)
    since_precision = serializers.CharField(source="inspection.published_precision", read_only=True)

    class Meta:
        model = Finding


class RecommendationSerializer(StatusSerializer):
    """``due_on`` is as published, ``due_now_on`` the present date."""

    due_now_on = serializers.DateField(source="requirement.due_on", allow_null=True, read_only=True)
    due_now_precision = serializers.CharField(source="requirement.due_precision", read_only=True)
    columns = RECOMMENDATION_COLUMNS
    more = ("id", "kind_of_data")
    programme = serializers.SlugField(source="finding.inspection.programme.slug", read_only=True)
    since = serializers.DateField(source="finding.inspection.published_on", allow_null=True, read_only=True)
    since_precision = serializers.CharField(source="finding.inspection.published_precision", read_only=True)

    class Meta:
        model = Recommendation


class FigureSerializer(PublishedSerializer):
    """``step`` is the unit of the last digit printed; ``value`` is null where a figure was published only in words."""

    columns = FIGURE_COLUMNS
    more = ("finding", "kind_of_data")
    value = PrintedValue(16, 2, read_only=True, allow_null=True, source="*")
    step = serializers.DecimalField(14, 2, read_only=True, allow_null=True, normalize_output=True)

    class Meta:
        model = PublishedFigure


class ProgrammeViewSet(ReadOnlyViewSet):
    """Rounds of inspections, each with its grade scale. Grades of different scales are not comparable by arithmetic."""

    permission = "inspections.read_published"
    queryset = Programme.objects.all()
    serializer_class = ProgrammeSerializer
    filterset_class = ProgrammeFilter
    lookup_field = "slug"


class InspectionViewSet(ReadOnlyViewSet):
    """Inspections of a region with its bodies, or of a single organisation."""

    permission = "inspections.read_published"
    queryset = Inspection.objects.for_list().prefetch_related("citations__source")
    serializer_class = InspectionSerializer
    filterset_class = InspectionFilter
    lookup_field = "slug"


class GradingViewSet(ReadOnlyViewSet):
    """One grading per inspection, organisation and question. No row means no data."""

    permission = "inspections.read_published"
    queryset = Grading.objects.for_list().prefetch_related("citations__source")
    serializer_class = GradingSerializer
    filterset_class = GradingFilter


class FindingViewSet(ReadOnlyViewSet):
    """Areas for improvement, causes of concern, innovative and promising practice, other observations."""

    permission = "inspections.read_published"
    queryset = Finding.objects.for_list().select_related("repeats").prefetch_related("citations__source")
    serializer_class = FindingSerializer
    filterset_class = FindingFilter
    lookup_field = "slug"


class RecommendationViewSet(ReadOnlyViewSet):
    """What must be done, by whom, by when."""

    permission = "inspections.read_published"
    queryset = Recommendation.objects.for_list().prefetch_related("citations__source")
    serializer_class = RecommendationSerializer
    filterset_class = RecommendationFilter


class FigureViewSet(ReadOnlyViewSet):
    """Figures as published, with value, unit, precision and qualifier. A percent is never turned into a count."""

    permission = "inspections.read_published"
    queryset = PublishedFigure.objects.for_list().select_related("finding").prefetch_related("citations__source")
    serializer_class = FigureSerializer
    filterset_class = FigureFilter
    lookup_field = "slug"

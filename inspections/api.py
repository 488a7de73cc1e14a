"""Rows as JSON. Dates are ISO; a date of lower precision is the first day of the span it stands for.

Null means not stated; a grade of "ungraded" or "not_inspected" is something
else, and a body without a grading has no row at all.
"""

from rest_framework import serializers

from inspections.figures.models import PublishedFigure
from inspections.figures.pages import FigureFilter
from inspections.findings.models import Finding
from inspections.findings.pages import FindingFilter
from inspections.gradings.models import Grading
from inspections.gradings.pages import GradingFilter
from inspections.programmes.models import Inspection, Programme
from inspections.programmes.pages import InspectionFilter, ProgrammeFilter
from inspections.recommendations.models import Recommendation
from inspections.recommendations.pages import RecommendationFilter
from soc_tracker.core.lists.api import ReadOnlyViewSet
from soc_tracker.core.lists.columns import as_printed


class Slug(serializers.SlugRelatedField):
    """A related row by its slug."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(slug_field="slug", read_only=True, **kwargs)


class PrintedValue(serializers.DecimalField):
    """The value of a figure with as many decimals as were printed, as its CSV has it."""

    def to_representation(self, figure: PublishedFigure) -> str | None:
        value = as_printed(figure.value, figure.step)
        return None if value is None else format(value, "f")


class PublishedSerializer(serializers.ModelSerializer):
    """A fact from a document: which kind of data it is, and where it stands."""

    kind_of_data = serializers.CharField(default="published", read_only=True)
    source = Slug()


class ProgrammeSerializer(serializers.ModelSerializer):
    class Meta:
        model = Programme
        fields = ["slug", "name", "scale", "year", "note"]


class InspectionSerializer(PublishedSerializer):
    programme = Slug()
    region = Slug(allow_null=True)
    organisation = Slug(allow_null=True)

    class Meta:
        model = Inspection
        fields = [
            "slug",
            "title",
            "programme",
            "region",
            "organisation",
            "fieldwork_on",
            "fieldwork_precision",
            "published_on",
            "published_precision",
            "note",
            "kind_of_data",
            "source",
            "locator",
        ]


class GradingSerializer(PublishedSerializer):
    inspection = Slug()
    programme = serializers.SlugField(source="inspection.programme.slug")
    organisation = Slug()
    question = Slug()

    class Meta:
        model = Grading
        fields = [
            "id",
            "inspection",
            "programme",
            "organisation",
            "question",
            "scale",
            "grade",
            "summary",
            "kind_of_data",
            "source",
            "locator",
        ]


class FindingSerializer(PublishedSerializer):
    inspection = Slug()
    organisation = Slug(allow_null=True)
    region = Slug(allow_null=True)
    topics = Slug(many=True)
    repeats = Slug(allow_null=True)
    since = serializers.DateField(source="inspection.published_on", allow_null=True, read_only=True)
    since_precision = serializers.CharField(source="inspection.published_precision", read_only=True)

    class Meta:
        model = Finding
        fields = [
            "slug",
            "title",
            "kind",
            "tone",
            "organisation",
            "region",
            "inspection",
            "section",
            "topics",
            "status",
            "since",
            "since_precision",
            "repeats",
            "summary",
            "kind_of_data",
            "source",
            "locator",
        ]


class RecommendationSerializer(PublishedSerializer):
    finding = Slug()
    addressed_to = Slug()
    since = serializers.DateField(source="finding.inspection.published_on", allow_null=True, read_only=True)
    since_precision = serializers.CharField(source="finding.inspection.published_precision", read_only=True)

    class Meta:
        model = Recommendation
        fields = [
            "id",
            "finding",
            "number",
            "text",
            "addressed_to",
            "due_on",
            "due_precision",
            "due_as_published",
            "status",
            "since",
            "since_precision",
            "kind_of_data",
            "source",
            "locator",
        ]


class FigureSerializer(PublishedSerializer):
    """``step`` is the unit of the last digit printed; ``value`` is null where a figure was published only in words."""

    organisation = Slug(allow_null=True)
    region = Slug(allow_null=True)
    measure = Slug()
    finding = Slug(allow_null=True)
    value = PrintedValue(16, 2, read_only=True, allow_null=True, source="*")
    step = serializers.DecimalField(14, 2, read_only=True, allow_null=True, normalize_output=True)

    class Meta:
        model = PublishedFigure
        fields = [
            "slug",
            "measure",
            "organisation",
            "region",
            "qualifier",
            "value",
            "unit",
            "step",
            "period_from",
            "period_to",
            "period_words",
            "as_at",
            "said_by",
            "finding",
            "note",
            "kind_of_data",
            "source",
            "locator",
        ]


# Read-only views with the pages' own filters.


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
    queryset = Inspection.objects.for_list()
    serializer_class = InspectionSerializer
    filterset_class = InspectionFilter
    lookup_field = "slug"


class GradingViewSet(ReadOnlyViewSet):
    """One grading per inspection, organisation and question. No row means no data."""

    permission = "inspections.read_published"
    queryset = Grading.objects.for_list()
    serializer_class = GradingSerializer
    filterset_class = GradingFilter


class FindingViewSet(ReadOnlyViewSet):
    """Areas for improvement, causes of concern, innovative and promising practice, other observations."""

    permission = "inspections.read_published"
    queryset = Finding.objects.for_list().select_related("repeats")
    serializer_class = FindingSerializer
    filterset_class = FindingFilter
    lookup_field = "slug"


class RecommendationViewSet(ReadOnlyViewSet):
    """What must be done, by whom, by when."""

    permission = "inspections.read_published"
    queryset = Recommendation.objects.for_list()
    serializer_class = RecommendationSerializer
    filterset_class = RecommendationFilter


class FigureViewSet(ReadOnlyViewSet):
    """Figures as published, with value, unit, precision and qualifier. A percent is never turned into a count."""

    permission = "inspections.read_published"
    queryset = PublishedFigure.objects.for_list().select_related("finding")
    serializer_class = FigureSerializer
    filterset_class = FigureFilter
    lookup_field = "slug"

"""Read-only views with the pages' own filters."""

from inspections.api.serializers import (
    FigureSerializer,
    FindingSerializer,
    GradingSerializer,
    InspectionSerializer,
    ProgrammeSerializer,
    RecommendationSerializer,
)
from inspections.filters import (
    FigureFilter,
    FindingFilter,
    GradingFilter,
    InspectionFilter,
    ProgrammeFilter,
    RecommendationFilter,
)
from inspections.models import Finding, Grading, Inspection, Programme, PublishedFigure, Recommendation
from soc_tracker.lib.api import ReadOnlyViewSet


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

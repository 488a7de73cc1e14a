"""Lists: each is a queryset, a FilterSet and columns."""

from inspections.views.lists.figures import FigureList
from inspections.views.lists.findings import FindingList
from inspections.views.lists.gradings import GradingList
from inspections.views.lists.programmes import InspectionList
from inspections.views.lists.recommendations import RecommendationList
from inspections.views.lists.shared import PublishedList
from inspections.views.lists.sources import SourceList

__all__ = [
    "FigureList",
    "FindingList",
    "GradingList",
    "InspectionList",
    "PublishedList",
    "RecommendationList",
    "SourceList",
]

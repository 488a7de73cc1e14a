"""What lists of inspections and their facts can be narrowed to: the same for page, export and API."""

from inspections.filters.figures import FigureFilter, FigureWordsFilter, MeasureGroupsFilter
from inspections.filters.findings import FindingFilter
from inspections.filters.gradings import GradingFilter
from inspections.filters.programmes import InspectionFilter, ProgrammeFilter
from inspections.filters.recommendations import RecommendationFilter
from inspections.filters.shared import (
    NAMES,
    OTHER_NAMES,
    InspectionsFilter,
    OrganisationsFilter,
    ProgrammesFilter,
    RegionsFilter,
    SourcesFilter,
)
from inspections.filters.sources import SourceFilter

__all__ = [
    "NAMES",
    "OTHER_NAMES",
    "FigureFilter",
    "FigureWordsFilter",
    "FindingFilter",
    "GradingFilter",
    "InspectionFilter",
    "InspectionsFilter",
    "MeasureGroupsFilter",
    "OrganisationsFilter",
    "ProgrammeFilter",
    "ProgrammesFilter",
    "RecommendationFilter",
    "RegionsFilter",
    "SourceFilter",
    "SourcesFilter",
]

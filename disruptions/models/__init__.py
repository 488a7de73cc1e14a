"""Threats, disruptions and the extracts that brought them; and the counts of disruptions."""

from disruptions.models.cells import DetailCell, MarginCell, MonthCell, MonthMarginCell, OutlineCell, YearCell
from disruptions.models.crime_types import CrimeType
from disruptions.models.disruptions import Disruption
from disruptions.models.extracts import Extract, Upload
from disruptions.models.saved_views import SavedView
from disruptions.models.threats import MorileAssessment, Threat, ThreatState

__all__ = [
    "CrimeType",
    "DetailCell",
    "Disruption",
    "Extract",
    "MarginCell",
    "MonthCell",
    "MonthMarginCell",
    "MorileAssessment",
    "OutlineCell",
    "SavedView",
    "Threat",
    "ThreatState",
    "Upload",
    "YearCell",
]

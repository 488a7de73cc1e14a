"""Threats, disruptions and the extracts that brought them; and the counts of disruptions."""

from disruptions.cells.models import DetailCell, MarginCell, MonthCell, MonthMarginCell, OutlineCell, YearCell
from disruptions.extracts.models import Extract, Upload
from disruptions.record.models import Disruption
from disruptions.saved_views.models import SavedView
from disruptions.threats.models import CrimeType, MorileAssessment, Threat, ThreatState

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

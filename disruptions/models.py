"""Threats, disruptions and the extracts that brought them; and the counts of disruptions."""

from disruptions.counts.models import Cell
from disruptions.extracts.models import Extract, Upload
from disruptions.record.models import Disruption
from disruptions.saved_views.models import SavedView
from disruptions.threats.models import CrimeType, MorileAssessment, Threat, ThreatState

__all__ = [
    "Cell",
    "CrimeType",
    "Disruption",
    "Extract",
    "MorileAssessment",
    "SavedView",
    "Threat",
    "ThreatState",
    "Upload",
]

"""Threats, disruptions and the extracts that brought them; and the counts of disruptions."""

from disruptions.citations.models import Citation
from disruptions.counts.models import Cell
from disruptions.extracts.models import Extract, Upload
from disruptions.pending.models import Pending
from disruptions.record.models import Disruption
from disruptions.resemblances.models import Resemblance
from disruptions.saved_views.models import SavedView
from disruptions.threats.models import CrimeType, MorileAssessment, Threat, ThreatState
from disruptions.withdrawals.models import Lack

__all__ = [
    "Cell",
    "Citation",
    "CrimeType",
    "Disruption",
    "Extract",
    "Lack",
    "MorileAssessment",
    "Pending",
    "Resemblance",
    "SavedView",
    "Threat",
    "ThreatState",
    "Upload",
]

"""Threats, disruptions, extracts and counts of disruptions, in the API."""

from disruptions.measures.api import MeasureViewSet
from disruptions.record.api import DisruptionViewSet, ExtractViewSet, ThreatViewSet

__all__ = ["DisruptionViewSet", "ExtractViewSet", "MeasureViewSet", "ThreatViewSet"]

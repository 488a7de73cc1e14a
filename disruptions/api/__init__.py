"""Threats, disruptions, extracts and counts of disruptions, in the API."""

from disruptions.api.measures import MeasureViewSet
from disruptions.api.views import DisruptionViewSet, ExtractViewSet, ThreatViewSet

__all__ = ["DisruptionViewSet", "ExtractViewSet", "MeasureViewSet", "ThreatViewSet"]

"""Every write of threats and disruptions: see ``soc_tracker.lib.services`` for the three verbs."""

from django.db import models

from disruptions.services.crime_types import CRIME_TYPES, EXTRACTS
from disruptions.services.disruptions import (
    DISRUPTIONS,
    correct_disruption,
    record_disruption,
    reinstate_disruption,
    withdraw_disruption,
)
from disruptions.services.saved_views import SAVED_VIEWS, save_view
from disruptions.services.threats import ASSESSMENTS, STATES, THREATS
from soc_tracker.lib.services import Service

SERVICES: dict[type[models.Model], Service] = {
    service.model: service
    for service in (CRIME_TYPES, EXTRACTS, THREATS, STATES, ASSESSMENTS, DISRUPTIONS, SAVED_VIEWS)
}

__all__ = [
    "ASSESSMENTS",
    "CRIME_TYPES",
    "DISRUPTIONS",
    "EXTRACTS",
    "SAVED_VIEWS",
    "SERVICES",
    "STATES",
    "THREATS",
    "correct_disruption",
    "record_disruption",
    "reinstate_disruption",
    "save_view",
    "withdraw_disruption",
]

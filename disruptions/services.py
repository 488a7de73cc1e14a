"""Every write of threats and disruptions: see ``soc_tracker.core.records.services`` for the three verbs."""

from django.db import models

from disruptions.extracts.services import CRIME_TYPES, EXTRACTS
from disruptions.record.services import (
    DISRUPTIONS,
    correct_disruption,
    record_disruption,
    reinstate_disruption,
    withdraw_disruption,
)
from disruptions.saved_views.services import SAVED_VIEWS, save_view
from disruptions.threats.services import ASSESSMENTS, STATES, THREATS
from soc_tracker.core.records.services import Service

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

"""Every write of 4P plans and of what belongs around them; ``core.records.services`` has the three verbs."""

from django.db import models

from plans4p.aims.services import ACTIONS, AIMS, CONTRIBUTIONS, DISMISSALS, OMISSIONS, TACTICS
from plans4p.directory.services import OFFERS, OFFICERS, ORDERS, PARTNERS, PHASES, SITES, TERMS, TRAININGS
from plans4p.plans.services import CONSULTATIONS, OWNER_CHANGES, PLANS, REQUESTS, REVIEWS, SIGNATURES
from soc_tracker.core.records.services import Service

SERVICES: dict[type[models.Model], Service] = {
    service.model: service
    for service in (
        *(PLANS, OWNER_CHANGES, AIMS, OMISSIONS, ACTIONS, TACTICS, CONTRIBUTIONS, DISMISSALS, REVIEWS, CONSULTATIONS),
        *(SIGNATURES, REQUESTS),
        *(OFFICERS, TRAININGS, PARTNERS, OFFERS, ORDERS, TERMS, SITES, PHASES),
    )
}

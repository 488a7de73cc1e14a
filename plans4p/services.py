"""Every write of 4P plans and of what belongs around them; ``core.records.services`` has the three verbs."""

from django.db import models

from plans4p.aims.services import ACTIONS, AIMS, OMISSIONS, TACTICS
from plans4p.directory.services import OFFERS, OFFICERS, ORDERS, PARTNERS, PHASES, SITES, TERMS, TRAININGS
from plans4p.plans.services import (
    OWNER_CHANGES,
    PLANS,
    REQUESTS,
    SIGNATURES,
    begin_review,
    change_owner,
    close_plan,
    name_deputies,
    reopen_plan,
    write_plan,
)
from plans4p.reminders.services import REMINDERS, choose, keep_calendar, mark_sent, new_calendar_key, revoke_calendar
from plans4p.results.services import (
    CONTRIBUTIONS,
    DISMISSALS,
    dismiss_disruption,
    link_disruption,
    link_disruptions,
    link_order,
)
from plans4p.reviews.services import CONSULTATIONS, REVIEWS, review_plan
from plans4p.signatures.services import UnansweredError, approve, ask_to_sign, decline_to_sign
from soc_tracker.core.records.services import Service

SERVICES: dict[type[models.Model], Service] = {
    service.model: service
    for service in (
        *(PLANS, OWNER_CHANGES, AIMS, OMISSIONS, ACTIONS, TACTICS, CONTRIBUTIONS, DISMISSALS, REVIEWS, CONSULTATIONS),
        *(SIGNATURES, REQUESTS),
        *(OFFICERS, TRAININGS, PARTNERS, OFFERS, ORDERS, TERMS, SITES, PHASES),
    )
}

__all__ = [
    "ACTIONS",
    "AIMS",
    "CONSULTATIONS",
    "CONTRIBUTIONS",
    "DISMISSALS",
    "OFFERS",
    "OFFICERS",
    "OMISSIONS",
    "ORDERS",
    "OWNER_CHANGES",
    "PARTNERS",
    "PHASES",
    "PLANS",
    "REMINDERS",
    "REQUESTS",
    "REVIEWS",
    "SERVICES",
    "SIGNATURES",
    "SITES",
    "TACTICS",
    "TERMS",
    "TRAININGS",
    "UnansweredError",
    "approve",
    "ask_to_sign",
    "begin_review",
    "change_owner",
    "choose",
    "close_plan",
    "decline_to_sign",
    "dismiss_disruption",
    "keep_calendar",
    "link_disruption",
    "link_disruptions",
    "link_order",
    "mark_sent",
    "name_deputies",
    "new_calendar_key",
    "reopen_plan",
    "review_plan",
    "revoke_calendar",
    "write_plan",
]

"""Ancillary orders on a day: in force or not, what ends soon, what nobody manages or has planned for."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from plans4p.directory.queries import User, changes_with_parts
from plans4p.orders.models import AncillaryOrder, OrderQuerySet, OrderTerm
from soc_tracker.core.records.history import Change

TERMS = 100
ENDING_WITHIN, RELEASE_PLANNED_WITHIN = 90, 180
"""Days from today: within the first an order counts as ending; within the second a release must be planned."""


def release_unplanned(orders: OrderQuerySet, today: date) -> QuerySet:
    """The subject is in custody and due for release soon, and nobody has said what happens then."""
    soon = today + timedelta(days=RELEASE_PLANNED_WITHIN)
    return orders.in_custody().filter(release_plan="", release_on__lte=soon)


@dataclass(frozen=True)
class OrderCounts:
    """Orders in force on a day; one order may count under several heads."""

    in_force: int
    custody: int
    community: int
    ending: int
    without_manager: int
    release_unplanned: int


def get_counts(orders: OrderQuerySet, today: date) -> OrderCounts:
    """Each as the list counts it under the filter of that name."""
    in_force = orders.in_force(today)
    return OrderCounts(
        in_force=in_force.count(),
        custody=in_force.in_custody().count(),
        community=in_force.in_community().count(),
        ending=in_force.ending_within(today, ENDING_WITHIN).count(),
        without_manager=in_force.without_manager().count(),
        release_unplanned=release_unplanned(in_force, today).count(),
    )


@dataclass(frozen=True)
class OrderFacts:
    """Everything on an order's page; ``lacks_plan``: its release is near, and nobody has planned for it."""

    terms: list[OrderTerm]
    lacks_plan: bool
    changes: list[Change]


def get_order_facts(user: User, order: AncillaryOrder, today: date) -> OrderFacts:
    one = AncillaryOrder.objects.visible_to(user).filter(pk=order.pk)
    return OrderFacts(
        terms=list(order.terms.visible_to(user).order_by("kind", "pk")[:TERMS]),
        lacks_plan=release_unplanned(one, today).exists(),
        changes=changes_with_parts(order, OrderTerm, "order"),
    )

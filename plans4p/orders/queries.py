"""Ancillary orders on a day: in force or not, what ends soon, what nobody manages or has planned for."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict

from disruptions.standpoint.models import KindQuerySet
from plans4p.choices import Setting
from plans4p.directory.queries import User
from plans4p.orders.models import AncillaryOrder, OrderTerm
from plans4p.plans.queries import changes_with_parts
from soc_tracker.core.lists.paging import Bounded, paged
from soc_tracker.core.records.history import Change

TERMS = 100
ENDING_WITHIN, RELEASE_PLANNED_WITHIN = 90, 180
"""Days from today: within the first an order counts as ending; within the second a release must be planned."""


def is_in_force(day: date) -> Q:
    """Its last day is one in force."""
    return Q(in_force_from__lte=day) & (Q(expires_on__isnull=True) | Q(expires_on__gte=day))


def is_ending(today: date) -> Q:
    """In force, and soon it ends or its subject is released."""
    span = (today, today + timedelta(days=ENDING_WITHIN))
    return is_in_force(today) & (Q(expires_on__range=span) | Q(release_on__range=span))


def is_release_unplanned(today: date) -> Q:
    """The subject is in custody and due for release soon, and nobody has said what happens then."""
    soon = today + timedelta(days=RELEASE_PLANNED_WITHIN)
    return Q(setting=Setting.CUSTODY, release_plan="", release_on__lte=soon)


@dataclass(frozen=True)
class OrderCounts:
    """Orders in force on a day; one order may count under several heads."""

    in_force: int
    custody: int
    community: int
    ending: int
    without_manager: int
    release_unplanned: int


def list_orders(user: User) -> KindQuerySet:
    """Those that the user may see, with what a list or the page of one reads."""
    orders: KindQuerySet = AncillaryOrder.objects.visible_to(user).select_related("organisation")
    return orders.naming(user, "threat")


def get_counts(orders: QuerySet, today: date) -> OrderCounts:
    """Each as the list counts it under the filter of that name."""
    counts = (
        orders.filter(is_in_force(today))
        .order_by()
        .aggregate(
            in_force=Count("pk"),
            custody=Count("pk", filter=Q(setting=Setting.CUSTODY)),
            community=Count("pk", filter=Q(setting=Setting.COMMUNITY)),
            ending=Count("pk", filter=is_ending(today)),
            without_manager=Count("pk", filter=Q(manager="")),
            release_unplanned=Count("pk", filter=is_release_unplanned(today)),
        )
    )
    return OrderCounts(**counts)


@dataclass(frozen=True)
class OrderFacts:
    """Everything on an order's page; ``lacks_plan``: its release is near, and nobody has planned for it."""

    terms: Bounded[OrderTerm]
    lacks_plan: bool
    changes: Bounded[Change]


def get_order_facts(user: User, order: AncillaryOrder, today: date, *, params: QueryDict) -> OrderFacts:
    """``params`` say where in its terms the page is opened."""
    return OrderFacts(
        terms=paged(order.terms.visible_to(user), ("kind",), TERMS, name="terms", params=params),
        lacks_plan=AncillaryOrder.objects.filter(is_release_unplanned(today), pk=order.pk).exists(),
        changes=changes_with_parts(user, order, OrderTerm, "order"),
    )

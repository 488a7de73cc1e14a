"""The responses of local policing bodies that were late in a quarter."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q

from forces.models import Membership
from inspections.queries import User
from inspections.responses.models import Response
from soc_tracker.core.text.days import Period


def list_late_responses(user: User, period: Period, scope: dict[str, Collection[str]]) -> list[Any]:
    """Due by the end of the period for certain, and either still awaited then or published late within it.

    ``scope`` holds the slugs of organisations, regions and programmes, none of a kind where it is not narrowed to any.
    """
    not_before = Q(is_published=False) | Q(published_on__isnull=True) | Q(published_on__gte=period.first)
    late = Q(is_published=False) | Q(in_time=False)
    rows = Response.objects.visible_to(user).filter(not_before & late, due_to__lt=period.last)
    if scope.get("organisation"):
        rows = rows.filter(organisation__slug__in=scope["organisation"])
    if scope.get("region"):
        members = Membership.objects.valid_on(period.last).filter(region__slug__in=scope["region"])
        rows = rows.filter(organisation__in=members.values("organisation"))
    if scope.get("programme"):
        rows = rows.filter(inspection__programme__slug__in=scope["programme"])
    return list(rows.for_list().order_by("due_to", "organisation__name", "pk"))

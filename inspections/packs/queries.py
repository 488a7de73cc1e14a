"""What else a pack tells: responses that were late in its quarter, and earlier findings that others come back to."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import F, Q

from forces.models import Membership
from inspections.findings.models import Finding
from inspections.queries import User
from inspections.repeats.models import Pairing
from inspections.repeats.queries import when
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


def list_earlier(user: User, findings: Iterable[Finding]) -> dict[int, Finding]:
    """By the keys of those findings that come back to an earlier one of the same body or region, the earliest: as their
    report says, or a person here. One query besides what the findings hold.
    """
    own = {finding.pk: finding for finding in findings}
    pairs = Pairing.objects.visible_to(user).filter(
        Q(first__organisation=F("second__organisation")) | Q(first__region=F("second__region")),
        Q(first__in=own) | Q(second__in=own),
        is_one_problem=True,
    )
    others = [(finding.pk, finding.repeats) for finding in own.values() if finding.repeats]
    names = ("first__inspection__programme", "second__inspection__programme")
    for pair in pairs.select_related(*names).order_by("pk"):
        others += [(pair.first_id, pair.second), (pair.second_id, pair.first)]
    earliest: dict[int, Finding] = {}
    for key, other in others:
        if key in own and when(other.inspection) < when(earliest.get(key, own[key]).inspection):
            earliest[key] = other
    return earliest

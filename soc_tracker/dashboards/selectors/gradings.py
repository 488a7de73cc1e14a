"""Gradings of the question on serious and organised crime."""

from collections.abc import Iterable

from django.db.models import F

from inspections.models import Grading
from inspections.querysets import GradingQuerySet
from soc_tracker.dashboards.selectors.bodies import User

NEWEST_FIRST = (
    F("inspection__programme__year").desc(),
    F("inspection__published_on").desc(nulls_last=True),
    F("question__order").asc(),
    F("pk").desc(),
)


def gradings_newest_first(user: User) -> GradingQuerySet:
    """All gradings that the user may see, those of the newest programme first."""
    return Grading.objects.visible_to(user).for_list().order_by(*NEWEST_FIRST)


def latest_by_organisation(gradings: Iterable[Grading]) -> dict[int, Grading]:
    """The first grading of each organisation, by the organisation's primary key."""
    latest: dict[int, Grading] = {}
    for grading in gradings:
        latest.setdefault(grading.organisation_id, grading)
    return latest

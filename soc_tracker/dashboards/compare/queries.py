"""What the comparison of bodies reads: a few sums, whatever the number of bodies."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from disruptions.measures.queries import Counts, lead_counts
from disruptions.standpoint.queries import Standpoint
from disruptions.threats.queries import master_list_counts
from forces.models import Membership, Organisation
from inspections.figures.models import PublishedFigure
from soc_tracker.dashboards.bodies.queries import User, in_order
from soc_tracker.dashboards.record.queries import ChosenPeriod, Threats
from soc_tracker.dashboards.shares.queries import MEASURES


@dataclass(frozen=True)
class Comparison:
    """Bodies with their lead disruptions of a period and their threats, as at a day.

    ``second`` is another day, None where none was asked for; ``lead_second``
    are the same bodies' disruptions of the same period as at that day.
    """

    standpoint: Standpoint
    period: ChosenPeriod
    bodies: tuple[Organisation, ...]
    lead: dict[int, Counts]
    threats: dict[int, Threats]
    second: Standpoint | None
    lead_second: dict[int, Counts]


def compared(
    bodies: tuple[Organisation, ...], standpoint: Standpoint, period: ChosenPeriod, second_day: date | None
) -> Comparison:
    """The counts of the bodies; none is read where nothing is on record."""
    keys = [body.pk for body in bodies] if standpoint.latest else []
    second = replace(standpoint, day=second_day) if second_day else None
    return Comparison(
        standpoint=standpoint,
        period=period,
        bodies=bodies,
        lead=lead_counts(standpoint, keys, period.first, period.last),
        threats=master_list_counts(standpoint, keys) if keys else {},
        second=second,
        lead_second=lead_counts(second, keys, period.first, period.last) if second else {},
    )


def chosen_bodies(
    user: User, regions: Collection[str], organisations: Collection[str], kinds: Collection[str], day: date
) -> tuple[Organisation, ...]:
    """The organisations named, those in the regions on the day, and all of a kind that there were on it."""
    everyone = Organisation.objects.visible_to(user)
    places = Membership.objects.visible_to(user).valid_on(day).filter(region__slug__in=regions)
    of_kinds = Organisation.objects.valid_on(day).filter(kind__in=kinds)
    chosen = Q(slug__in=organisations) | Q(pk__in=places.values("organisation")) | Q(pk__in=of_kinds.values("pk"))
    return in_order(everyone.filter(chosen))


def list_share_figures(user: User, bodies: Collection[Organisation]) -> list[PublishedFigure]:
    """What was published of the bodies' lead disruptions, in total and by 4P."""
    figures = PublishedFigure.objects.visible_to(user).filter(organisation__in=bodies, measure__slug__in=MEASURES)
    return list(figures.for_list().by_measure())

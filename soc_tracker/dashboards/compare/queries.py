"""What the comparison of bodies reads: a few sums, whatever the number of bodies."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from disruptions.measures.queries import Counts, lead_counts
from disruptions.standpoint.queries import Standpoint
from disruptions.threats.queries import master_list_counts
from forces.models import BodySize, Membership, Organisation
from inspections.figures.models import PublishedFigure
from soc_tracker.dashboards.bodies.queries import User, in_order
from soc_tracker.dashboards.record.queries import ChosenPeriod, Threats
from soc_tracker.dashboards.shares.queries import MEASURES

Leads = dict[int, Counts]
"""The lead disruptions of each body."""


@dataclass(frozen=True)
class Comparison:
    """Bodies with their lead disruptions of a period as at a day.

    ``second`` is another day, None where none was asked for; ``lead_second`` are the same bodies' disruptions of the
    same period as at that day.
    """

    standpoint: Standpoint
    period: ChosenPeriod
    bodies: tuple[Organisation, ...]
    lead: Leads
    second: Standpoint | None
    lead_second: Leads

    @property
    def days(self) -> str:
        """The day of the comparison, or both of its days, as a file writes them."""
        return " and ".join(each.day.isoformat() for each in (self.standpoint, self.second) if each)


def compared(
    bodies: tuple[Organisation, ...], standpoint: Standpoint, period: ChosenPeriod, second_day: date | None
) -> Comparison:
    """The counts of the bodies; none is read where nothing is on record."""

    def lead(of: Standpoint | None) -> Leads:
        keys = [body.pk for body in bodies]
        if of is None or of.latest is None:
            return {key: Counts({}) for key in keys}
        return lead_counts(of, keys, period.first, period.last)

    second = replace(standpoint, day=second_day) if second_day else None
    return Comparison(standpoint, period, bodies, lead(standpoint), second, lead(second))


def threats_of(comparison: Comparison) -> dict[int, Threats]:
    """The bodies' threats on the master list of the day; a body without any is absent."""
    on_record = comparison.standpoint.latest is not None
    return master_list_counts(comparison.standpoint, [body.pk for body in comparison.bodies]) if on_record else {}


def newest_sizes(bodies: Collection[Organisation]) -> dict[int, dict[str, BodySize]]:
    """How large each body was when it was last counted, by its key and the measure. One query."""
    sizes: dict[int, dict[str, BodySize]] = {}
    for size in BodySize.objects.filter(organisation__in=bodies).order_by("as_at", "pk"):
        sizes.setdefault(size.organisation_id, {})[size.measure] = size
    return sizes


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

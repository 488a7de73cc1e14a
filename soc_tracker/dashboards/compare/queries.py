"""What the comparison of bodies reads: a few sums, whatever the number of bodies."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from disruptions.measures.queries import Counts, lead_counts, together
from disruptions.standpoint.queries import Standpoint
from disruptions.threats.queries import master_list_counts
from forces.models import BodySize, Membership, Organisation
from forces.queries import get_lineage
from inspections.figures.models import PublishedFigure
from soc_tracker.dashboards.bodies.queries import User, in_order
from soc_tracker.dashboards.record.queries import ChosenPeriod, Threats
from soc_tracker.dashboards.shares.queries import MEASURES

Parts = Mapping[int, Sequence[Organisation]]
Leads = dict[int, Counts]
"""The lead disruptions of each body."""


@dataclass(frozen=True)
class Comparison:
    """Bodies with their lead disruptions of a period as at a day; ``parts`` are those that are counted as each.

    ``second`` is another day, None where none was asked for; ``lead_second`` are the same bodies' disruptions of the
    same period as at that day.
    """

    standpoint: Standpoint
    period: ChosenPeriod
    bodies: tuple[Organisation, ...]
    lead: Leads
    second: Standpoint | None
    lead_second: Leads
    parts: Parts

    @property
    def days(self) -> str:
        """The day of the comparison, or both of its days, as a file writes them."""
        return " and ".join(each.day.isoformat() for each in (self.standpoint, self.second) if each)


def compared(
    bodies: tuple[Organisation, ...],
    standpoint: Standpoint,
    period: ChosenPeriod,
    second_day: date | None,
    counted_as_each: Parts | None = None,
) -> Comparison:
    """The counts of the bodies, each of all its parts (by itself, unless they are given); none is read where nothing is
    on record.
    """
    parts = counted_as_each or {body.pk: [body] for body in bodies}

    def lead(of: Standpoint | None) -> Leads:
        if of is None or of.latest is None:
            return {body.pk: Counts({}) for body in bodies}
        counts = lead_counts(of, [part.pk for each in parts.values() for part in each], period.first, period.last)
        return {body.pk: together(counts[part.pk] for part in parts[body.pk]) for body in bodies}

    second = replace(standpoint, day=second_day) if second_day else None
    return Comparison(standpoint, period, bodies, lead(standpoint), second, lead(second), parts)


def threats_of(comparison: Comparison) -> dict[int, Threats]:
    """The bodies' threats on the master list of the day; a body without any is absent."""
    if comparison.standpoint.is_empty:
        return {}
    whole = {part.pk: key for key, parts in comparison.parts.items() for part in parts}
    sums: dict[int, Threats] = {}
    for key, types in master_list_counts(comparison.standpoint.of_threats, list(whole)).items():
        one = sums.setdefault(whole[key], {})
        for type_, number in types.items():
            one[type_] = one.get(type_, 0) + number
    return sums


def on_boundaries_of_now(
    user: User, chosen: Collection[Organisation], today: date
) -> tuple[tuple[Organisation, ...], Parts]:
    """The bodies in which the chosen ones go on today, each with all that go on in it; and by themselves those that
    became several, where all of these are compared. One query.
    """
    lineage = get_lineage(user)
    into = lineage.going_on_in(today)
    today_s = [into.get(body.pk, body) for body in chosen]
    bodies = in_order((*today_s, *lineage.divided(today_s, today)[0]))
    parts: dict[int, list[Organisation]] = {body.pk: [body] for body in bodies}
    for earlier in lineage.earlier(into):
        if into[earlier.pk] in bodies:
            parts[into[earlier.pk].pk].append(earlier)
    return bodies, parts


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

"""Reads of the record for figures of different days and periods: as few as there are days, whatever the bodies."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from disruptions.selectors.measures import Counts, lead_counts, together
from disruptions.selectors.record import Standpoint
from disruptions.selectors.threats import master_list_counts
from forces.models import Membership
from inspections.models import PublishedFigure
from soc_tracker.dashboards.selectors.bodies import User
from soc_tracker.dashboards.selectors.record import Threats

# Each day, and each period as at a day, is one read more.
MOST_READS = 6


class TooManyReadsError(Exception):
    """The figures are of more days than one page reads."""


@dataclass(frozen=True)
class Place:
    """An organisation in a region, for a time (inclusive; None is open)."""

    organisation: int
    region: int
    first: date | None
    last: date | None

    def covers(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or self.last >= day)


class Reads:
    """Answers for each figure as at its own day. What several figures need is read once.

    A region's figure is answered by the organisations that were in it on that day.
    """

    def __init__(self, user: User, standpoint: Standpoint, figures: Iterable[PublishedFigure]) -> None:
        self.standpoint = standpoint
        self._figures = tuple(figures)
        self._places = _places(user) if any(figure.region_id for figure in self._figures) else ()
        self._threats: dict[date, dict[int, Threats]] = {}
        self._disruptions: dict[tuple[date, date, date], dict[int, Counts]] = {}

    def threats(self, figure: PublishedFigure) -> Threats | None:
        """By type, on the master list of the figure's day; None where its body has none there."""
        day = _day(figure)
        by_body = self._threats_on(day)
        found = [by_body[body] for body in self._bodies(figure, day) if body in by_body]
        types = {type_ for threats in found for type_ in threats}
        return {type_: sum(threats.get(type_, 0) for threats in found) for type_ in types} if found else None

    def threats_of_regions(self, figure: PublishedFigure) -> dict[int, int]:
        """The number on the master list of the figure's day, by region; a region without any is absent."""
        day = _day(figure)
        by_body, sums = self._threats_on(day), dict[int, int]()
        for place in self._places:
            if place.covers(day) and place.organisation in by_body:
                sums[place.region] = sums.get(place.region, 0) + sum(by_body[place.organisation].values())
        return sums

    def disruptions(self, figure: PublishedFigure) -> Counts:
        """The lead disruptions of the figure's period as at its day."""
        if figure.period_from is None or figure.period_to is None:
            raise ValueError(f"{figure} has no period.")
        period = (_day(figure), figure.period_from, figure.period_to)
        by_body = self._disruptions_in(*period)
        return together(by_body[body] for body in self._bodies(figure, _day(figure)))

    def _bodies(self, figure: PublishedFigure, day: date) -> set[int]:
        if figure.organisation_id:
            return {figure.organisation_id}
        return {place.organisation for place in self._places if place.region == figure.region_id and place.covers(day)}

    def _threats_on(self, day: date) -> dict[int, Threats]:
        if day not in self._threats:
            self._may_read()
            bodies = {place.organisation for place in self._places}.union(
                figure.organisation_id for figure in self._figures if figure.organisation_id
            )
            self._threats[day] = master_list_counts(replace(self.standpoint, day=day), bodies)
        return self._threats[day]

    def _disruptions_in(self, day: date, first: date, last: date) -> dict[int, Counts]:
        key = (day, first, last)
        if key not in self._disruptions:
            self._may_read()
            bodies = {body for figure in self._figures for body in self._bodies(figure, day)}
            self._disruptions[key] = lead_counts(replace(self.standpoint, day=day), bodies, first, last)
        return self._disruptions[key]

    def _may_read(self) -> None:
        if len(self._threats) + len(self._disruptions) >= MOST_READS:
            raise TooManyReadsError


def _places(user: User) -> tuple[Place, ...]:
    rows = Membership.objects.visible_to(user).order_by("pk")
    return tuple(Place(*row) for row in rows.values_list("organisation", "region", "valid_from", "valid_to"))


def _day(figure: PublishedFigure) -> date:
    if figure.as_at is None:
        raise ValueError(f"{figure} has no day as at which it was counted.")
    return figure.as_at

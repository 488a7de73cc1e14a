"""Published figures worked out anew from the record: as few reads as there are days, whatever the bodies."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from fractions import Fraction
from operator import methodcaller

from disruptions.choices import FourP, ThreatType
from disruptions.measures.queries import Counts, Share, lead_counts, together
from disruptions.standpoint.queries import Standpoint
from disruptions.threats.queries import master_list_counts
from forces.models import Membership
from inspections.figures.models import PublishedFigure
from soc_tracker.core.text.days import Days
from soc_tracker.dashboards.bodies.queries import User
from soc_tracker.dashboards.record.queries import RecordSide, Threats

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
        return day in Days(self.first, self.last)


class Reads:
    """Answers for each figure as at its own day. What several figures need is read once.

    A region's figure is answered by the organisations that were in it on that day.
    """

    def __init__(
        self,
        user: User,
        standpoint: Standpoint,
        figures: Iterable[PublishedFigure],
        known: RecordSide | None = None,
    ) -> None:
        self.standpoint = standpoint
        self._known = known
        self._figures = tuple(figures)
        self._places: tuple[Place, ...] = ()
        if any(figure.region_id for figure in self._figures):
            places = Membership.objects.visible_to(user).order_by("pk")
            columns = places.values_list("organisation", "region", "valid_from", "valid_to")
            self._places = tuple(Place(*row) for row in columns)
        self._threats: dict[date, dict[int, Threats]] = {}
        self._disruptions: dict[tuple[date, date, date], dict[int, Counts]] = {}

    def threats(self, figure: PublishedFigure) -> Threats | None:
        """By type, on the master list of the figure's day; None where its body has none there."""
        day = _day(figure)
        by_body = self._threats_on(day)
        own = [by_body[body] for body in self._bodies(figure, day) if body in by_body]
        types = {type_ for threats in own for type_ in threats}
        return {type_: sum(threats.get(type_, 0) for threats in own) for type_ in types} if own else None

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
        day, first, last = key = (_day(figure), figure.period_from, figure.period_to)
        if key not in self._disruptions:
            bodies = {body for each in self._figures for body in self._bodies(each, day)}
            known = self._known
            if known and known.covers(bodies, day) and (known.period.first, known.period.last) == (first, last):
                self._disruptions[key] = known.counts.lead
            else:
                self._may_read()
                self._disruptions[key] = lead_counts(replace(self.standpoint, day=day), bodies, first, last)
        by_body = self._disruptions[key]
        return together(by_body[body] for body in self._bodies(figure, day))

    def sees(self, figure: PublishedFigure, recomputation: "Recomputation") -> bool:
        """Whether the reader sees the rows of all bodies that answer it."""
        sight = self.standpoint.sight
        if sight.everything or isinstance(recomputation, AgainstOtherRegions):
            return sight.everything
        return self._bodies(figure, _day(figure)) <= sight.bodies

    def _bodies(self, figure: PublishedFigure, day: date) -> set[int]:
        if figure.organisation_id:
            return {figure.organisation_id}
        return {place.organisation for place in self._places if place.region == figure.region_id and place.covers(day)}

    def _threats_on(self, day: date) -> dict[int, Threats]:
        if day not in self._threats:
            bodies = {place.organisation for place in self._places}.union(
                figure.organisation_id for figure in self._figures if figure.organisation_id
            )
            if self._known and self._known.covers(bodies, day):
                self._threats[day] = self._known.threats
            else:
                self._may_read()
                self._threats[day] = master_list_counts(replace(self.standpoint, day=day), bodies)
        return self._threats[day]

    def _may_read(self) -> None:
        if len(self._threats) + len(self._disruptions) >= MOST_READS:
            raise TooManyReadsError


def _day(figure: PublishedFigure) -> date:
    if figure.as_at is None:
        raise ValueError(f"{figure} has no day as at which it was counted.")
    return figure.as_at


# Published figures worked out again from the record, each with its own period and as at its own day.


@dataclass(frozen=True)
class Recorded:
    """The value in the figure's unit: a number, a share from 0 to 1 with its x and n, or how many times as many."""

    value: Fraction
    share: Share | None = None


class Missing(Enum):
    """Why the record cannot answer."""

    NO_DAY = "the document gives no day as at which it was counted"
    NO_PERIOD = "the document gives no period in days"
    NOTHING = "nothing is on record"
    OUTSIDE = "what is on record of it is outside your reach"
    BEYOND = "the record does not reach that day"
    NO_ROWS = "no records of it in that period, as at that day"
    NO_THREATS = "no threats of it on the master list of that day"
    NO_OTHERS = "no threats of any other region on the master list of that day"
    TOO_MANY_DAYS = "the figures on this page are of more days than are read for one page"


@dataclass(frozen=True)
class Recomputed:
    """A published figure beside what the record says, or why it says nothing."""

    figure: PublishedFigure
    recorded: Recorded | None
    missing: Missing | None


@dataclass(frozen=True)
class FromThreats:
    """A number of the threats on the master list of the day."""

    number: Callable[[Threats], int]
    differs_because: str = "threats may be reclassified, moderated or closed with other dates in this record"

    def of(self, figure: PublishedFigure, record: Reads) -> Recorded | Missing:
        threats = record.threats(figure)
        return Missing.NO_THREATS if threats is None else Recorded(Fraction(self.number(threats)))


@dataclass(frozen=True)
class AgainstOtherRegions:
    """How many times as many threats as the region that comes next has."""

    differs_because: str = "the record may not hold the threats of every region"

    def of(self, figure: PublishedFigure, record: Reads) -> Recorded | Missing:
        regions = record.threats_of_regions(figure)
        own = regions.pop(figure.region_id, 0) if figure.region_id else 0
        if not own:
            return Missing.NO_THREATS
        return Recorded(Fraction(own, max(regions.values()))) if regions else Missing.NO_OTHERS


@dataclass(frozen=True)
class FromDisruptions:
    """A number of the lead disruptions of the period."""

    number: Callable[[Counts], int]
    differs_because: str = "records may have been added, corrected or withdrawn with other dates in this record"

    def of(self, figure: PublishedFigure, record: Reads) -> Recorded | Missing:
        counts = record.disruptions(figure)
        return Recorded(Fraction(self.number(counts))) if counts.n else Missing.NO_ROWS


@dataclass(frozen=True)
class ShareOfDisruptions:
    """The share of one P in the lead disruptions of the period."""

    four_p: FourP
    differs_because: str = "the records behind the published percentage may be others"

    def of(self, figure: PublishedFigure, record: Reads) -> Recorded | Missing:
        share = record.disruptions(figure).share(self.four_p)
        return Missing.NO_ROWS if share.of_one is None else Recorded(share.of_one, share)


Recomputation = FromThreats | AgainstOtherRegions | FromDisruptions | ShareOfDisruptions

RECOMPUTED: Mapping[str, Recomputation] = {
    "soc-threats": FromThreats(lambda threats: sum(threats.values())),
    "soc-vulnerabilities": FromThreats(lambda threats: threats.get(ThreatType.VULNERABILITY, 0)),
    "soc-threats-against-other-regions": AgainstOtherRegions(),
    "lead-disruptions": FromDisruptions(lambda counts: counts.n),
    **{f"lead-disruptions-{four_p}": FromDisruptions(methodcaller("of_four_p", four_p)) for four_p in FourP},
    **{f"lead-disruptions-{four_p}-share": ShareOfDisruptions(four_p) for four_p in FourP},
}


def recomputed(
    user: User, figures: Iterable[PublishedFigure], standpoint: Standpoint, known: RecordSide | None = None
) -> tuple[Recomputed, ...]:
    """The figures whose measure is in the table, in their order. ``standpoint`` gives the kind of data.

    What is ``known`` of some bodies at its day and in its period is not read again.
    """
    computable = [figure for figure in figures if figure.measure.slug in RECOMPUTED]
    if not computable:
        return ()
    record, rows = Reads(user, standpoint, computable, known), []
    for figure in computable:
        answer = answer_of(figure, record)
        row = Recomputed(figure, None, answer) if isinstance(answer, Missing) else Recomputed(figure, answer, None)
        rows.append(row)
    return tuple(rows)


def answer_of(figure: PublishedFigure, record: Reads) -> Recorded | Missing:
    """The record is read only where nothing rules out an answer before."""
    recomputation = RECOMPUTED[figure.measure.slug]
    of_period = isinstance(recomputation, FromDisruptions | ShareOfDisruptions)
    if figure.as_at is None:
        return Missing.NO_DAY
    if of_period and (figure.period_from is None or figure.period_to is None):
        return Missing.NO_PERIOD
    if record.standpoint.latest is None:
        return Missing.NOTHING
    if not record.sees(figure, recomputation):
        return Missing.OUTSIDE
    if figure.as_at > record.standpoint.latest:
        return Missing.BEYOND
    try:
        return recomputation.of(figure, record)
    except TooManyReadsError:
        return Missing.TOO_MANY_DAYS

"""Published figures worked out again from the record, each with its own period and as at its own day.

``RECOMPUTED`` says what of the record each published measure is. A figure of
any other measure is not compared.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from disruptions.choices import FourP, ThreatType
from disruptions.selectors.measures import Counts, Share
from disruptions.selectors.record import Standpoint
from inspections.models import PublishedFigure
from soc_tracker.dashboards.selectors.bodies import User
from soc_tracker.dashboards.selectors.reads import Reads, TooManyReadsError
from soc_tracker.dashboards.selectors.record import Threats


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


def _number_of(four_p: FourP) -> FromDisruptions:
    return FromDisruptions(lambda counts: counts.of_four_p(four_p))


Recomputation = FromThreats | AgainstOtherRegions | FromDisruptions | ShareOfDisruptions

RECOMPUTED: Mapping[str, Recomputation] = {
    "soc-threats": FromThreats(lambda threats: sum(threats.values())),
    "soc-vulnerabilities": FromThreats(lambda threats: threats.get(ThreatType.VULNERABILITY, 0)),
    "soc-threats-against-other-regions": AgainstOtherRegions(),
    "lead-disruptions": FromDisruptions(lambda counts: counts.n),
    **{f"lead-disruptions-{four_p}": _number_of(four_p) for four_p in FourP},
    **{f"lead-disruptions-{four_p}-share": ShareOfDisruptions(four_p) for four_p in FourP},
}


def recomputed(user: User, figures: Iterable[PublishedFigure], standpoint: Standpoint) -> tuple[Recomputed, ...]:
    """The figures whose measure is in the table, in their order. ``standpoint`` gives the kind of data."""
    asked = [figure for figure in figures if figure.measure.slug in RECOMPUTED]
    if not asked:
        return ()
    record = Reads(user, standpoint, asked)
    return tuple(_recomputed(figure, record) for figure in asked)


def _recomputed(figure: PublishedFigure, record: Reads) -> Recomputed:
    answer = _unanswerable(figure, record.standpoint) or _answer(figure, record)
    return Recomputed(figure, None, answer) if isinstance(answer, Missing) else Recomputed(figure, answer, None)


def _answer(figure: PublishedFigure, record: Reads) -> Recorded | Missing:
    try:
        return RECOMPUTED[figure.measure.slug].of(figure, record)
    except TooManyReadsError:
        return Missing.TOO_MANY_DAYS


def _unanswerable(figure: PublishedFigure, standpoint: Standpoint) -> Missing | None:
    """What rules out an answer before anything is read."""
    recomputation = RECOMPUTED[figure.measure.slug]
    of_period = isinstance(recomputation, FromDisruptions | ShareOfDisruptions)
    if figure.as_at is None:
        return Missing.NO_DAY
    if of_period and (figure.period_from is None or figure.period_to is None):
        return Missing.NO_PERIOD
    if standpoint.latest is None:
        return Missing.NOTHING
    return Missing.BEYOND if figure.as_at > standpoint.latest else None

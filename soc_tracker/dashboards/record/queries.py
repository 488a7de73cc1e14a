"""What the recorded side of a page reads: the period that it counts, and the sums of its bodies."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from disruptions.choices import ThreatType
from disruptions.measures.queries import (
    Counts,
    PeriodCounts,
    lead_counts,
    of_bodies,
    period_counts,
    together,
)
from disruptions.standpoint.models import KNOWN
from disruptions.standpoint.queries import Standpoint
from disruptions.standpoint.queries import standpoint as get_standpoint
from disruptions.threats.queries import master_list_counts
from disruptions.trend.queries import RecentMonths, completeness_of
from forces.models import Organisation, Region
from soc_tracker.core.access.models import Sight
from soc_tracker.core.text.days import Period, kept, month_after, to_words

# Until the end of this month, the year before is still the year that reports speak of.
YEAR_BEFORE_UNTIL = 9


@dataclass(frozen=True)
class ChosenPeriod(Period):
    """A period, and how it came to be chosen: "" where the reader named both of its ends."""

    chosen: str = ""

    @property
    def words(self) -> str:
        return to_words(self.first, self.last)


def usual_period(day: date) -> ChosenPeriod:
    """The last calendar year that was over on the day; late in a year, the last 12 months that were.

    So both extracts of the inspectorate, of 4 January and of 13 July 2023, get 2022.
    """
    next_day = day + timedelta(days=1)
    if next_day.month <= YEAR_BEFORE_UNTIL:
        year = next_day.year - 1
        return ChosenPeriod(date(year, 1, 1), date(year, 12, 31), "the last calendar year over on that day")
    end = next_day.replace(day=1) - timedelta(days=1)
    return ChosenPeriod(month_after(end, -11), end, "the last 12 months over on that day")


def period_of(first: date | None, last: date | None, day: date) -> ChosenPeriod:
    """What the reader named; from one end alone, 12 months to the last day or all days until the day itself."""
    if first and last:
        return ChosenPeriod(first, last)
    if first:
        return ChosenPeriod(first, max(first, day), "until that day")
    if last:
        start = kept(month_after(last + timedelta(days=1), -12))
        return ChosenPeriod(start, last, "from the month 12 months earlier")
    usual = usual_period(day)
    return ChosenPeriod(kept(usual.first), kept(usual.last), usual.chosen)


# What the record holds of some bodies: threats on the master list, and disruptions of a period, as at a day.


Threats = dict[ThreatType, int]
FEWEST_UNSEEN = 2
"""Bodies outside a reader's reach of whose figures a sum may be told."""


@dataclass(frozen=True)
class RecordSide:
    """The counts of some bodies. A body that is absent from ``threats`` has none on the master list of the day.

    ``parts`` are, by its key, the bodies that are counted as one, where that is more than itself.
    """

    standpoint: Standpoint
    period: ChosenPeriod
    bodies: tuple[Organisation, ...]
    counts: PeriodCounts
    threats: dict[int, Threats]
    recent: RecentMonths
    parts: Mapping[int, tuple[Organisation, ...]] = field(default_factory=dict)

    def counted_as(self, into: Mapping[int, Organisation]) -> "RecordSide":
        """The same records, those of each body with the one in which it goes on. No sum changes."""
        if not into:
            return self
        parts: dict[int, tuple[Organisation, ...]] = {}
        bodies: dict[int, Organisation] = {}
        for body in self.bodies:
            one = into.get(body.pk, body)
            bodies.setdefault(one.pk, one)
            parts[one.pk] = (*parts.get(one.pk, ()), body)
        keys = {body.pk: one for one, each in parts.items() for body in each}
        cells: dict[tuple, int] = defaultdict(int)
        for (key, *rest), number in self.counts.cells.items():
            cells[keys[key], *rest] += number
        threats: dict[int, Threats] = {}
        for key, types in self.threats.items():
            sums = threats.setdefault(keys[key], {})
            for type_, number in types.items():
                sums[type_] = sums.get(type_, 0) + number
        counts = replace(self.counts, organisations=frozenset(bodies), cells=dict(cells))
        return replace(self, bodies=tuple(bodies.values()), counts=counts, threats=threats, parts=parts)

    def covers(self, bodies: Collection[int], day: date) -> bool:
        """Whether it holds what is known of all the bodies on the day: threats, too, as at that very day."""
        return day == self.standpoint.day == self.standpoint.of_threats.day and set(bodies) <= {
            body.pk for body in self.bodies
        }

    @property
    def outside(self) -> list[Organisation]:
        """The bodies whose rows the reader does not see, which are in no figure."""
        return [body for body in self.bodies if not self.standpoint.sight.sees(body.pk)]

    @property
    def empty(self) -> bool:
        """Whether the record holds nothing at all of these bodies, as at the day and for the period."""
        return not self.threats and not self.counts.cells


def record_side(standpoint: Standpoint, period: ChosenPeriod, bodies: Iterable[Organisation]) -> RecordSide:
    """A few queries, whatever the number of bodies; none where nothing is on record."""
    chosen = tuple(bodies)
    keys = [] if standpoint.is_empty else [body.pk for body in chosen]
    return RecordSide(
        standpoint=standpoint,
        period=period,
        bodies=chosen,
        counts=period_counts(standpoint, keys, period.first, period.last),
        threats=master_list_counts(standpoint.of_threats, keys) if keys else {},
        recent=completeness_of(of_bodies(standpoint, keys).lead),
    )


@dataclass(frozen=True)
class RecordSummary:
    """The record of the bodies in sight, in a few numbers. ``with_records`` counts those that have lead disruptions in
    the period, ``seen`` all that are in sight.
    """

    standpoint: Standpoint
    period: ChosenPeriod
    threats: int
    lead: Counts
    with_records: int
    seen: int


def record_summary(standpoint: Standpoint, organisations: Iterable[int]) -> RecordSummary | None:
    """Of the bodies together, for the usual period; None where nothing is on record."""
    if standpoint.is_empty:
        return None
    bodies, period = list(organisations), usual_period(standpoint.day)
    threats = master_list_counts(standpoint.of_threats, bodies)
    lead = lead_counts(standpoint, bodies, period.first, period.last)
    return RecordSummary(
        standpoint=standpoint,
        period=period,
        threats=sum(sum(of_body.values()) for of_body in threats.values()),
        lead=together(lead.values()),
        with_records=sum(counts.n > 0 for counts in lead.values()),
        seen=sum(map(standpoint.sight.sees, bodies)),
    )


# What those see of a region who see only some of its bodies: one sum, of all of them.


@dataclass(frozen=True)
class RegionalSum:
    """What all bodies of a region have on record together, for the usual period as at the last day."""

    standpoint: Standpoint
    period: ChosenPeriod
    lead: int
    threats: int


def regional_sum(region: Region, bodies: Iterable[Organisation], sight: Sight, today: date) -> RegionalSum | None:
    """For whoever may see the sums of the region and not all of its rows.

    None for others; and where fewer than two of the bodies that are not seen have anything on record, of which the
    difference from one's own would tell. It is always of the same period and day, and of all that is known now,
    so that no two of them can be held against each other.
    """
    keys = frozenset(body.pk for body in bodies)
    sees_sums_alone = region.pk in sight.regions and not (sight.everything or KNOWN.get())
    if not sees_sums_alone or len(keys - sight.bodies) < FEWEST_UNSEEN:
        return None
    whole = get_standpoint(sight=Sight(bodies=keys), today=today)
    period = usual_period(whole.day)
    lead, threats = lead_counts(whole, keys, period.first, period.last), master_list_counts(whole.of_threats, keys)
    sums = ({key: counts.n for key, counts in lead.items()}, {key: sum(of.values()) for key, of in threats.items()})
    if any(sum(bool(of.get(key)) for key in keys - sight.bodies) < FEWEST_UNSEEN for of in sums):
        return None
    return RegionalSum(whole, period, *(sum(of.values()) for of in sums))

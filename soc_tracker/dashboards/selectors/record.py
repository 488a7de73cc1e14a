"""What the record holds of some bodies: threats on the master list, and disruptions of a period, as at a day."""

from collections.abc import Iterable
from dataclasses import dataclass

from disruptions.choices import ThreatType
from disruptions.selectors.measures import (
    Counts,
    PeriodCounts,
    RecentMonths,
    completeness_of,
    lead_counts,
    period_counts,
    together,
)
from disruptions.selectors.record import Standpoint
from disruptions.selectors.threats import master_list_counts
from forces.models import Organisation
from soc_tracker.dashboards.periods import ChosenPeriod, usual_period

Threats = dict[ThreatType, int]


@dataclass(frozen=True)
class RecordSide:
    """The counts of some bodies. A body that is absent from ``threats`` has none on the master list of the day."""

    standpoint: Standpoint
    period: ChosenPeriod
    bodies: tuple[Organisation, ...]
    counts: PeriodCounts
    threats: dict[int, Threats]
    recent: RecentMonths

    @property
    def empty(self) -> bool:
        """Whether the record holds nothing at all of these bodies, as at the day and for the period."""
        return not self.threats and not self.counts.cells


def record_side(standpoint: Standpoint, period: ChosenPeriod, bodies: Iterable[Organisation]) -> RecordSide:
    """A few queries, whatever the number of bodies; none where nothing is on record."""
    chosen = tuple(bodies)
    keys = [body.pk for body in chosen] if standpoint.latest else []
    return RecordSide(
        standpoint=standpoint,
        period=period,
        bodies=chosen,
        counts=period_counts(standpoint, keys, period.first, period.last),
        threats=master_list_counts(standpoint, keys) if keys else {},
        recent=completeness_of(standpoint, keys),
    )


@dataclass(frozen=True)
class RecordSummary:
    """The record in a few numbers. ``with_records`` counts the bodies that have lead disruptions in the period."""

    standpoint: Standpoint
    period: ChosenPeriod
    threats: int
    lead: Counts
    with_records: int


def record_summary(standpoint: Standpoint, organisations: Iterable[int]) -> RecordSummary | None:
    """Of the bodies together, for the usual period; None where nothing is on record."""
    if standpoint.latest is None:
        return None
    bodies, period = list(organisations), usual_period(standpoint.day)
    threats = master_list_counts(standpoint, bodies)
    lead = lead_counts(standpoint, bodies, period.first, period.last)
    return RecordSummary(
        standpoint=standpoint,
        period=period,
        threats=sum(sum(of_body.values()) for of_body in threats.values()),
        lead=together(lead.values()),
        with_records=sum(counts.n > 0 for counts in lead.values()),
    )

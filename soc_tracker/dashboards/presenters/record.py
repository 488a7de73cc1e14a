"""The recorded side of a page in rows and words, with links to exactly the records that were counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from disruptions.choices import ASSESSED, FourP, Involvement, Size, ThreatType
from disruptions.selectors.measures import Counts, Share, together
from disruptions.selectors.record import Standpoint
from forces.models import Organisation
from soc_tracker.dashboards.periods import ChosenPeriod
from soc_tracker.dashboards.presenters.numbers import percent_to_tenths
from soc_tracker.dashboards.selectors.record import RecordSide, Threats
from soc_tracker.lib.tables import Column

NO_RECORDS = "no records"
TOGETHER = "These bodies together"


class Links:
    """Addresses of the lists that show what was counted, as at the same day."""

    def __init__(self, standpoint: Standpoint, period: ChosenPeriod) -> None:
        day = {"as_at": standpoint.day.isoformat(), "data": standpoint.kind}
        days = {"activity_from": period.first.isoformat(), "activity_to": period.last.isoformat()}
        self._disruptions = f"{reverse('disruptions:disruption_list')}?{urlencode(day | days)}"
        self._threats = f"{reverse('disruptions:threat_list')}?{urlencode({'list': 'master'} | day)}"

    def disruptions(self, bodies: Iterable[Organisation], involvement: Involvement) -> str:
        """Those of the bodies that count, of every 4P and size."""
        return f"{self._disruptions}{_of(bodies)}&involvement={involvement}"

    def threats(self, bodies: Iterable[Organisation]) -> str:
        return f"{self._threats}{_of(bodies)}"


def _of(bodies: Iterable[Organisation]) -> str:
    """A slug needs no quoting."""
    return "".join(f"&organisation={body.slug}" for body in bodies)


@dataclass(frozen=True)
class BodyRow:
    """One body, or several together, with what the record counts of it."""

    name: str
    url: str
    bodies: tuple[Organisation, ...]
    lead: Counts
    support: Counts
    threats: Threats | None
    links: Links

    @cached_property
    def _lead_list(self) -> str:
        return self.links.disruptions(self.bodies, Involvement.LEAD)

    @cached_property
    def _threat_list(self) -> str:
        return self.links.threats(self.bodies)

    def disruptions(self, four_p: str = "", size: str = "") -> str:
        """Where the lead disruptions that were counted are listed; "" where there are none."""
        return f"{self._lead_list}{_four_p_and_sizes(four_p, size)}" if self.lead.n else ""

    def support_list(self) -> str:
        return f"{self.links.disruptions(self.bodies, Involvement.SUPPORT)}{_four_p_and_sizes()}"

    def threat_list(self, type_: str = "") -> str:
        """Where the threats that were counted are listed; "" where there are none."""
        if not self.threats or (type_ and not self.threats.get(ThreatType(type_))):
            return ""
        return f"{self._threat_list}&type={type_}" if type_ else self._threat_list


def _four_p_and_sizes(four_p: str = "", size: str = "") -> str:
    sizes = [size] if size else ASSESSED
    return (f"&four_p={four_p}" if four_p else "") + "".join(f"&size={each}" for each in sizes)


def body_rows(side: RecordSide) -> tuple[BodyRow, ...]:
    """A row a body, in the order of the page; below two or more, all of them together."""
    links = Links(side.standpoint, side.period)
    nothing = Counts({})
    rows = [
        BodyRow(
            name=body.short_name,
            url=body.get_absolute_url(),
            bodies=(body,),
            lead=side.counts.lead.get(body.pk, nothing),
            support=side.counts.support.get(body.pk, nothing),
            threats=side.threats.get(body.pk),
            links=links,
        )
        for body in side.bodies
    ]
    return tuple(rows if len(rows) < 2 else [*rows, _together(rows, links)])


def _together(rows: list[BodyRow], links: Links) -> BodyRow:
    threats: Threats = {}
    for row in rows:
        for type_, number in (row.threats or {}).items():
            threats[type_] = threats.get(type_, 0) + number
    return BodyRow(
        name=TOGETHER,
        url="",
        bodies=tuple(body for row in rows for body in row.bodies),
        lead=together(row.lead for row in rows),
        support=together(row.support for row in rows),
        threats=threats or None,
        links=links,
    )


def share_in_words(share: Share) -> str:
    """ "84%, 312 of 373 (79.6 to 87.1)": whole percent, x, n and the 95% interval; or "no records"."""
    interval = share.interval
    if interval is None:
        return NO_RECORDS
    return f"{share.percent}%, {share.x:,} of {share.n:,} ({low(share)} to {high(share)})"


def low(share: Share) -> Decimal | None:
    return percent_to_tenths(share.interval.low) if share.interval else None


def high(share: Share) -> Decimal | None:
    return percent_to_tenths(share.interval.high) if share.interval else None


NAME = Column("body", "Body", lambda row: row.name, lambda row: row.url)
LEAD = Column(
    "lead_disruptions",
    "Lead disruptions",
    lambda row: row.lead.n or NO_RECORDS,
    lambda row: row.disruptions(),
    numeric=True,
)


def _size(size: Size) -> Column:
    return Column(
        size.value,
        str(size.label),
        lambda row: row.lead.of_size(size) if row.lead.n else NO_RECORDS,
        lambda row: row.disruptions(size=size) if row.lead.of_size(size) else "",
        numeric=True,
    )


def _four_p(four_p: FourP) -> Column:
    return Column(
        four_p.value,
        str(four_p.label),
        lambda row: share_in_words(row.lead.share(four_p)),
        lambda row: row.disruptions(four_p=four_p) if row.lead.of_four_p(four_p) else "",
    )


def _threats(type_: ThreatType) -> Column:
    return Column(
        f"threats_{type_.value}",
        PLURALS[type_],
        lambda row: NO_RECORDS if row.threats is None else row.threats.get(type_, 0),
        lambda row: row.threat_list(type_),
        numeric=True,
    )


PLURALS = {
    ThreatType.ORGANISED_CRIME_GROUP: "Organised crime groups",
    ThreatType.PRIORITY_INDIVIDUAL: "Priority individuals",
    ThreatType.VULNERABILITY: "Vulnerabilities",
}
ALL_THREATS = Column(
    "threats",
    "Threats on the master list",
    lambda row: NO_RECORDS if row.threats is None else sum(row.threats.values()),
    lambda row: row.threat_list(),
    numeric=True,
)
THREATS = (NAME, ALL_THREATS, *map(_threats, ThreatType))
COUNTS = (*THREATS, LEAD, *map(_size, ASSESSED))
SHARES = (NAME, LEAD, *map(_four_p, FourP))

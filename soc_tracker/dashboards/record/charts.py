"""The reports on the recorded side of a page, with links to exactly the records that were counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from disruptions.choices import ASSESSED, FourP, Involvement, Size, ThreatType
from disruptions.measures.queries import Counts, Share, together
from disruptions.standpoint.queries import Standpoint
from forces.models import Organisation
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.reports import Report
from soc_tracker.dashboards.record.queries import ChosenPeriod, RecordSide, Threats
from soc_tracker.dashboards.words import percent_to_tenths

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
            bodies=side.parts.get(body.pk, (body,)),
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


def _of_share(four_p: FourP) -> Iterable[Column]:
    label = str(four_p.label)
    yield Column(f"{four_p}_x", f"{label} (x)", lambda row: _x(row, four_p), numeric=True)
    yield Column(f"{four_p}_percent", f"{label}, percent", lambda row: row.lead.share(four_p).percent, numeric=True)
    yield Column(f"{four_p}_low", f"{label}, 95% interval from", lambda row: low(row.lead.share(four_p)), numeric=True)
    yield Column(f"{four_p}_high", f"{label}, 95% interval to", lambda row: high(row.lead.share(four_p)), numeric=True)


def _x(row: BodyRow, four_p: FourP) -> int | None:
    """Without records there is no x either."""
    return row.lead.of_four_p(four_p) if row.lead.n else None


def _four_p(four_p: FourP) -> Column:
    """The share in words; in a file count, percent and interval stand alone."""
    return Column(
        four_p.value,
        str(four_p.label),
        lambda row: share_in_words(row.lead.share(four_p)),
        lambda row: row.disruptions(four_p=four_p) if row.lead.of_four_p(four_p) else "",
        files=tuple(_of_share(four_p)),
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


# The tables of the recorded side, each once for the page and for its file.


@dataclass(frozen=True)
class FourPRow:
    """Lead disruptions of one P, or of all four (``four_p`` None), at one body."""

    four_p: FourP | None
    body: BodyRow

    @property
    def name(self) -> str:
        return str(self.four_p.label) if self.four_p else "All four"

    @property
    def share(self) -> Share | None:
        """Of all four; the row of all four itself has none."""
        return self.body.lead.share(self.four_p) if self.four_p else None

    @property
    def n(self) -> int:
        return self.body.lead.of_four_p(self.four_p) if self.four_p else self.body.lead.n

    def of_size(self, size: Size) -> int:
        return self.body.lead.of(self.four_p, size) if self.four_p else self.body.lead.of_size(size)

    def url(self, size: str = "") -> str:
        return self.body.disruptions(self.four_p or "", size)


WHOLE_PERCENT = Column("percent", "Share, percent", lambda row: row.share.percent if row.share else None, numeric=True)
LOW = Column("low", "95% interval from, percent", lambda row: low(row.share) if row.share else None, numeric=True)
HIGH = Column("high", "95% interval to, percent", lambda row: high(row.share) if row.share else None, numeric=True)
PERCENT = Column(
    "percent",
    "Share",
    lambda row: f"{row.share.percent}%" if row.share else "–",
    numeric=True,
    files=(WHOLE_PERCENT,),
)
INTERVAL = Column(
    "interval",
    "95% interval",
    lambda row: f"{low(row.share)} to {high(row.share)}" if row.share else "–",
    numeric=True,
    files=(LOW, HIGH),
)
ALL = Column("all", "All", lambda row: row.n, lambda row: row.url() if row.n else "", numeric=True)


def _size_of_p(size: Size) -> Column:
    return Column(
        size.value,
        str(size.label),
        lambda row: row.of_size(size),
        lambda row: row.url(size) if row.of_size(size) else "",
        numeric=True,
    )


BY_FOUR_P = (Column("four_p", "4P", lambda row: row.name), *map(_size_of_p, ASSESSED), ALL, PERCENT, INTERVAL)
SUPPORT = Column(
    "support_disruptions",
    "Support disruptions",
    lambda row: row.support.n,
    lambda row: row.support_list(),
    numeric=True,
)


def _support_of_p(four_p: FourP) -> Column:
    return Column(four_p.value, str(four_p.label), lambda row: row.support.of_four_p(four_p), numeric=True)


def reports_of_bodies(side: RecordSide) -> list[Report]:
    """Bodies side by side, as on a region's page."""
    rows, kind = body_rows(side), str(side.standpoint.kind)
    counts = Report(
        slug="threats-and-disruptions",
        title="Threats on the master list, lead disruptions by size",
        kind_of_data=kind,
        columns=COUNTS,
        rows=rows,
    )
    shares = Report(
        slug="shares",
        title="Lead disruptions by 4P, with the 95% interval of each share",
        kind_of_data=kind,
        columns=SHARES,
        rows=rows,
    )
    return [counts, shares, *_support(rows, kind)]


def reports_of_one_body(side: RecordSide) -> list[Report]:
    """One body, as on its own page."""
    (row,), kind = body_rows(side), str(side.standpoint.kind)
    threats = Report(
        slug="threats",
        title="Threats on the master list",
        kind_of_data=kind,
        columns=THREATS,
        rows=(row,) if row.threats else (),
    )
    disruptions = Report(
        slug="lead-disruptions",
        title="Lead disruptions by 4P and size",
        kind_of_data=kind,
        columns=BY_FOUR_P,
        rows=tuple(FourPRow(four_p, row) for four_p in (*FourP, None)) if row.lead.n else (),
    )
    return [threats, disruptions, *_support((row,), kind)]


def _support(rows: tuple[BodyRow, ...], kind: str) -> list[Report]:
    """Support disruptions, only where a body has any: never added to its own."""
    supporting = tuple(row for row in rows if row.support.n and row.name != TOGETHER)
    support = Report(
        slug="support",
        title="Support disruptions, done for others",
        kind_of_data=kind,
        columns=(NAME, SUPPORT, *map(_support_of_p, FourP)),
        rows=supporting,
    )
    return [support] if supporting else []

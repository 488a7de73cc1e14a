"""The reports on the recorded side of a page, with links to exactly the records that were counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from operator import methodcaller
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from disruptions.choices import ASSESSED, FourP, Involvement, Size, ThreatType
from disruptions.measures.queries import Counts, Share, together
from disruptions.standpoint.queries import Standpoint
from disruptions.trend.charts import trend_report
from disruptions.trend.queries import Span, trend_of
from forces.models import Organisation
from soc_tracker.core.access.models import OUTSIDE_REACH
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.reports import Report
from soc_tracker.core.stats.shares import Interval
from soc_tracker.core.text.days import Days
from soc_tracker.dashboards.record.queries import ChosenPeriod, RecordSide, Threats
from soc_tracker.dashboards.words import percent_to_tenths

NO_RECORDS = "no records"
TOGETHER, TOGETHER_IN_REACH = "These bodies together", "Those in your reach together"


class Links:
    """Addresses of the lists that show what was counted, of all bodies, as at the same day."""

    def __init__(self, standpoint: Standpoint, period: ChosenPeriod) -> None:
        self.sight = standpoint.sight
        day = {"as_at": standpoint.day.isoformat(), "data": standpoint.kind}
        days = {"activity_from": period.first.isoformat(), "activity_to": period.last.isoformat()}
        self.disruptions = f"{reverse('disruptions:disruption_list')}?{urlencode(day | days)}"
        of_threats = day | {"list": "master", "as_at": standpoint.of_threats.day.isoformat()}
        self.threats = f"{reverse('disruptions:threat_list')}?{urlencode(of_threats)}"


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

    @property
    def is_seen(self) -> bool:
        return all(self.links.sight.sees(body.pk) for body in self.bodies)

    @property
    def nothing(self) -> str:
        """What stands where there is no number."""
        return NO_RECORDS if self.is_seen else OUTSIDE_REACH

    @cached_property
    def whose(self) -> str:
        """The bodies as parameters of a list; a slug needs no quoting."""
        return "".join(f"&organisation={body.slug}" for body in self.bodies)

    def disruptions(self, four_p: str = "", size: str = "", involvement: Involvement = Involvement.LEAD) -> str:
        """Where those that were counted of a P, of a size or of all are listed; "" where there are none."""
        counts = self.lead if involvement == Involvement.LEAD else self.support
        sizes = [size] if size else ASSESSED
        if not any(n and four_p in ("", p) and of_size in sizes for (p, of_size), n in counts.by.items()):
            return ""
        of_p = f"&four_p={four_p}" if four_p else ""
        of_size = "".join(f"&size={each}" for each in sizes)
        return f"{self.links.disruptions}{self.whose}&involvement={involvement}{of_p}{of_size}"

    def threat_list(self, type_: str = "") -> str:
        """Where the threats that were counted are listed; "" where there are none."""
        if not self.threats or (type_ and not self.threats.get(ThreatType(type_))):
            return ""
        return f"{self.links.threats}{self.whose}{f'&type={type_}' if type_ else ''}"


def body_rows(side: RecordSide) -> tuple[BodyRow, ...]:
    """A row a body, in the order of the page; below two or more that are in sight, all of these together."""
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
    seen = [row for row in rows if row.is_seen]
    if len(seen) < 2:
        return tuple(rows)
    threats: Threats = {}
    for row in seen:
        for type_, number in (row.threats or {}).items():
            threats[type_] = threats.get(type_, 0) + number
    whole = BodyRow(
        name=TOGETHER if seen == rows else TOGETHER_IN_REACH,
        url="",
        bodies=tuple(body for row in seen for body in row.bodies),
        lead=together(row.lead for row in seen),
        support=together(row.support for row in seen),
        threats=threats or None,
        links=links,
    )
    return (*rows, whole)


def share_in_words(share: Share) -> str:
    """ "84%, 312 of 373 (79.6 to 87.1)": whole percent, x, n and the 95% interval; or "no records"."""
    interval = share.interval
    if interval is None:
        return NO_RECORDS
    return f"{share.percent}%, {share.x:,} of {share.n:,} ({low(interval)} to {high(interval)})"


def low(interval: Interval | None) -> Decimal | None:
    """The lower end in percent, to one decimal."""
    return percent_to_tenths(interval.low) if interval else None


def high(interval: Interval | None) -> Decimal | None:
    """The upper end in percent, to one decimal."""
    return percent_to_tenths(interval.high) if interval else None


NAME = Column("body", "Body", lambda row: row.name, lambda row: row.url)
LEAD = Column(
    "lead_disruptions",
    "Lead disruptions",
    lambda row: row.lead.n if row.lead.by else row.nothing,
    lambda row: row.disruptions(),
    numeric=True,
)

NOT_ASSESSED = Column(
    Size.NOT_ASSESSED.value,
    "Lead, not yet assessed",
    lambda row: row.lead.not_assessed if row.lead.by else row.nothing,
    methodcaller("disruptions", size=Size.NOT_ASSESSED),
    numeric=True,
)


def share_column(four_p: FourP) -> Column:
    """The share in words; in a file count, percent and interval stand alone. Without records there is no count."""
    label = str(four_p.label)
    files = (
        ("x", f"{label} (x)", lambda row: row.lead.of_four_p(four_p) if row.lead.n else None),
        ("percent", f"{label}, percent", lambda row: row.lead.share(four_p).percent),
        ("low", f"{label}, 95% interval from", lambda row: low(row.lead.share(four_p).interval)),
        ("high", f"{label}, 95% interval to", lambda row: high(row.lead.share(four_p).interval)),
    )
    return Column(
        four_p.value,
        label,
        lambda row: share_in_words(row.lead.share(four_p)) if row.lead.n else row.nothing,
        methodcaller("disruptions", four_p),
        files=tuple(Column(f"{four_p}_{key}", heading, value, numeric=True) for key, heading, value in files),
    )


PLURALS = {
    ThreatType.ORGANISED_CRIME_GROUP: "Organised crime groups",
    ThreatType.PRIORITY_INDIVIDUAL: "Priority individuals",
    ThreatType.VULNERABILITY: "Vulnerabilities",
}
ALL_THREATS = Column(
    "threats",
    "Threats on the master list",
    lambda row: row.nothing if row.threats is None else sum(row.threats.values()),
    lambda row: row.threat_list(),
    numeric=True,
)
THREATS = (
    NAME,
    ALL_THREATS,
    *(
        Column(
            f"threats_{type_.value}",
            PLURALS[type_],
            lambda row, type_=type_: row.nothing if row.threats is None else row.threats.get(type_, 0),
            methodcaller("threat_list", type_),
            numeric=True,
        )
        for type_ in ThreatType
    ),
)
BY_SIZE = tuple(
    Column(
        size.value,
        str(size.label),
        lambda row, size=size: row.lead.of_size(size) if row.lead.by else row.nothing,
        methodcaller("disruptions", size=size),
        numeric=True,
    )
    for size in ASSESSED
)
COUNTS = (*THREATS, LEAD, *BY_SIZE, NOT_ASSESSED)
SHARES = (NAME, LEAD, *map(share_column, FourP))


# The tables of the recorded side, each once for the page and for its file.


@dataclass(frozen=True)
class FourPRow:
    """Lead disruptions of one P, or of all four (``four_p`` ""), at one body; ``share`` is of all four, whose own row
    has none.
    """

    name: str
    four_p: str
    body: BodyRow
    n: int
    of_size: Mapping[Size, int]
    share: Share | None = None

    def url(self, size: str = "") -> str:
        return self.body.disruptions(self.four_p, size)


WHOLE_PERCENT = Column("percent", "Share, percent", lambda row: row.share.percent if row.share else None, numeric=True)
LOW = Column(
    "low", "95% interval from, percent", lambda row: low(row.share.interval) if row.share else None, numeric=True
)
HIGH = Column(
    "high", "95% interval to, percent", lambda row: high(row.share.interval) if row.share else None, numeric=True
)
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
    lambda row: f"{low(row.share.interval)} to {high(row.share.interval)}" if row.share else "–",
    numeric=True,
    files=(LOW, HIGH),
)
BY_FOUR_P = (
    Column("four_p", "4P", lambda row: row.name),
    *(
        Column(
            size.value,
            str(size.label),
            lambda row, size=size: row.of_size[size],
            methodcaller("url", size),
            numeric=True,
        )
        for size in ASSESSED
    ),
    Column("all", "All", lambda row: row.n, methodcaller("url"), numeric=True),
    PERCENT,
    INTERVAL,
    Column(
        Size.NOT_ASSESSED.value,
        "Not yet assessed, not in All",
        lambda row: row.of_size[Size.NOT_ASSESSED],
        methodcaller("url", Size.NOT_ASSESSED),
        numeric=True,
    ),
)
SUPPORT = (
    NAME,
    Column(
        "support_disruptions",
        "Support disruptions",
        lambda row: row.support.n,
        lambda row: row.disruptions(involvement=Involvement.SUPPORT),
        numeric=True,
    ),
    *(
        Column(
            four_p.value,
            str(four_p.label),
            lambda row, four_p=four_p: row.support.of_four_p(four_p),
            numeric=True,
        )
        for four_p in FourP
    ),
)


def reports_of_bodies(side: RecordSide) -> list[Report]:
    """Bodies side by side, as on a region's page."""
    rows = body_rows(side)
    return [
        report(side, "threats-and-disruptions", "Threats on the master list, lead disruptions by size", COUNTS, rows),
        report(side, "shares", "Lead disruptions by 4P, with the 95% interval of each share", SHARES, rows),
        *support(side, rows),
    ]


def reports_of_one_body(side: RecordSide) -> list[Report]:
    """One body, as on its own page."""
    rows = body_rows(side)
    (row,) = rows
    by_four_p: list[FourPRow] = []
    if (lead := row.lead).by:
        for four_p in FourP:
            of_size = {size: lead.of(four_p, size) for size in Size}
            of_p = FourPRow(str(four_p.label), four_p.value, row, lead.of_four_p(four_p), of_size, lead.share(four_p))
            by_four_p.append(of_p)
        by_four_p.append(FourPRow("All four", "", row, lead.n, {size: lead.of_size(size) for size in Size}))
    return [
        report(side, "threats", "Threats on the master list", THREATS, rows if row.threats else ()),
        report(side, "lead-disruptions", "Lead disruptions by 4P and size", BY_FOUR_P, tuple(by_four_p)),
        *support(side, rows),
    ]


def over_time(side: RecordSide, span: Span) -> Report:
    """The lead disruptions of the bodies together, with the months that are not complete drawn apart."""
    days = Days(side.period.first, side.period.last)
    return trend_report(
        trend_of(side.counts.lead_by_month, side.recent, days, span),
        side.recent,
        span,
        slug="over-time",
        of="lead disruption",
        standpoint=side.standpoint,
        beside=together(side.counts.lead.values()).beside,
    )


def support(side: RecordSide, rows: tuple[BodyRow, ...]) -> list[Report]:
    """Support disruptions, only where a body has any: never added to its own."""
    supporting = tuple(row for row in rows if row.support.n and row.url)
    title = "Support disruptions, done for others"
    return [report(side, "support", title, SUPPORT, supporting)] if supporting else []


def report(side: RecordSide, slug: str, title: str, columns: tuple[Column, ...], rows: tuple[Any, ...]) -> Report:
    return Report(slug=slug, title=title, kind_of_data=str(side.standpoint.kind), columns=columns, rows=rows)

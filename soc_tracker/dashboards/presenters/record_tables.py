"""The tables of the recorded side, each once for the page and for its file."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from disruptions.choices import ASSESSED, FourP, Size
from disruptions.selectors.measures import Share
from soc_tracker.dashboards.presenters.record import (
    COUNTS,
    LEAD,
    NAME,
    SHARES,
    THREATS,
    BodyRow,
    body_rows,
    high,
    low,
)
from soc_tracker.dashboards.selectors.record import RecordSide
from soc_tracker.lib.tables import Column


@dataclass(frozen=True)
class RecordTable:
    """A table with its address part; ``file_columns`` are those of its CSV, where numbers stand alone."""

    slug: str
    title: str
    kind_of_data: str
    columns: tuple[Column, ...]
    rows: tuple[Any, ...]
    file_columns: tuple[Column, ...]


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


def _of_share(four_p: FourP) -> Iterable[Column]:
    label = str(four_p.label)
    yield Column(f"{four_p}_x", f"{label} (x)", lambda row: _x(row, four_p), numeric=True)
    yield Column(f"{four_p}_percent", f"{label}, percent", lambda row: row.lead.share(four_p).percent, numeric=True)
    yield Column(f"{four_p}_low", f"{label}, 95% interval from", lambda row: low(row.lead.share(four_p)), numeric=True)
    yield Column(f"{four_p}_high", f"{label}, 95% interval to", lambda row: high(row.lead.share(four_p)), numeric=True)


def _x(row: BodyRow, four_p: FourP) -> int | None:
    """Without records there is no x either."""
    return row.lead.of_four_p(four_p) if row.lead.n else None


SHARES_FILE = (NAME, LEAD, *(column for four_p in FourP for column in _of_share(four_p)))
PERCENT = Column("percent", "Share", lambda row: f"{row.share.percent}%" if row.share else "–", numeric=True)
INTERVAL = Column("interval", "95% interval", lambda row: _interval(row.share) if row.share else "–", numeric=True)
ALL = Column("all", "All", lambda row: row.n, lambda row: row.url() if row.n else "", numeric=True)
WHOLE_PERCENT = Column("percent", "Share, percent", lambda row: row.share.percent if row.share else None, numeric=True)
LOW = Column("low", "95% interval from, percent", lambda row: low(row.share) if row.share else None, numeric=True)
HIGH = Column("high", "95% interval to, percent", lambda row: high(row.share) if row.share else None, numeric=True)


def _interval(share: Share) -> str:
    return f"{low(share)} to {high(share)}"


def _size_of_p(size: Size) -> Column:
    return Column(
        size.value,
        str(size.label),
        lambda row: row.of_size(size),
        lambda row: row.url(size) if row.of_size(size) else "",
        numeric=True,
    )


BY_FOUR_P = (Column("four_p", "4P", lambda row: row.name), *map(_size_of_p, ASSESSED), ALL)


def tables_of_bodies(side: RecordSide) -> tuple[RecordTable, ...]:
    """Bodies side by side, as on a region's page."""
    rows = body_rows(side)
    return (
        _table(side, "threats-and-disruptions", "Threats on the master list, lead disruptions by size", COUNTS, rows),
        _table(
            side, "shares", "Lead disruptions by 4P, with the 95% interval of each share", SHARES, rows, SHARES_FILE
        ),
        *_support(side, rows),
    )


def tables_of_one_body(side: RecordSide) -> tuple[RecordTable, ...]:
    """One body, as on its own page."""
    (row,) = body_rows(side)
    four_ps = tuple(FourPRow(four_p, row) for four_p in (*FourP, None)) if row.lead.n else ()
    return (
        _table(side, "threats", "Threats on the master list", THREATS, (row,) if row.threats else ()),
        _table(
            side,
            "lead-disruptions",
            "Lead disruptions by 4P and size",
            (*BY_FOUR_P, PERCENT, INTERVAL),
            four_ps,
            (*BY_FOUR_P, WHOLE_PERCENT, LOW, HIGH),
        ),
        *_support(side, (row,)),
    )


def _support(side: RecordSide, rows: tuple[BodyRow, ...]) -> tuple[RecordTable, ...]:
    """Support disruptions, only where a body has any: never added to its own."""
    supporting = tuple(row for row in rows if row.support.n and len(row.bodies) == 1)
    if not supporting:
        return ()
    columns = (NAME, SUPPORT, *map(_support_of_p, FourP))
    return (_table(side, "support", "Support disruptions, done for others", columns, supporting),)


SUPPORT = Column(
    "support_disruptions",
    "Support disruptions",
    lambda row: row.support.n,
    lambda row: row.support_list(),
    numeric=True,
)


def _support_of_p(four_p: FourP) -> Column:
    return Column(four_p.value, str(four_p.label), lambda row: row.support.of_four_p(four_p), numeric=True)


def _table(
    side: RecordSide,
    slug: str,
    title: str,
    columns: tuple[Column, ...],
    rows: tuple[Any, ...],
    file_columns: tuple[Column, ...] = (),
) -> RecordTable:
    return RecordTable(slug, title, str(side.standpoint.kind), columns, rows, file_columns or columns)

"""Bodies side by side in rows and words, in the order of their names: neither counts nor shares rank them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from disruptions.choices import ASSESSED, FourP, Size
from disruptions.selectors.measures import Counts, Share
from soc_tracker.dashboards.presenters.late_recording import late_columns, late_rows
from soc_tracker.dashboards.presenters.record import LEAD, NAME, NO_RECORDS, THREATS, BodyRow, Links, high, low
from soc_tracker.dashboards.presenters.record_tables import RecordTable
from soc_tracker.dashboards.selectors.compare import Comparison
from soc_tracker.lib.stats import Funnel, funnel
from soc_tracker.lib.stats import Share as Counted
from soc_tracker.lib.tables import Column

# Below so many records one disruption more or less moves the share by more than three points.
FEW = 30


@dataclass(frozen=True)
class ShareRow:
    """One body's share of the chosen P, with what may be said of it."""

    body: BodyRow
    four_p: FourP
    verdict: str

    @property
    def name(self) -> str:
        return self.body.name

    @property
    def url(self) -> str:
        return self.body.url

    @property
    def share(self) -> Share:
        return self.body.lead.share(self.four_p)

    @property
    def note(self) -> str:
        if not self.share.n:
            return NO_RECORDS
        few = f"under {FEW} records" if self.share.n < FEW else ""
        return "; ".join(part for part in (self.verdict, few) if part) or "–"


def rows_of(comparison: Comparison) -> tuple[BodyRow, ...]:
    links, nothing = Links(comparison.standpoint, comparison.period), Counts({})
    return tuple(
        BodyRow(
            name=body.short_name,
            url=body.get_absolute_url(),
            bodies=(body,),
            lead=comparison.lead.get(body.pk, nothing),
            support=nothing,
            threats=comparison.threats.get(body.pk),
            links=links,
        )
        for body in comparison.bodies
    )


def share_rows(comparison: Comparison, four_p: FourP) -> tuple[tuple[ShareRow, ...], Funnel]:
    """The rows, and the funnel that says what may be said of them."""
    rows = rows_of(comparison)
    shares = [row.lead.share(four_p) for row in rows]
    found = funnel([Counted(row.name, share.x, share.n) for row, share in zip(rows, shares, strict=True)])
    verdicts = (body.verdict for body in found.bodies)
    return tuple(ShareRow(row, four_p, verdict) for row, verdict in zip(rows, verdicts, strict=True)), found


def share_columns(four_p: FourP) -> tuple[Column, ...]:
    label = str(four_p.label)
    return (
        NAME,
        _of_share("percent", f"{label}, percent", lambda row: row.share.percent),
        _of_share("x", f"{label} (x)", lambda row: row.share.x, lambda row: row.body.disruptions(row.four_p)),
        _of_share("n", "Lead disruptions (n)", lambda row: row.share.n, lambda row: row.body.disruptions()),
        _of_share("low", "95% interval from", lambda row: low(row.share)),
        _of_share("high", "95% interval to", lambda row: high(row.share)),
        Column("note", "Note", lambda row: row.note),
    )


def _of_share(
    key: str, heading: str, number: Callable[[ShareRow], Any], link: Callable[[ShareRow], str] | None = None
) -> Column:
    """A number that there is where there are records, with a link where it is not 0."""
    return Column(
        key,
        heading,
        lambda row: number(row) if row.share.n else NO_RECORDS,
        (lambda row: link(row) if number(row) else "") if link else None,
        numeric=True,
    )


def _counted(key: str, label: str, number: Callable[[Counts], int], four_p: str = "", size: str = "") -> Column:
    return Column(
        key,
        label,
        lambda row: number(row.lead) if row.lead.n else NO_RECORDS,
        lambda row: row.disruptions(four_p, size) if number(row.lead) else "",
        numeric=True,
    )


def _of_four_p(four_p: FourP) -> Column:
    return _counted(four_p.value, str(four_p.label), lambda counts: counts.of_four_p(four_p), four_p=four_p)


def _of_size(size: Size) -> Column:
    return _counted(size.value, str(size.label), lambda counts: counts.of_size(size), size=size)


COUNTS = (NAME, LEAD, *map(_of_four_p, FourP), *map(_of_size, ASSESSED))


def tables(comparison: Comparison, four_p: FourP) -> tuple[RecordTable, ...]:
    """Everything side by side but the shares, which their chart holds."""
    kind, rows = str(comparison.standpoint.kind), rows_of(comparison)
    found = [
        RecordTable("lead-disruptions", "Lead disruptions by 4P and by size", kind, COUNTS, rows, COUNTS),
        RecordTable("threats", "Threats on the master list", kind, THREATS, rows, THREATS),
    ]
    if comparison.second:
        on_page, in_file = late_columns(comparison, four_p), late_columns(comparison, four_p, in_file=True)
        late = late_rows(comparison, four_p)
        found.insert(0, RecordTable("late-recording", "What late recording changed", kind, on_page, late, in_file))
    return tuple(found)

"""Charts of any choice of disruptions. Each draws exactly the rows of its table, which are also its CSV."""

from collections.abc import Mapping
from dataclasses import dataclass

from disruptions.choices import FourP, Involvement, Size
from disruptions.counts.queries import YEAR, Scope
from disruptions.measures.queries import Share, together
from disruptions.record_list.queries import ChartCounts
from disruptions.standpoint.queries import Standpoint
from disruptions.trend.charts import trend_report
from disruptions.trend.queries import Span, trend_of
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.reports import Report
from soc_tracker.core.reports.charts import Series, stacked_bars
from soc_tracker.core.reports.report import listing, several

BY_MONTH, BY_INVOLVEMENT, BY_BODY = "by-month", "lead-and-support", "shares-by-organisation"
NOTHING = "No disruption on record matches."


@dataclass(frozen=True)
class Group:
    """Disruptions of one body or involvement by 4P."""

    name: str
    counts: dict[FourP, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def share(self, four_p: FourP) -> Share:
        return Share(self.counts[four_p], self.total)


def by_month(counts: ChartCounts, scope: Scope) -> Report:
    """Every month from the first that has any, as complete as the months of the same choice are."""
    years = scope.values.get(YEAR, frozenset())
    points = trend_of(counts.by_month, counts.recent, scope.activity, years=years)
    return trend_report(
        points,
        counts.recent,
        Span.MONTH,
        slug=BY_MONTH,
        of="disruption",
        standpoint=scope.standpoint,
        beside=f"As at {scope.standpoint.words}.",
        none=NOTHING,
    )


def by_involvement(counts: ChartCounts, standpoint: Standpoint) -> Report:
    """Lead and support, each with those not yet assessed apart."""
    groups = []
    for involvement in Involvement:
        for is_assessed, ending in ((True, ""), (False, ", not yet assessed")):
            of, sizes = counts.by_involvement, [size for size in Size if size.is_assessed == is_assessed]
            by_p = {p: sum(of.get((involvement, size, p), 0) for size in sizes) for p in FourP}
            groups.append(Group(f"{involvement.label}{ending}", by_p))
    rows = tuple(group for group in groups if group.total)
    words = listing([f"{row.total:,} {row.name[0].lower()}{row.name[1:]}" for row in rows])
    return Report(
        slug=BY_INVOLVEMENT,
        title="Lead and support disruptions",
        sentence=f"{words}, as at {standpoint.words}." if rows else NOTHING,
        kind_of_data=standpoint.kind.value,
        columns=columns_of("involvement", "Lead or support"),
        rows=rows,
        figure=stacked_bars(rows, lambda row: row.name, [count_series(p) for p in FourP], axis="Disruptions"),
    )


def by_body(
    counts: ChartCounts, standpoint: Standpoint, bodies: Mapping[int, str], *, four_p_chosen: bool = False
) -> Report:
    """``bodies`` names the organisations by their keys."""
    rows = tuple(
        Group(bodies[key], {four_p: of_body.of_four_p(four_p) for four_p in FourP})
        for key, of_body in sorted(counts.by_body.items(), key=lambda each: bodies[each[0]])
        if of_body.n
    )
    every = together(counts.by_body.values())
    whole = " Of all four Ps, whichever are chosen." if four_p_chosen else ""
    sentence = f"Of {several(every.n, 'lead disruption')}, as at {standpoint.words}; n beside each body.{whole}"
    percents = (
        Column(f"{p.value}_percent", f"{p.label}, percent", lambda row, p=p: row.share(p).percent, numeric=True)
        for p in FourP
    )
    return Report(
        slug=BY_BODY,
        title="Shares of each P by organisation",
        sentence=f"{sentence if rows else 'No lead disruption on record matches.'} {every.beside}".rstrip(),
        kind_of_data=standpoint.kind.value,
        columns=(*columns_of("organisation", "Organisation"), *percents),
        rows=rows,
        figure=stacked_bars(
            rows,
            lambda row: f"{row.name} (n = {row.total:,})",
            [share_series(p) for p in FourP],
            axis="Share of lead disruptions",
            percent=True,
        ),
    )


def columns_of(key: str, heading: str) -> tuple[Column, ...]:
    """Of groups: their name, their numbers by 4P, and all."""
    counts = (Column(p.value, str(p.label), lambda row, p=p: row.counts[p], numeric=True) for p in FourP)
    return (
        Column(key, heading, lambda row: row.name),
        *counts,
        Column("total", "All", lambda row: row.total, numeric=True),
    )


def count_series(four_p: FourP) -> Series:
    """A piece without any has no width and gets no label."""
    return Series(
        name=str(four_p.label),
        value=lambda row: row.counts[four_p],
        label=lambda row: f"{row.counts[four_p]:,}" if row.counts[four_p] else "",
    )


def share_series(four_p: FourP) -> Series:
    return Series(
        name=str(four_p.label),
        value=lambda row: row.share(four_p).of_one,
        label=lambda row: f"{row.share(four_p).percent}%" if row.counts[four_p] else "",
    )

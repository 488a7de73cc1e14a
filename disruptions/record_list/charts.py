"""Charts of any choice of disruptions. Each draws exactly the rows of its table, which are also its CSV."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass

from disruptions.choices import FourP, Involvement
from disruptions.measures.queries import Share
from disruptions.record_list.queries import ChartCounts, of_four_p
from disruptions.standpoint.queries import Standpoint
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.reports import Report
from soc_tracker.core.reports.charts import Series, columns_over_time, stacked_bars
from soc_tracker.core.text.days import months_of

BY_MONTH, BY_INVOLVEMENT, BY_BODY = "by-month", "lead-and-support", "shares-by-organisation"
NOTHING = "No disruption on record matches."


@dataclass(frozen=True)
class Group:
    """Disruptions of one month, body or involvement by 4P."""

    name: str
    counts: dict[FourP, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def share(self, four_p: FourP) -> Share:
        return Share(self.counts[four_p], self.total)


def by_month(counts: ChartCounts, standpoint: Standpoint) -> Report:
    """Every month from the first to the last that has any: a month between them without any has 0."""
    days = [month for month, _ in counts.by_month]
    months = months_of(min(days), max(days)) if days else []
    rows = tuple(
        Group(f"{calendar.month_abbr[month.month]} {month.year}", of_four_p(counts.by_month, month)) for month in months
    )
    sentence = NOTHING
    if rows:
        most, number = max(rows, key=lambda row: row.total), sum(row.total for row in rows)
        span = f"in {rows[0].name}" if len(rows) == 1 else f"from {rows[0].name} to {rows[-1].name}"
        peak = f", most in {most.name} ({most.total:,})" if len(rows) > 1 else ""
        what = "disruption" if number == 1 else "disruptions"
        sentence = f"{number:,} {what} {span}{peak}, as at {standpoint.words}."
    return Report(
        slug=BY_MONTH,
        title="Disruptions by month of activity",
        sentence=sentence,
        kind_of_data=standpoint.kind.value,
        columns=columns_of("month", "Month"),
        rows=rows,
        figure=columns_over_time(rows, lambda row: row.name, [count_series(p) for p in FourP], axis="Disruptions"),
    )


def by_involvement(counts: ChartCounts, standpoint: Standpoint) -> Report:
    rows = _groups(counts.by_involvement, dict(Involvement.choices))
    words = [f"{row.total:,} {row.name.lower()}" for row in rows]
    return Report(
        slug=BY_INVOLVEMENT,
        title="Lead and support disruptions",
        sentence=f"{' and '.join(words)}, as at {standpoint.words}." if rows else NOTHING,
        kind_of_data=standpoint.kind.value,
        columns=columns_of("involvement", "Lead or support"),
        rows=rows,
        figure=stacked_bars(rows, lambda row: row.name, [count_series(p) for p in FourP], axis="Disruptions"),
    )


def by_body(counts: ChartCounts, standpoint: Standpoint, bodies: Mapping[int, str]) -> Report:
    """``bodies`` names the organisations by their keys."""
    names = {key: bodies[key] for key in sorted({key for key, _ in counts.by_body}, key=lambda key: bodies[key])}
    rows = _groups(counts.by_body, names)
    n = sum(row.total for row in rows)
    sentence = (
        f"Of {n:,} lead disruptions assessed as major, moderate or minor, as at {standpoint.words}; n beside each body."
    )
    percents = (
        Column(f"{p.value}_percent", f"{p.label}, percent", lambda row, p=p: row.share(p).percent, numeric=True)
        for p in FourP
    )
    return Report(
        slug=BY_BODY,
        title="Shares of each P by organisation",
        sentence=sentence if rows else "No lead disruption on record that was assessed matches.",
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


def _groups(counts: Mapping[tuple, int], names: Mapping) -> tuple[Group, ...]:
    """Those groups of the names that have any."""
    groups = (Group(name, of_four_p(dict(counts), key)) for key, name in names.items())
    return tuple(group for group in groups if group.total)


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

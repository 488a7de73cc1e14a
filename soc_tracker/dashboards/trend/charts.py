"""Lead disruptions over time as a chart and its table, with what is not complete and how late it is recorded."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import methodcaller

from disruptions.choices import FourP
from disruptions.measures.queries import RecentMonths, Span, TrendPoint, trend_of
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.reports import Report
from soc_tracker.core.reports.charts import Series, columns_over_time
from soc_tracker.core.reports.report import listing, several
from soc_tracker.core.stats.series import xmr
from soc_tracker.core.stats.shares import whole_percent
from soc_tracker.dashboards.record.charts import NO_RECORDS
from soc_tracker.dashboards.record.queries import RecordSide

# By months of delay; longer ones are told together.
DELAYS = ("were recorded in the month itself", "a month later", "two months later")


def in_words(recent: RecentMonths) -> str:
    """The delays that were seen; and, where there is no estimate from them, that there is none."""
    delays = recent.estimate.delays
    seen = sum(delays)
    if seen <= 0:
        return ""
    parts = [f"{number:,} {words}" for number, words in zip(delays, DELAYS, strict=False)]
    if later := sum(delays[len(DELAYS) :]):
        parts.append(f"{later:,} later still")
    sentence = f"Of {seen:,} lead disruptions in the months looked at, {listing(parts)}."
    if recent.estimated:
        return f"{sentence} From this the site estimates how complete the newest months are."
    return f"{sentence} That is too little to estimate how complete the newest months are."


# Recorded lead disruptions over time, with the months that are not yet complete drawn apart.


@dataclass(frozen=True)
class TrendRow:
    """One month or quarter under its name."""

    name: str
    point: TrendPoint
    state: str

    @property
    def total(self) -> int | None:
        return self.point.counts.n if self.point.counts else None

    def of(self, four_p: FourP) -> int | None:
        return self.point.counts.of_four_p(four_p) if self.point.counts else None


def trend(side: RecordSide, span: Span) -> Report:
    """One column a month or quarter, made of the 4Ps; pale where it is not complete."""
    rows = tuple(
        TrendRow(name_of(point.first, span), point, _state(point, side.recent.over))
        for point in trend_of(side.counts, side.recent, span)
    )

    return Report(
        slug="over-time",
        title=f"Lead disruptions by {span} of activity",
        sentence=_sentence(rows, span),
        kind_of_data=str(side.standpoint.kind),
        columns=(
            Column("first", str(span).capitalize(), lambda row: row.name),
            *(
                Column(
                    four_p.value,
                    str(four_p.label),
                    lambda row, four_p=four_p: row.of(four_p) if row.point.counts else NO_RECORDS,
                    numeric=True,
                )
                for four_p in FourP
            ),
            Column("all", "All", lambda row: NO_RECORDS if row.total is None else row.total, numeric=True),
            Column("state", "How complete", lambda row: row.state),
        ),
        rows=rows,
        figure=columns_over_time(
            rows,
            lambda row: row.name,
            [Series(str(four_p.label), methodcaller("of", four_p)) for four_p in FourP],
            axis="Lead disruptions",
            apart=lambda row: not row.point.complete,
        ),
    )


def name_of(first: date, span: Span) -> str:
    """ "Mar 2022", or "Q1 2022" for January to March."""
    if span == Span.MONTH:
        return f"{calendar.month_abbr[first.month]} {first.year}"
    return f"Q{(first.month + 2) // 3} {first.year}"


def _state(point: TrendPoint, over: date | None) -> str:
    if point.counts is None:
        return "not reached by the record"
    if point.complete:
        return "complete"
    if point.recorded is not None:
        return f"about {whole_percent(point.recorded)}% recorded so far"
    return "not complete" if over and point.first <= over else "not over on that day"


def _sentence(rows: Sequence[TrendRow], span: Span) -> str:
    """How many from when to when, which are not complete, and what leaves the usual ups and downs."""
    known = [row for row in rows if row.total is not None]
    if not known:
        return "No lead disruptions are on record in this period."
    totals = {row.name: row.total or 0 for row in known}
    most, least = max(totals, key=lambda name: totals[name]), min(totals, key=lambda name: totals[name])
    words = f"{several(sum(totals.values()), 'lead disruption')} in {several(len(known), str(span))}"
    words += f", from {totals[least]:,} in {least} to {totals[most]:,} in {most}." if len(known) > 1 else "."
    if apart := [f"{row.name} ({row.state})" for row in known if not row.point.complete]:
        words += f" Pale, for not complete: {listing(apart)}."
    return words + (_unusual(known) if span == Span.MONTH else "")


def _unusual(known: Sequence[TrendRow]) -> str:
    """What the XmR rules say of the complete months, where there are enough for their limits."""
    complete = [row for row in known if row.point.complete]
    chart = xmr([row.total or 0 for row in complete])
    if chart is None or chart.trial:
        return ""
    signals = []
    for signal in chart.signals:
        until = f" to {complete[signal.last].name}" if signal.last > signal.first else ""
        signals.append(f"{complete[signal.first].name}{until} ({signal.rule})")
    return f" Beyond the usual ups and downs: {listing(signals) or 'nothing'}."

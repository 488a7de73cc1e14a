"""Disruptions over time as a chart and its table: what is not complete, what is not loaded, and what is unusual."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import methodcaller

from disruptions.choices import FourP
from disruptions.standpoint.queries import Standpoint
from disruptions.trend.queries import NOT_LOADED, RecentMonths, Span, TrendPoint
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.reports import Report
from soc_tracker.core.reports.charts import Series, columns_over_time
from soc_tracker.core.reports.report import first_of, listing, several
from soc_tracker.core.stats.series import xmr
from soc_tracker.core.stats.shares import whole_percent

DELAYS = ("were recorded in the month itself", "a month later", "two months later")
"""By months of delay; longer ones are told together."""


def delays_in_words(recent: RecentMonths) -> str:
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


@dataclass(frozen=True)
class TrendRow:
    """One month or quarter under its name; ``signal`` says which rules of change over time it breaks."""

    name: str
    point: TrendPoint
    state: str
    signal: str = ""

    def of(self, four_p: FourP | None) -> int | None:
        """Of one P, or of all."""
        if self.point.by is None:
            return None
        return self.point.by[four_p] if four_p else self.point.n


def trend_report(
    points: Sequence[TrendPoint],
    recent: RecentMonths,
    span: Span,
    *,
    slug: str,
    of: str,
    standpoint: Standpoint,
    beside: str = "",
    none: str = "",
    judged: bool = True,
) -> Report:
    """One column a month or quarter, made of the 4Ps; pale where it is not complete. ``of`` is what one of them is
    called, ``beside`` what is told of those that are not counted; few events of one thing are not to be ``judged``.
    """
    names = [name_of(point.first, span) for point in points]
    states = [_state(point, recent.over) for point in points]
    complete = [place for place, point in enumerate(points) if point.complete]
    chart = xmr([points[place].n or 0 for place in complete]) if judged and span == Span.MONTH else None
    runs = chart.runs if chart and not chart.trial else []
    rules = {complete[at]: run.rule for run in runs for at in range(run.first, run.last + 1)}
    rows = [TrendRow(*each, rules.get(place, "")) for place, each in enumerate(zip(names, points, states, strict=True))]
    sentence = _sentence(rows, span, of)
    if chart and not chart.trial:
        spans = ((names[complete[run.first]], names[complete[run.last]], run.rule) for run in runs)
        unusual = [f"{first if first == last else f'{first} to {last}'} ({rule})" for first, last, rule in spans]
        sentence += f" Beyond the usual ups and downs: {first_of(unusual) or 'nothing'}."
    return Report(
        slug=slug,
        title=f"{of.capitalize()}s by {span} of activity",
        sentence=f"{sentence} {beside}".rstrip() if rows else none or f"No {of}s are on record in this period.",
        kind_of_data=str(standpoint.kind),
        columns=_columns(span, with_signals=bool(rules)),
        rows=tuple(rows),
        figure=columns_over_time(
            rows,
            lambda row: row.name,
            [Series(str(four_p.label), methodcaller("of", four_p)) for four_p in FourP],
            axis=f"{of.capitalize()}s",
            apart=lambda row: not row.point.complete,
        ),
    )


def _columns(span: Span, *, with_signals: bool) -> tuple[Column, ...]:
    def number(key: str, heading: str, four_p: FourP | None) -> Column:
        return Column(key, heading, lambda row: NOT_LOADED if row.point.by is None else row.of(four_p), numeric=True)

    signals = (Column("signal", "Beyond the usual ups and downs", lambda row: row.signal or "–"),)
    return (
        Column("first", str(span).capitalize(), lambda row: row.name),
        *(number(four_p.value, str(four_p.label), four_p) for four_p in FourP),
        number("all", "All", None),
        Column("state", "How complete", lambda row: row.state),
        *(signals if with_signals else ()),
    )


def name_of(first: date, span: Span) -> str:
    """ "Mar 2022", or "Q1 2022" for January to March."""
    if span == Span.MONTH:
        return f"{calendar.month_abbr[first.month]} {first.year}"
    return f"Q{(first.month + 2) // 3} {first.year}"


def _state(point: TrendPoint, over: date | None) -> str:
    if point.by is None:
        return NOT_LOADED
    if point.complete:
        return "complete"
    if point.recorded is not None:
        return f"about {whole_percent(point.recorded)}% recorded so far"
    return "not complete" if over and point.first <= over else "not over on that day"


def _sentence(rows: Sequence[TrendRow], span: Span, of: str) -> str:
    """How many from when to when, which are not complete, and since when nothing is loaded."""
    totals = {row.name: row.point.n for row in rows if row.point.n is not None}
    if not totals:
        return ""
    most, least = max(totals, key=lambda name: totals[name]), min(totals, key=lambda name: totals[name])
    words = f"{several(sum(totals.values()), of)} in {several(len(totals), str(span))}"
    words += f", from {totals[least]:,} in {least} to {totals[most]:,} in {most}." if len(totals) > 1 else "."
    apart = [f"{row.name} ({row.state})" for row in rows if row.point.by is not None and not row.point.complete]
    if apart:
        words += f" Pale, for not complete: {listing(apart) if len(apart) < 4 else first_of(apart[::-1])}."
    missing = [row.name for row in rows if row.point.by is None]
    if missing:
        words += f" Not loaded: {missing[0] if len(missing) == 1 else f'{missing[0]} to {missing[-1]}'}."
    return words

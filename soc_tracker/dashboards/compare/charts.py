"""The reports of a comparison: shares with their funnel, counts, and what late recording changed between two days."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from disruptions.choices import ASSESSED, FourP, Size
from disruptions.measures.queries import Counts, Share
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.reports import Report
from soc_tracker.core.reports.chart_kinds import funnel_plot
from soc_tracker.core.reports.charts import INK, Series, dots_with_interval
from soc_tracker.core.stats.shares import Funnel, funnel, whole_percent
from soc_tracker.core.stats.shares import Share as Counted
from soc_tracker.core.text.days import Precision, in_words
from soc_tracker.dashboards.compare.queries import Comparison
from soc_tracker.dashboards.record.charts import LEAD, NAME, NO_RECORDS, THREATS, BodyRow, Links, high, low
from soc_tracker.dashboards.words import bodies_in_words, listing, several, signed, tenths_of


@dataclass(frozen=True)
class LateRow:
    """One body's disruptions of the period as at two days, the earlier first."""

    name: str
    url: str
    then: Share
    now: Share

    @property
    def points(self) -> Decimal | None:
        """By how many percentage points the share moved; None where one of them has no records."""
        if self.then.of_one is None or self.now.of_one is None:
            return None
        return tenths_of((self.now.of_one - self.then.of_one) * 100)


def late_rows(comparison: Comparison, four_p: FourP) -> tuple[LateRow, ...]:
    """What late recording changed between the two days; () where only one was asked for."""
    if comparison.second is None:
        return ()
    first, second = comparison.lead, comparison.lead_second
    earlier, later = (first, second) if comparison.standpoint.day <= comparison.second.day else (second, first)
    nothing = Counts({})
    return tuple(
        LateRow(
            body.short_name,
            body.get_absolute_url(),
            earlier.get(body.pk, nothing).share(four_p),
            later.get(body.pk, nothing).share(four_p),
        )
        for body in comparison.bodies
    )


def days_of(comparison: Comparison) -> tuple[date, date]:
    """The two days, the earlier first; twice the same where only one was asked for."""
    first = comparison.standpoint.day
    second = comparison.second.day if comparison.second else first
    return min(first, second), max(first, second)


def late_columns(comparison: Comparison, four_p: FourP) -> tuple[Column, ...]:
    """A page shows changes with their sign; in a file they are plain numbers, with which to go on counting."""
    then, now = (in_words(day, Precision.DAY) for day in days_of(comparison))
    label = str(four_p.label)
    return (
        NAME,
        _at("n_then", f"All, {then}", lambda row: row.then.n, lambda row: row.then.n),
        _at("n_now", f"All, {now}", lambda row: row.now.n, lambda row: row.now.n),
        _change("change", "Change", lambda row: row.now.n - row.then.n),
        _at("percent_then", f"{label}, percent, {then}", lambda row: row.then.percent, lambda row: row.then.n),
        _at("percent_now", f"{label}, percent, {now}", lambda row: row.now.percent, lambda row: row.now.n),
        _change("points", "Change in points", lambda row: row.points),
    )


def _change(key: str, heading: str, number: Callable[[LateRow], int | Decimal | None]) -> Column:
    def with_sign(row: LateRow) -> str:
        change = number(row)
        return NO_RECORDS if change is None else signed(change)

    return Column(key, heading, with_sign, numeric=True, files=(Column(key, heading, number, numeric=True),))


def _at(key: str, heading: str, number: Callable[[LateRow], Any], n: Callable[[LateRow], int]) -> Column:
    return Column(key, heading, lambda row: number(row) if n(row) else NO_RECORDS, numeric=True)


def late_in_words(comparison: Comparison, rows: tuple[LateRow, ...]) -> str:
    """What happened to the record of the bodies together between the two days."""
    then, now = sum(row.then.n for row in rows), sum(row.now.n for row in rows)
    first, last = (in_words(day, Precision.DAY) for day in days_of(comparison))
    moved = [row.points for row in rows if row.points]
    sentence = f"The same period had {several(then, 'lead disruption')} on record on {first} and {now:,} on {last}."
    if not moved:
        return f"{sentence} No share moved."
    return f"{sentence} The shares moved by up to {max(abs(points) for points in moved)} points."


# Bodies side by side in rows and words, in the order of their names: neither counts nor shares rank them.


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


def late_recording(comparison: Comparison, four_p: FourP) -> Report:
    """What late recording changed between the two days of the comparison."""
    rows = late_rows(comparison, four_p)
    return Report(
        slug="late-recording",
        title="What late recording changed",
        sentence=f"{late_in_words(comparison, rows)} Both are right: each is the record of its day.",
        kind_of_data=str(comparison.standpoint.kind),
        columns=late_columns(comparison, four_p),
        rows=rows,
    )


def counts(comparison: Comparison) -> list[Report]:
    """Disruptions and threats side by side."""
    kind, rows = str(comparison.standpoint.kind), rows_of(comparison)
    as_at = f"As at {comparison.standpoint.words}"
    disruptions = Report(
        slug="lead-disruptions",
        title="Lead disruptions by 4P and by size",
        sentence=f"{as_at}, {comparison.period.words}.",
        kind_of_data=kind,
        columns=COUNTS,
        rows=rows,
    )
    threats = Report(
        slug="threats",
        title="Threats on the master list",
        sentence=f"{as_at}.",
        kind_of_data=kind,
        columns=THREATS,
        rows=rows,
    )
    return [disruptions, threats]


# The shares of one P at several bodies: a funnel plot from ten bodies on, else each with its interval.


def shares(comparison: Comparison, four_p: FourP) -> Report:
    """The same rows as the table, in the same order."""
    rows, found = share_rows(comparison, four_p)
    return Report(
        slug="shares",
        title=f"Share of lead disruptions recorded as {four_p.label.lower()}",
        sentence=_sentence(rows, found, four_p),
        kind_of_data=str(comparison.standpoint.kind),
        columns=share_columns(four_p),
        rows=rows,
        figure=_figure(rows, found, four_p),
    )


def _figure(rows: tuple[ShareRow, ...], found: Funnel, four_p: FourP) -> dict[str, Any]:
    axis = f"{four_p.label}, share of lead disruptions"
    if found.tau_squared is not None:
        return funnel_plot(found, records="Lead disruptions", share=axis)
    figure = dots_with_interval(
        rows,
        lambda row: row.name,
        Series(str(four_p.label), lambda row: row.share.of_one, _label),
        lambda row: row.share.interval.low if row.share.interval else None,
        lambda row: row.share.interval.high if row.share.interval else None,
        axis=axis,
    )
    return figure if found.centre is None else _with_centre(figure, found.centre)


def _label(row: ShareRow) -> str:
    return NO_RECORDS if row.share.percent is None else f"{row.share.percent}%"


def _with_centre(figure: dict[str, Any], centre: float) -> dict[str, Any]:
    line = {"color": INK, "width": 1.5, "dash": "dot"}
    across = {"type": "line", "xref": "x", "yref": "paper", "x0": centre, "x1": centre, "y0": 0, "y1": 1, "line": line}
    return figure | {"layout": figure["layout"] | {"shapes": [across]}}


def _sentence(rows: tuple[ShareRow, ...], found: Funnel, four_p: FourP) -> str:
    counted = [row for row in rows if row.share.n]
    if found.centre is None:
        return "None of these bodies has lead disruptions on record in this period."
    together = several(sum(row.share.n for row in counted), "lead disruption")
    number = bodies_in_words(len(counted)).capitalize()
    sentence = f"{number} with {together}; together {whole_percent(found.centre)}% {four_p}."
    return f"{sentence}{_without(rows)} {_verdicts(rows, found)}"


def _without(rows: tuple[ShareRow, ...]) -> str:
    names = [row.name for row in rows if not row.share.n]
    return f" No records of {listing(names)}." if names else ""


def _verdicts(rows: tuple[ShareRow, ...], found: Funnel) -> str:
    if found.tau_squared is None:
        dotted = "The dotted line is all of them together, the bars are 95% intervals. "
        return f"{dotted}With fewer than ten bodies there are no control limits, and no body is called unusual."
    unusual = [f"{row.name}: {row.verdict}" for row in rows if row.verdict]
    if not unusual:
        return "No share lies beyond a control limit."
    return f"{'; '.join(unusual)}."

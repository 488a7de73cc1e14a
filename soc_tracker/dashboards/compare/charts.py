"""The reports of a comparison: shares with their funnel, counts, and what late recording changed between two days.

Bodies stand in the order of their names: neither counts nor shares rank them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial
from operator import methodcaller
from typing import Any

from disruptions.choices import FourP
from disruptions.measures.queries import Counts, Share, together
from forces.choices import SizeMeasure
from forces.models import BodySize
from soc_tracker.core.access.models import OUTSIDE_REACH
from soc_tracker.core.lists.columns import Column, as_given
from soc_tracker.core.reports import Report
from soc_tracker.core.reports.charts import INK, Series, dots_with_interval, funnel_plot
from soc_tracker.core.reports.report import first_of, listing, several
from soc_tracker.core.stats.shares import FEWEST_RECORDS, Funnel, funnel, whole_percent
from soc_tracker.core.stats.shares import Share as Counted
from soc_tracker.core.text.days import in_words
from soc_tracker.dashboards.compare.queries import Comparison, newest_sizes, threats_of
from soc_tracker.dashboards.record.charts import (
    BY_SIZE,
    LEAD,
    NAME,
    NO_RECORDS,
    NOT_ASSESSED,
    THREATS,
    BodyRow,
    Links,
    high,
    low,
)
from soc_tracker.dashboards.record.queries import Threats
from soc_tracker.dashboards.words import bodies_in_words, signed, tenths_of


def rows_of(comparison: Comparison, threats: dict[int, Threats] | None = None) -> tuple[BodyRow, ...]:
    links = Links(comparison.standpoint, comparison.period)
    return tuple(
        BodyRow(
            name=body.short_name,
            url=body.get_absolute_url(),
            bodies=tuple(comparison.parts[body.pk]),
            lead=comparison.lead[body.pk],
            support=Counts({}),
            threats=(threats or {}).get(body.pk),
            links=links,
        )
        for body in comparison.bodies
    )


ABSENT = (NO_RECORDS, OUTSIDE_REACH)

# The shares of one P at several bodies: a funnel plot from ten bodies on, else each with its interval.


@dataclass(frozen=True)
class ShareRow:
    """One body's share of the chosen P, with what may be said of it."""

    name: str
    url: str
    body: BodyRow
    share: Share
    verdict: str

    @property
    def note(self) -> str:
        if not self.share.n:
            return self.body.nothing
        return f"under {FEWEST_RECORDS} records" if self.share.n < FEWEST_RECORDS else self.verdict or "–"


def shares(comparison: Comparison, four_p: FourP) -> Report:
    """The chart has the same rows as the table, in the same order."""
    bodies = [(body, body.lead.share(four_p)) for body in rows_of(comparison)]
    limits = funnel([Counted(body.name, share.x, share.n) for body, share in bodies])
    rows = tuple(
        ShareRow(body.name, body.url, body, share, against.verdict)
        for (body, share), against in zip(bodies, limits.bodies, strict=True)
    )
    return Report(
        slug="shares",
        title=f"Share of lead disruptions recorded as {four_p.label.lower()}",
        sentence=f"{shares_in_words(rows, limits, four_p)} {together(comparison.lead.values()).beside}".rstrip(),
        kind_of_data=str(comparison.standpoint.kind),
        as_at=comparison.days,
        columns=share_columns(four_p),
        rows=rows,
        figure=shares_drawn(rows, limits, four_p),
    )


def share_columns(four_p: FourP) -> tuple[Column, ...]:
    def column(
        key: str, heading: str, number: Callable[[ShareRow], Any], link: Callable[[ShareRow], str] | None = None
    ) -> Column:
        """A number that there is where there are records, with a link where it is not 0."""
        return Column(
            key,
            heading,
            lambda row: number(row) if row.share.n else row.body.nothing,
            (lambda row: link(row) if number(row) else "") if link else None,
            numeric=True,
        )

    return (
        NAME,
        column("percent", f"{four_p.label}, percent", lambda row: row.share.percent),
        column("x", f"{four_p.label} (x)", lambda row: row.share.x, lambda row: row.body.disruptions(four_p)),
        column("n", "Lead disruptions (n)", lambda row: row.share.n, lambda row: row.body.disruptions()),
        column("low", "95% interval from", lambda row: low(row.share.interval)),
        column("high", "95% interval to", lambda row: high(row.share.interval)),
        Column("note", "Note", lambda row: row.note),
    )


def shares_drawn(rows: Sequence[ShareRow], limits: Funnel, four_p: FourP) -> dict[str, Any]:
    axis, label = f"{four_p.label}, share of lead disruptions", str(four_p.label)
    if limits.tau_squared is not None:
        return funnel_plot(limits, records="Lead disruptions", share=axis)
    figure = dots_with_interval(
        rows,
        lambda row: row.name,
        Series(
            label,
            lambda row: row.share.of_one,
            lambda row: f"{row.share.percent}%" if row.share.n else row.body.nothing,
        ),
        lambda row: row.share.interval.low if row.share.interval else None,
        lambda row: row.share.interval.high if row.share.interval else None,
        axis=axis,
    )
    if limits.centre is not None:
        centre = {"xref": "x", "yref": "paper", "x0": limits.centre, "x1": limits.centre, "y0": 0, "y1": 1}
        figure["layout"]["shapes"] = [{"type": "line", "line": {"color": INK, "width": 1.5, "dash": "dot"}} | centre]
    return figure


def shares_in_words(rows: Sequence[ShareRow], limits: Funnel, four_p: FourP) -> str:
    """All bodies together, those without records, and what the limits say of each."""
    if limits.centre is None:
        seen = [row for row in rows if row.body.is_seen]
        whose = "of these bodies" if len(seen) == len(rows) else "of those of these bodies that are in your reach"
        return f"None {whose} has lead disruptions on record in this period."
    counted = [row for row in rows if row.share.n]
    without, outside = ([row.name for row in rows if row.body.nothing == why and not row.share.n] for why in ABSENT)
    records = several(sum(row.share.n for row in counted), "lead disruption")
    words = f"{bodies_in_words(len(counted))} with {records}; together {whole_percent(limits.centre)}% {four_p}."
    if without:
        words += f" No records of {listing(without)}."
    if outside:
        words += f" Outside your reach: {listing(outside)}."
    if limits.tau_squared is None:
        return (
            f"{words} The dotted line is all of them together, the bars are 95% intervals. "
            "With fewer than ten bodies there are no control limits, and no body is called unusual."
        )
    farthest = sorted((body for body in limits.bodies if body.verdict), key=lambda body: -abs(body.z or 0))
    unusual = first_of([f"{body.name}: {body.verdict}" for body in farthest])
    return f"{words} {unusual or 'No share lies beyond a control limit'}."


# Counts side by side.


LEAD_DISRUPTIONS = (
    NAME,
    LEAD,
    *(
        Column(
            four_p.value,
            str(four_p.label),
            lambda row, four_p=four_p: row.lead.of_four_p(four_p) if row.lead.by else row.nothing,
            methodcaller("disruptions", four_p),
            numeric=True,
        )
        for four_p in FourP
    ),
    *BY_SIZE,
    NOT_ASSESSED,
)


def lead_disruptions(comparison: Comparison) -> Report:
    return Report(
        slug="lead-disruptions",
        title="Lead disruptions by 4P and by size",
        sentence=f"As at {comparison.standpoint.words}, {comparison.period.words}. "
        f"{together(comparison.lead.values()).beside}".rstrip(),
        kind_of_data=str(comparison.standpoint.kind),
        as_at=comparison.days,
        columns=LEAD_DISRUPTIONS,
        rows=rows_of(comparison),
    )


def threats(comparison: Comparison) -> Report:
    return Report(
        slug="threats",
        title="Threats on the master list",
        sentence=f"As at {comparison.standpoint.of_threats.words}.",
        kind_of_data=str(comparison.standpoint.kind),
        as_at=comparison.standpoint.of_threats.day.isoformat(),
        columns=THREATS,
        rows=rows_of(comparison, threats_of(comparison)),
    )


# What late recording changed between the two days of a comparison.


@dataclass(frozen=True)
class LateRow:
    """One body's disruptions of the period as at two days, the earlier first."""

    name: str
    url: str
    then: Share
    now: Share
    nothing: str

    @property
    def points(self) -> Decimal | None:
        """By how many percentage points the share moved; None where one of them has no records."""
        if self.then.of_one is None or self.now.of_one is None:
            return None
        return tenths_of((self.now.of_one - self.then.of_one) * 100)


def late_recording(comparison: Comparison, four_p: FourP) -> Report:
    """Of the share of one P and what it is of; () rows where only one day was asked for."""
    both = [(comparison.standpoint, comparison.lead)]
    both += [(comparison.second, comparison.lead_second)] if comparison.second else []
    (first, earlier), (last, later) = sorted([both[0], both[-1]], key=lambda each: each[0].day)
    outside = [row.bodies[0] for row in rows_of(comparison) if not row.is_seen]
    rows = tuple(
        LateRow(
            body.short_name,
            body.get_absolute_url(),
            earlier[body.pk].share(four_p),
            later[body.pk].share(four_p),
            OUTSIDE_REACH if body in outside else NO_RECORDS,
        )
        for body in comparison.bodies
    )
    then, now = (in_words(each.day) for each in (first, last))
    number, since = several(sum(row.then.n for row in rows), "lead disruption"), sum(row.now.n for row in rows)
    most = max((abs(row.points) for row in rows if row.points), default=None)
    moved = f"The shares moved by up to {most} points." if most else "No share moved."
    return Report(
        slug="late-recording",
        title="What late recording changed",
        sentence=f"The same period had {number} on record on {then} and {since:,} on {now}. {moved} "
        "Both are right: each is the record of its day.",
        kind_of_data=str(comparison.standpoint.kind),
        as_at=comparison.days,
        columns=late_columns(str(four_p.label), then, now),
        rows=rows,
    )


def late_columns(label: str, then: str, now: str) -> tuple[Column, ...]:
    """A page shows changes with their sign; in a file they are plain numbers, with which to go on counting."""

    def at(key: str, heading: str, share: Callable[[LateRow], Share], number: Callable[[Share], Any]) -> Column:
        return Column(key, heading, lambda row: number(share(row)) if share(row).n else row.nothing, numeric=True)

    def change(key: str, heading: str, number: Callable[[LateRow], int | Decimal | None]) -> Column:
        def moved(row: LateRow, *, signs: bool) -> Any:
            difference = number(row)
            if row.nothing == OUTSIDE_REACH or (signs and difference is None):
                return row.nothing
            return signed(difference) if signs and difference is not None else difference

        in_file = Column(key, heading, partial(moved, signs=False), numeric=True)
        return Column(key, heading, partial(moved, signs=True), numeric=True, files=(in_file,))

    return (
        NAME,
        at("n_then", f"All, {then}", lambda row: row.then, lambda share: share.n),
        at("n_now", f"All, {now}", lambda row: row.now, lambda share: share.n),
        change("change", "Change", lambda row: row.now.n - row.then.n),
        at("percent_then", f"{label}, percent, {then}", lambda row: row.then, lambda share: share.percent),
        at("percent_now", f"{label}, percent, {now}", lambda row: row.now, lambda share: share.percent),
        change("points", "Change in points", lambda row: row.points),
    )


# Counts in proportion to the size of a body; the day of the size stands beside each.


@dataclass(frozen=True, eq=False)
class RateRow:
    """One body's counts and its newest sizes by measure; one that is not stated is left out."""

    name: str
    url: str
    body: BodyRow
    sizes: Mapping[str, BodySize]

    def lead_rate(self, measure: SizeMeasure) -> Any:
        return self.rate(self.body.lead.n, measure)

    def rate(self, count: int, measure: SizeMeasure) -> Decimal | str:
        """So many for each ``measure.per`` of its residents or officers, to one decimal; or why there is none."""
        size = self.sizes.get(measure)
        if not self.body.is_seen:
            return OUTSIDE_REACH
        if size is None:
            return "size not stated"
        if size.no_rate_because:
            return f"no rate: {size.no_rate_because}"
        return tenths_of(Fraction(count * measure.per) / Fraction(size.value)) if count else self.body.nothing


def _rate_columns(measure: SizeMeasure) -> tuple[Column, ...]:
    """Both counts in proportion to one size, then the size and its day."""
    per, number = f"per {measure.per:,} {measure.noun}", measure.noun.capitalize()
    return (
        Column(
            f"lead_per_{measure}",
            f"Lead disruptions {per}",
            lambda row: row.lead_rate(measure),
            numeric=True,
        ),
        Column(
            f"threats_per_{measure}",
            f"Threats {per}",
            lambda row: row.rate(sum((row.body.threats or {}).values()), measure),
            numeric=True,
        ),
        Column(
            f"{measure}",
            number,
            lambda row: (
                f"{as_given(of.value):,} as at {in_words(of.as_at)}" if (of := row.sizes.get(measure)) else None
            ),
            files=(
                Column(
                    f"{measure}",
                    number,
                    lambda row: (of := row.sizes.get(measure)) and as_given(of.value),
                    numeric=True,
                ),
                Column(f"{measure}_as_at", f"{number} as at", lambda row: (of := row.sizes.get(measure)) and of.as_at),
            ),
        ),
    )


RATES = (NAME, *_rate_columns(SizeMeasure.OFFICERS), *_rate_columns(SizeMeasure.POPULATION))


def rates(comparison: Comparison) -> Report:
    """Lead disruptions and threats in proportion to officers and to residents."""
    sizes = newest_sizes(comparison.bodies)
    rows = [
        RateRow(row.name, row.url, row, sizes.get(row.bodies[0].pk, {}))
        for row in rows_of(comparison, threats_of(comparison))
    ]
    both = [row for row in rows if all(isinstance(row.lead_rate(measure), Decimal) for measure in SizeMeasure)]
    orders = {tuple(sorted(both, key=lambda row: row.lead_rate(measure))) for measure in SizeMeasure}
    turns = "By officers the bodies stand in another order than by residents. " if len(orders) > 1 else ""
    return Report(
        slug="rates",
        title="In proportion to size",
        sentence=f"As at {comparison.standpoint.words}, {comparison.period.words}. {turns}A rate ranks no body.",
        kind_of_data=str(comparison.standpoint.kind),
        as_at=comparison.days,
        columns=RATES,
        rows=rows,
    )

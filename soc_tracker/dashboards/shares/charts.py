"""What the charts of a region share."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from disruptions.choices import FourP
from forces.models import Organisation, Region
from inspections.figures.models import PublishedFigure, figure_in_words, period_in_words
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.reports import Report
from soc_tracker.core.reports.charts import Series, dots_with_interval
from soc_tracker.core.stats.shares import Share as Counted
from soc_tracker.core.stats.shares import funnel, whole_percent
from soc_tracker.dashboards.shares.queries import Extract, Share, exact_count, extracts
from soc_tracker.dashboards.words import Body, bodies_in_words, listing, short

PUBLISHED = "published"


def names_of_their_own(bodies: Sequence[tuple[Body, str]]) -> list[str]:
    """A name for each row that no other row has: with the period where a body has several rows.

    A chart's axis puts rows of one name in one place.
    """
    times = Counter(body for body, _ in bodies)
    return [f"{short(body)} ({period})" if times[body] > 1 else short(body) for body, period in bodies]


# Pursue, prevent, protect and prepare shares in words: x and n always beside a share that has them.


NOT_PUBLISHED = "not published"
TENTH = Decimal("0.1")


def percent(share: Share) -> int | Decimal | None:
    """The share in percent: from x and n, rounded half up, where both were published; else as published; else None."""
    if share.counts:
        return whole_percent(Fraction(*share.counts))
    return share.percent.value if share.percent else None


def low(share: Share) -> Decimal | None:
    """The lower end of the interval in percent, to one decimal."""
    return _tenths(share.interval.low) if share.interval else None


def high(share: Share) -> Decimal | None:
    """The upper end of the interval in percent, to one decimal."""
    return _tenths(share.interval.high) if share.interval else None


def share_in_words(share: Share) -> str:
    """What was published of the share, with its interval or the reason why there is none."""
    if share.counts:
        return _with_counts(share, *share.counts)
    if share.percent:
        missing = "count" if share.total else "count and total"
        return f"{figure_in_words(share.percent)}{_of_total(share)}; {missing} not published, so no interval"
    if share.count:
        return f"{figure_in_words(share.count)}{_of_total(share)}; no share can be worked out"
    return NOT_PUBLISHED


def _with_counts(share: Share, x: int, n: int) -> str:
    said = figure_in_words(share.percent) if share.percent else f"{percent(share)} percent"
    return f"{said}, {x:,} of {n:,}{_disagreement(share)}; 95% interval {low(share)} to {high(share)} percent"


def _of_total(share: Share) -> str:
    return f" of {figure_in_words(share.total)}" if share.total else ""


def _disagreement(share: Share) -> str:
    if share.percent is None or share.percent.value is None or percent(share) == share.percent.value:
        return ""
    return f" (which is {percent(share)} percent)"


def _tenths(share: float) -> Decimal:
    return (Decimal(share) * 100).quantize(TENTH, ROUND_HALF_UP)


def _column(four_p: FourP) -> Column:
    place = list(FourP).index(four_p)
    return Column(
        four_p.value,
        str(four_p.label),
        lambda extract: share_in_words(extract.shares[place]),
        lambda extract: _figure_url(extract.shares[place]),
    )


def _figure_url(share: Share) -> str:
    figure = share.percent or share.count
    return figure.get_absolute_url() if figure else ""


def _total(extract: Extract) -> str:
    return figure_in_words(extract.total) if extract.total else NOT_PUBLISHED


def _period(extract: Extract) -> str:
    return period_in_words(extract.any_figure) if extract.any_figure else "–"


COLUMNS = (
    Column("body", "Body", lambda extract: short(extract.body), lambda extract: extract.body.get_absolute_url()),
    Column(
        "lead_disruptions",
        "Lead disruptions",
        _total,
        lambda extract: extract.total.get_absolute_url() if extract.total else "",
    ),
    *(_column(four_p) for four_p in FourP),
    Column("period", "Period", _period),
)


# The share of lead disruptions that bodies recorded as pursue, as published.


PURSUE = list(FourP).index(FourP.PURSUE)


@dataclass(frozen=True)
class ShareRow:
    """One body's pursue share in one period; ``period`` is "" where nothing was published."""

    name: str
    share: Share
    period: str


PURSUE_COLUMNS = (
    Column("body", "Body", lambda row: row.name),
    Column("share", "Pursue, percent", lambda row: percent(row.share), numeric=True),
    Column("x", "Pursue (x)", lambda row: exact_count(row.share.count), numeric=True),
    Column("n", "All lead disruptions (n)", lambda row: exact_count(row.share.total), numeric=True),
    Column("low", "95% interval from, percent", lambda row: low(row.share), numeric=True),
    Column("high", "95% interval to, percent", lambda row: high(row.share), numeric=True),
    Column("published", "As published", lambda row: share_in_words(row.share)),
    Column("period", "Period", lambda row: row.period),
)


def pursue_shares(region: Region, bodies: Sequence[Organisation], figures: Iterable[PublishedFigure]) -> Report:
    """One dot a body, with an interval where the counts were published."""
    rows = _rows(region, bodies, figures)
    return Report(
        slug="pursue-shares",
        title="Share of lead disruptions recorded as pursue",
        sentence=_sentence(rows),
        kind_of_data=PUBLISHED,
        columns=PURSUE_COLUMNS,
        rows=rows,
        figure=dots_with_interval(
            rows,
            lambda row: row.name,
            Series("Pursue", lambda row: _of_one(percent(row.share)), _label),
            lambda row: _of_one(low(row.share)),
            lambda row: _of_one(high(row.share)),
            axis="Share of lead disruptions",
        ),
    )


def _rows(region: Region, bodies: Sequence[Organisation], figures: Iterable[PublishedFigure]) -> tuple[ShareRow, ...]:
    """The bodies, and the region itself where its own share was published."""
    everyone = extracts((region, *bodies), figures)
    shown = [extract for extract in everyone if extract.body != region or extract.shares[PURSUE].published]
    names = names_of_their_own([(extract.body, _period_name(extract)) for extract in shown])
    return tuple(
        ShareRow(name, extract.shares[PURSUE], _period_name(extract))
        for name, extract in zip(names, shown, strict=True)
    )


def _period_name(extract: Extract) -> str:
    return period_in_words(extract.any_figure) if extract.any_figure else ""


def _of_one(percents: int | Decimal | None) -> Decimal | None:
    return None if percents is None else Decimal(percents) / 100


def _label(row: ShareRow) -> str:
    share = percent(row.share)
    if share is None:
        return NOT_PUBLISHED
    return f"{share:.0f}%" if row.share.interval else f"{share:.0f}%, no interval"


def _sentence(rows: tuple[ShareRow, ...]) -> str:
    published = [row for row in rows if percent(row.share) is not None]
    if not published:
        return "No share of lead disruptions recorded as pursue was published for this region or its bodies."
    values = listing([f"{row.name} {percent(row.share):.0f} percent" for row in published])
    return f"Published for {len(published)} of {bodies_in_words(len(rows))}: {values}. {_compared(rows)}"


def _compared(rows: tuple[ShareRow, ...]) -> str:
    """What the counts allow to be said: an interval for each body that has them, limits only from ten bodies on."""
    counted = [Counted(row.name, *row.share.counts) for row in rows if row.share.counts]
    result = funnel(counted)
    said = [_intervals([share.name for share in counted])]
    if len(counted) > 1 and result.centre is not None:
        said.append(f"Together they recorded {whole_percent(result.centre)} percent as pursue.")
    if result.tau_squared is None:
        said.append("With counts for fewer than ten bodies there are no control limits, and no body is called unusual.")
    said += [f"{body.name}: {body.verdict}." for body in result.bodies if body.verdict]
    return " ".join(said)


def _intervals(names: list[str]) -> str:
    if not names:
        return "The counts behind the percentages were not published, so none has an interval."
    return f"Only {listing(names)} {'has' if len(names) == 1 else 'have'} the counts that an interval needs."

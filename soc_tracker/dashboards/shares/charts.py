"""Pursue shares as published, as a chart and its table."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from disruptions.choices import FourP
from forces.models import Organisation, Region
from inspections.figures.models import PublishedFigure, figure_in_words, period_in_words
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.reports import PUBLISHED, Report
from soc_tracker.core.reports.charts import Series, dots_with_interval
from soc_tracker.core.reports.report import first_of, listing
from soc_tracker.core.stats.shares import Share as Counted
from soc_tracker.core.stats.shares import funnel, whole_percent
from soc_tracker.dashboards.record.charts import high, low
from soc_tracker.dashboards.shares.queries import Extract, Share, exact_count, extracts
from soc_tracker.dashboards.words import Body, bodies_in_words, short


def names_of_their_own(bodies: Sequence[tuple[Body, str]]) -> list[str]:
    """A name for each row that no other row has: with the period where a body has several rows.

    A chart's axis puts rows of one name in one place.
    """
    times = Counter(body for body, _ in bodies)
    return [f"{short(body)} ({period})" if times[body] > 1 else short(body) for body, period in bodies]


# Pursue, prevent, protect and prepare shares in words: x and n always beside a share that has them.


NOT_PUBLISHED = "not published"


def percent(share: Share) -> int | Decimal | None:
    """The share in percent: from x and n, rounded half up, where both were published; else as published; else None."""
    if share.counts:
        return whole_percent(Fraction(*share.counts))
    return share.percent.value if share.percent else None


def share_in_words(share: Share) -> str:
    """What was published of the share, with its interval or the reason why there is none."""
    of_total = f" of {figure_in_words(share.total)}" if share.total else ""
    if share.counts:
        x, n = share.counts
        words = figure_in_words(share.percent) if share.percent else f"{percent(share)} percent"
        printed = share.percent.value if share.percent else None
        aside = "" if printed is None or printed == percent(share) else f" (which is {percent(share)} percent)"
        return f"{words}, {x:,} of {n:,}{aside}; 95% interval {low(share.interval)} to {high(share.interval)} percent"
    if share.percent:
        missing = "count" if share.total else "count and total"
        return f"{figure_in_words(share.percent)}{of_total}; {missing} not published, so no interval"
    if share.count:
        return f"{figure_in_words(share.count)}{of_total}; no share can be worked out"
    return NOT_PUBLISHED


def of_extract(place: int, four_p: FourP) -> Column:
    def url(extract: Extract) -> str:
        figure = extract.shares[place].percent or extract.shares[place].count
        return figure.get_absolute_url() if figure else ""

    return Column(four_p.value, str(four_p.label), lambda extract: share_in_words(extract.shares[place]), url)


def period_of(extract: Extract) -> str:
    return period_in_words(extract.any_figure) if extract.any_figure else ""


COLUMNS = (
    Column("body", "Body", lambda extract: short(extract.body), lambda extract: extract.body.get_absolute_url()),
    Column(
        "lead_disruptions",
        "Lead disruptions",
        lambda extract: figure_in_words(extract.total) if extract.total else NOT_PUBLISHED,
        lambda extract: extract.total.get_absolute_url() if extract.total else "",
    ),
    *(of_extract(place, four_p) for place, four_p in enumerate(FourP)),
    Column("period", "Period", lambda extract: period_of(extract) or "–"),
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
    Column("low", "95% interval from, percent", lambda row: low(row.share.interval), numeric=True),
    Column("high", "95% interval to, percent", lambda row: high(row.share.interval), numeric=True),
    Column("published", "As published", lambda row: share_in_words(row.share)),
    Column("period", "Period", lambda row: row.period),
)


def pursue_shares(region: Region, bodies: Sequence[Organisation], figures: Iterable[PublishedFigure]) -> Report:
    """One dot a body, with an interval where the counts were published; the region too where its own share was."""
    every = [
        extract
        for extract in extracts((region, *bodies), figures)
        if extract.body != region or extract.shares[PURSUE].published
    ]
    names = names_of_their_own([(extract.body, period_of(extract)) for extract in every])
    rows = tuple(
        ShareRow(name, extract.shares[PURSUE], period_of(extract)) for name, extract in zip(names, every, strict=True)
    )

    def of_one(percents: int | Decimal | None) -> Decimal | None:
        return None if percents is None else Decimal(percents) / 100

    def label(row: ShareRow) -> str:
        share = percent(row.share)
        if share is None:
            return NOT_PUBLISHED
        return f"{share:.0f}%" if row.share.interval else f"{share:.0f}%, no interval"

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
            Series("Pursue", lambda row: of_one(percent(row.share)), label),
            lambda row: of_one(low(row.share.interval)),
            lambda row: of_one(high(row.share.interval)),
            axis="Share of lead disruptions",
        ),
    )


def _sentence(rows: Sequence[ShareRow]) -> str:
    """What was published, and what the counts allow to be said: an interval for each body that has them, limits only
    from ten bodies on.
    """
    published = [row for row in rows if percent(row.share) is not None]
    if not published:
        return "No share of lead disruptions recorded as pursue was published for this region or its bodies."
    values = listing([f"{row.name} {percent(row.share):.0f} percent" for row in published])
    sentences = [f"Published for {len(published)} of {bodies_in_words(len(rows))}: {values}."]
    counted = [Counted(row.name, *row.share.counts) for row in rows if row.share.counts]
    result, names = funnel(counted), [share.name for share in counted]
    if names:
        have = "has" if len(names) == 1 else "have"
        sentences.append(f"Only {listing(names)} {have} the counts that an interval needs.")
    else:
        sentences.append("The counts behind the percentages were not published, so none has an interval.")
    if len(counted) > 1 and result.centre is not None:
        sentences.append(f"Together they recorded {whole_percent(result.centre)} percent as pursue.")
    if result.tau_squared is None:
        no_limits = "With counts for fewer than ten bodies there are no control limits, and no body is called unusual."
        sentences.append(no_limits)
    if unusual := [f"{body.name}: {body.verdict}" for body in result.bodies if body.verdict]:
        sentences.append(f"{first_of(unusual)}.")
    return " ".join(sentences)

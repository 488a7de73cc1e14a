"""The share of lead disruptions that bodies recorded as pursue, as published."""

from dataclasses import dataclass
from decimal import Decimal

from disruptions.choices import FourP
from inspections.presenters import period_in_words
from soc_tracker.dashboards.charts.rows import PUBLISHED, names_of_their_own
from soc_tracker.dashboards.presenters.names import bodies, listing
from soc_tracker.dashboards.presenters.shares import NOT_PUBLISHED, high, low, percent, share_in_words
from soc_tracker.dashboards.selectors.region import RegionPage
from soc_tracker.dashboards.selectors.shares import Extract, Share, exact_count, extracts
from soc_tracker.lib.charts import ChartSpec, Series, dots_with_interval
from soc_tracker.lib.stats import Share as Counted
from soc_tracker.lib.stats import funnel, whole_percent
from soc_tracker.lib.tables import Column

PURSUE = list(FourP).index(FourP.PURSUE)


@dataclass(frozen=True)
class ShareRow:
    """One body's pursue share in one period; ``period`` is "" where nothing was published."""

    name: str
    share: Share
    period: str


COLUMNS = (
    Column("body", "Body", lambda row: row.name),
    Column("share", "Pursue, percent", lambda row: percent(row.share), numeric=True),
    Column("x", "Pursue (x)", lambda row: exact_count(row.share.count), numeric=True),
    Column("n", "All lead disruptions (n)", lambda row: exact_count(row.share.total), numeric=True),
    Column("low", "95% interval from, percent", lambda row: low(row.share), numeric=True),
    Column("high", "95% interval to, percent", lambda row: high(row.share), numeric=True),
    Column("published", "As published", lambda row: share_in_words(row.share)),
    Column("period", "Period", lambda row: row.period),
)


def pursue_shares(page: RegionPage) -> ChartSpec:
    """One dot a body, with an interval where the counts were published."""
    rows = _rows(page)
    return ChartSpec(
        slug="pursue-shares",
        title="Share of lead disruptions recorded as pursue",
        sentence=_sentence(rows),
        kind_of_data=PUBLISHED,
        columns=COLUMNS,
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


def _rows(page: RegionPage) -> tuple[ShareRow, ...]:
    """The bodies, and the region itself where its own share was published."""
    everyone = extracts((page.region, *page.bodies), page.figures)
    shown = [extract for extract in everyone if extract.body != page.region or extract.shares[PURSUE].published]
    names = names_of_their_own([(extract.body, _period(extract)) for extract in shown])
    return tuple(
        ShareRow(name, extract.shares[PURSUE], _period(extract)) for name, extract in zip(names, shown, strict=True)
    )


def _period(extract: Extract) -> str:
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
    return f"Published for {len(published)} of {bodies(len(rows))}: {values}. {_compared(rows)}"


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

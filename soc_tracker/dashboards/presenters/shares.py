"""Pursue, prevent, protect and prepare shares in words: x and n always beside a share that has them."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from disruptions.choices import FourP
from inspections.presenters import figure_in_words, period_in_words
from soc_tracker.dashboards.presenters.names import short
from soc_tracker.dashboards.selectors.shares import Extract, Share
from soc_tracker.lib.stats import whole_percent
from soc_tracker.lib.tables import Column

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

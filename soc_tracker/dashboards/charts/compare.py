"""The shares of one P at several bodies: a funnel plot from ten bodies on, else each with its interval."""

from typing import Any

from disruptions.choices import FourP
from soc_tracker.dashboards.presenters.compare import ShareRow, share_columns, share_rows
from soc_tracker.dashboards.presenters.names import bodies, listing, several
from soc_tracker.dashboards.presenters.record import NO_RECORDS
from soc_tracker.dashboards.selectors.compare import Comparison
from soc_tracker.lib.charts import INK, ChartSpec, Series, dots_with_interval
from soc_tracker.lib.charts_funnel import funnel_plot
from soc_tracker.lib.stats import Funnel, whole_percent


def shares(comparison: Comparison, four_p: FourP) -> ChartSpec:
    """The same rows as the table, in the same order."""
    rows, found = share_rows(comparison, four_p)
    return ChartSpec(
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
    said = f"{bodies(len(counted)).capitalize()} with {together}; together {whole_percent(found.centre)}% {four_p}."
    return f"{said}{_without(rows)} {_verdicts(rows, found)}"


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

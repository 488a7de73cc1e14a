"""Charts over time, one upright column for each month or quarter, and the funnel plot of shares."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from soc_tracker.core.reports.charts import FRAME, GRID, INK, LEGEND, PALETTE, Series, Words, styled, total, whole_ticks
from soc_tracker.core.reports.report import Figure
from soc_tracker.core.stats.shares import LIMITS, Funnel

HEIGHT, FUNNEL_HEIGHT = 360, 440
LABELS = 12
"""Beyond so many columns, labels stand on a choice of them: Plotly would turn or drop them."""
PALE = 0.4
"""Of a column that stands apart."""
STEPS = 60
"""Of the lines of a funnel."""
DASHES = {"95 %": "dash", "99.8 %": "dot"}


def columns_over_time(
    rows: Sequence[Any],
    name: Words,
    series: Sequence[Series],
    *,
    axis: str,
    apart: Callable[[Any], bool] = lambda row: False,
) -> Figure:
    """One upright column a row, in order of time, made of one piece a series.

    Rows that are ``apart``, such as months not yet fully recorded, are pale.
    """
    names = [name(row) for row in rows]
    opacity = [PALE if apart(row) else 1 for row in rows]
    traces = [
        {
            "type": "bar",
            "name": each.name,
            "x": names,
            "y": [each.value(row) for row in rows],
            "marker": style.marker | {"opacity": opacity},
            "hovertemplate": "%{x}, %{fullData.name}: %{y}<extra></extra>",
        }
        for each, style in styled(series)
    ]
    step = -(-len(names) // LABELS) or 1
    xaxis = {"type": "category", "automargin": True, "fixedrange": True, "tickvals": names[::step]}
    return {"data": traces, "layout": _upright(axis, xaxis, whole_ticks(total(row, series) for row in rows))}


def line_over_days(rows: Sequence[Any], day: Callable[[Any], date], series: Series, *, axis: str) -> Figure:
    """One mark a row at its day, joined in order of time: for values that hold from a day until the next one."""
    line = {
        "type": "scatter",
        "mode": "lines+markers+text",
        "name": series.name,
        "x": [day(row).isoformat() for row in rows],
        "y": [series.value(row) for row in rows],
        "text": [series.label(row) if series.label else "" for row in rows],
        "textposition": "top center",
        "cliponaxis": False,
        "line": {"color": PALETTE[0], "shape": "hv"},
        "marker": {"color": PALETTE[0], "size": 10},
        "hovertemplate": "%{x|%-d %B %Y}: %{y}<extra></extra>",
    }
    xaxis = {"type": "date", "tickformat": "%-d %b %Y", "nticks": 6, "automargin": True, "fixedrange": True}
    return {"data": [line], "layout": _upright(axis, xaxis, {}) | {"showlegend": False}}


def _upright(axis: str, xaxis: dict[str, Any], ticks: dict[str, Any]) -> dict[str, Any]:
    yaxis = {"gridcolor": GRID, "rangemode": "tozero", "automargin": True, "fixedrange": True}
    return FRAME | {
        "height": HEIGHT,
        "margin": {"l": 8, "r": 8, "t": 40, "b": 8},
        "barmode": "stack",
        "bargap": 0.2,
        "showlegend": True,
        "legend": LEGEND,
        "xaxis": xaxis,
        "yaxis": yaxis | {"title": {"text": axis}} | ticks,
    }


def funnel_plot(funnel: Funnel, *, records: str, share: str) -> Figure:
    """One dot a body that has records, against control limits; ``records`` and ``share`` name the axes.

    Bodies beyond a limit are named beside their dot. Below ten bodies there
    are no limits, and the plot has the centre only.
    """
    bodies = [body for body in funnel.bodies if body.share is not None]
    most = max((body.n for body in bodies), default=0)
    dots = {
        "type": "scatter",
        "mode": "markers+text",
        "name": "Body",
        "x": [body.n for body in bodies],
        "y": [body.share for body in bodies],
        "text": [body.name if body.verdict else "" for body in bodies],
        "customdata": [body.name for body in bodies],
        "textposition": "top center",
        "cliponaxis": False,
        "marker": {
            "size": 10,
            "color": [PALETTE[2] if body.verdict else PALETTE[0] for body in bodies],
            "symbol": ["diamond" if body.verdict else "circle" for body in bodies],
        },
        "hovertemplate": "%{customdata}: %{y:.0%} of %{x}<extra></extra>",
    }
    xaxis = {"title": {"text": records}, "gridcolor": GRID, "rangemode": "tozero", "fixedrange": True}
    yaxis = {"gridcolor": GRID, "range": [0, 1], "tickformat": ".0%", "automargin": True, "fixedrange": True}
    layout = FRAME | {
        "height": FUNNEL_HEIGHT,
        "margin": {"l": 8, "r": 24, "t": 56, "b": 48},
        "hovermode": "closest",
        "showlegend": True,
        "legend": LEGEND,
        "xaxis": xaxis | whole_ticks([most]),
        "yaxis": yaxis | {"title": {"text": share}},
    }
    return {"data": [dots, *_funnel_lines(funnel, most * 1.05)], "layout": layout}


def _funnel_lines(funnel: Funnel, end: float) -> list[dict[str, Any]]:
    """The centre, and for each limit one line above it and one below."""
    if funnel.centre is None:
        return []

    def line(name: str, x: list[Any], y: list[float], dash: str) -> dict[str, Any]:
        stroke = {"color": INK, "width": 1.5, "dash": dash}
        return {"type": "scatter", "mode": "lines", "name": name, "x": x, "y": y, "line": stroke, "hoverinfo": "skip"}

    lines = [line("Centre", [0, end], [funnel.centre, funnel.centre], "solid")]
    if funnel.tau_squared is None:
        return lines
    # Numbers of records from 1 on, closer together where the limits bend.
    numbers = sorted({max(1, round(end * (step / STEPS) ** 2)) for step in range(1, STEPS + 1)})
    for z, name in LIMITS:
        limits = [each for n in numbers if (each := funnel.limits(n, z))]
        lines.append(line(f"{name} limits", numbers, [each.low for each in limits], DASHES[name]))
        upper = line(f"{name} limits", numbers, [each.high for each in limits], DASHES[name])
        lines.append(upper | {"showlegend": False})
    return lines

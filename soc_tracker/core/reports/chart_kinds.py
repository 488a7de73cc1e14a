"""Charts over time: one upright column for each month or quarter."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from soc_tracker.core.reports.charts import GRID, INK, PALETTE, PAPER, PATTERNS, Series, Words, fill, total, whole_ticks
from soc_tracker.core.stats.shares import LIMITS, Funnel, FunnelBody

HEIGHT = 360
# Beyond so many columns, labels stand on a choice of them: Plotly would turn or drop them.
LABELS = 12
PALE = 0.4
"""Of a column that stands apart."""


def columns_over_time(
    rows: Sequence[Any],
    name: Words,
    series: Sequence[Series],
    *,
    axis: str,
    apart: Callable[[Any], bool] = lambda row: False,
) -> dict[str, Any]:
    """One upright column a row, in order of time, made of one piece a series.

    Rows that are ``apart``, such as months not yet fully recorded, are
    pale. Raises ValueError beyond the palette's colours.
    """
    if len(series) > len(PALETTE):
        raise ValueError(f"{len(series)} series are more than the {len(PALETTE)} colours that can be told apart.")
    opacity = [PALE if apart(row) else 1 for row in rows]
    traces = [
        _column(rows, name, each, fill(colour, pattern) | {"opacity": opacity})
        for each, colour, pattern in zip(series, PALETTE, PATTERNS, strict=False)
    ]
    layout = _layout([name(row) for row in rows], axis)
    layout["yaxis"] |= whole_ticks(total(row, series) for row in rows)
    return {"data": traces, "layout": layout}


def line_over_days(rows: Sequence[Any], day: Callable[[Any], date], series: Series, *, axis: str) -> dict[str, Any]:
    """One mark a row at its day, joined in order of time: for values that hold from a day until the next one."""
    trace = {
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
    layout = _layout([], axis)
    layout["xaxis"] = {"type": "date", "tickformat": "%-d %b %Y", "nticks": 6, "automargin": True, "fixedrange": True}
    return {"data": [trace], "layout": layout | {"showlegend": False}}


def _column(rows: Sequence[Any], name: Words, series: Series, marker: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "bar",
        "name": series.name,
        "x": [name(row) for row in rows],
        "y": [series.value(row) for row in rows],
        "marker": marker,
        "hovertemplate": "%{x}, %{fullData.name}: %{y}<extra></extra>",
    }


def _layout(names: list[str], axis: str) -> dict[str, Any]:
    step = -(-len(names) // LABELS) or 1
    return {
        "height": HEIGHT,
        "margin": {"l": 8, "r": 8, "t": 40, "b": 8},
        "font": {"size": 15, "color": INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "barmode": "stack",
        "bargap": 0.2,
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom", "traceorder": "normal"},
        "xaxis": {
            "type": "category",
            "automargin": True,
            "fixedrange": True,
            "tickvals": names[::step],
        },
        "yaxis": {
            "title": {"text": axis},
            "gridcolor": GRID,
            "rangemode": "tozero",
            "automargin": True,
            "fixedrange": True,
        },
    }


# The funnel plot: shares against the number of records behind them, with control limits where they may be drawn.


FUNNEL_HEIGHT = 440
STEPS = 60
DASHES = {"95 %": "dash", "99.8 %": "dot"}


def funnel_plot(funnel: Funnel, *, records: str, share: str) -> dict[str, Any]:
    """One dot a body that has records; ``records`` and ``share`` name the axes.

    Bodies beyond a limit are named beside their dot. Below ten bodies there
    are no limits, and the plot has the centre only.
    """
    bodies = [body for body in funnel.bodies if body.share is not None]
    most = max((body.n for body in bodies), default=0)
    return {"data": [_dots(bodies), *_lines(funnel, most)], "layout": _funnel_layout(records, share, most)}


def _dots(bodies: list[FunnelBody]) -> dict[str, Any]:
    return {
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


def _lines(funnel: Funnel, most: int) -> list[dict[str, Any]]:
    """The centre, and for each limit one line above it and one below."""
    if funnel.centre is None:
        return []
    ends = [0, most * 1.05]
    lines = [_line("Centre", ends, [funnel.centre, funnel.centre], "solid")]
    if funnel.tau_squared is None:
        return lines
    numbers = _numbers(most)
    for z, name in LIMITS:
        found = [limits for n in numbers if (limits := funnel.limits(n, z))]
        lines.append(_line(f"{name} limits", numbers, [limits.low for limits in found], DASHES[name]))
        upper = _line(f"{name} limits", numbers, [limits.high for limits in found], DASHES[name])
        lines.append(upper | {"showlegend": False})
    return lines


def _numbers(most: int) -> list[int]:
    """Numbers of records from 1 on, closer together where the limits bend."""
    top = most * 1.05
    return sorted({max(1, round(top * (step / STEPS) ** 2)) for step in range(1, STEPS + 1)})


def _line(name: str, x: list[Any], y: list[float], dash: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": x,
        "y": y,
        "line": {"color": INK, "width": 1.5, "dash": dash},
        "hoverinfo": "skip",
    }


def _funnel_layout(records: str, share: str, most: int) -> dict[str, Any]:
    return {
        "height": FUNNEL_HEIGHT,
        "margin": {"l": 8, "r": 24, "t": 56, "b": 48},
        "font": {"size": 15, "color": INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "hovermode": "closest",
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom"},
        "xaxis": {"title": {"text": records}, "gridcolor": GRID, "rangemode": "tozero", "fixedrange": True}
        | whole_ticks([most]),
        "yaxis": {
            "title": {"text": share},
            "gridcolor": GRID,
            "range": [0, 1],
            "tickformat": ".0%",
            "automargin": True,
            "fixedrange": True,
        },
    }

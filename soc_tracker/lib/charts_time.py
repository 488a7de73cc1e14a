"""Charts over time: one upright column for each month or quarter."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from soc_tracker.lib.charts import GRID, INK, PALETTE, PAPER, PATTERNS, Series, Words, fill, total, whole_ticks

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

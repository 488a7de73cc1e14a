"""The funnel plot: shares against the number of records behind them, with control limits where they may be drawn."""

from typing import Any

from soc_tracker.lib.charts import GRID, INK, PALETTE, PAPER, whole_ticks
from soc_tracker.lib.stats import Funnel, FunnelBody
from soc_tracker.lib.stats.funnel import LIMITS

HEIGHT = 440
STEPS = 60
DASHES = {"95 %": "dash", "99.8 %": "dot"}


def funnel_plot(funnel: Funnel, *, records: str, share: str) -> dict[str, Any]:
    """One dot a body that has records; ``records`` and ``share`` name the axes.

    Bodies beyond a limit are named beside their dot. Below ten bodies there
    are no limits, and the plot has the centre only.
    """
    bodies = [body for body in funnel.bodies if body.share is not None]
    most = max((body.n for body in bodies), default=0)
    return {"data": [_dots(bodies), *_lines(funnel, most)], "layout": _layout(records, share, most)}


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


def _layout(records: str, share: str, most: int) -> dict[str, Any]:
    return {
        "height": HEIGHT,
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

"""Charts as plain data: a figure in Plotly's format and the same numbers as a table and as CSV.

Plotly itself runs in the reader's browser only. A builder draws exactly the
rows of its table, so that chart, table and CSV cannot disagree.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import StreamingHttpResponse

from soc_tracker.core.lists.columns import Cell, Column, cells
from soc_tracker.core.lists.exports import Preamble, csv_response
from soc_tracker.core.stats.shares import whole_percent

# The categorical palette of the UK Government Analysis Function: told apart by readers
# with colour-blindness, and each at least 3:1 against white but for the orange's 2.8:1.
PALETTE = ("#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1")
DARK = ("#12436D", "#801650", "#3D3D3D")
PATTERNS = ("", "/", ".", "x", "-", "|")
"""By which series are told apart without colour, in the order of the palette."""
MOST_TICKS = 6
INK, PAPER, GRID = "#0b0c0c", "#ffffff", "#cecece"
ROW_HEIGHT, FRAME_HEIGHT = 44, 110

Words = Callable[[Any], str]
Number = Callable[[Any], Any]


@dataclass(frozen=True)
class Series:
    """One colour of a chart: the number that it draws of a row, None for none, and the label beside it. Without a
    colour of its own it gets that of its place in the palette.
    """

    name: str
    value: Number
    label: Words | None = None
    colour: str = ""


@dataclass(frozen=True)
class ChartSpec:
    """A chart with everything a page shows of it; ``sentence`` says what it shows, ``slug`` names its CSV."""

    slug: str
    title: str
    sentence: str
    kind_of_data: str
    columns: tuple[Column, ...]
    rows: tuple[Any, ...]
    figure: dict[str, Any]

    @property
    def table(self) -> list[list[Cell]]:
        return [cells(self.columns, row) for row in self.rows]

    def csv(self, preamble: Preamble) -> StreamingHttpResponse:
        return csv_response(self.slug, self.columns, self.rows, preamble)


def bars(rows: Sequence[Any], name: Words, series: Series, *, axis: str, percent: bool = False) -> dict[str, Any]:
    """One horizontal bar a row, the first row on top. A row without a number keeps its place and its label."""
    words = _words_for_missing(rows, name, series)
    ticks = {} if percent else whole_ticks(series.value(row) for row in rows)
    traces = [_bar(rows, name, series, PALETTE[0], "", percent)]
    return _figure(traces, rows, axis, percent=percent, ticks=ticks, annotations=words)


def stacked_bars(
    rows: Sequence[Any], name: Words, series: Sequence[Series], *, axis: str, percent: bool = False
) -> dict[str, Any]:
    """One horizontal bar a row, made of one piece a series. Raises ValueError beyond the palette's colours."""
    if len(series) > len(PALETTE):
        raise ValueError(f"{len(series)} series are more than the {len(PALETTE)} colours that can be told apart.")
    traces = [
        _bar(rows, name, each, each.colour or colour, pattern, percent)
        for each, colour, pattern in zip(series, PALETTE, PATTERNS, strict=False)
    ]
    ticks = {} if percent else whole_ticks(total(row, series) for row in rows)
    empty = [row for row in rows if all(each.value(row) is None for each in series)]
    words = _words_for_missing(empty, name, series[0]) if series else []
    more: dict[str, Any] = {"barmode": "stack", "showlegend": True, "annotations": words}
    return _figure(traces, rows, axis, percent=percent, ticks=ticks, **more)


def grouped_bars(
    rows: Sequence[Any], name: Words, series: Sequence[Series], *, axis: str, percent: bool = False
) -> dict[str, Any]:
    """One horizontal bar a row and series, side by side. Raises ValueError beyond the palette's colours."""
    figure = stacked_bars(rows, name, series, axis=axis, percent=percent)
    height = FRAME_HEIGHT + ROW_HEIGHT * len(rows) * max(1, len(series) * 0.6)
    figure["layout"] |= {"barmode": "group", "height": round(height)}
    return figure


def dots_with_interval(
    rows: Sequence[Any], name: Words, series: Series, low: Number, high: Number, *, axis: str
) -> dict[str, Any]:
    """One dot a row with the reach of its interval, on an axis of shares from 0 to 100 %.

    Values and intervals are shares from 0 to 1. A dot without an interval
    (low or high None) stands alone: its uncertainty is not known.
    """
    shares = [series.value(row) for row in rows]
    bounds = [(low(row), high(row)) for row in rows]
    dots = {
        "type": "scatter",
        "mode": "markers+text" if series.label else "markers",
        "name": series.name,
        "x": [_plain(share) for share in shares],
        "y": [name(row) for row in rows],
        "text": [series.label(row) for row in rows] if series.label else None,
        "textposition": "top center",
        "cliponaxis": False,
        "marker": {"color": PALETTE[0], "size": 12},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [_reach(share, top) for share, (_, top) in zip(shares, bounds, strict=True)],
            "arrayminus": [_reach(bottom, share) for share, (bottom, _) in zip(shares, bounds, strict=True)],
            "color": PALETTE[0],
            "thickness": 2,
        },
        "hovertemplate": "%{y}: %{x:.0%}<extra></extra>",
    }
    return _figure([_without_none(dots)], rows, axis, percent=True, annotations=_words_for_missing(rows, name, series))


def whole_ticks(values: Iterable[Any]) -> dict[str, Any]:
    """The marks of an axis that counts: whole numbers, a few of them, whatever room there is."""
    most = max((value for value in values if value is not None), default=0)
    steps = (step * 10**power for power in range(12) for step in (1, 2, 5))
    return {"tick0": 0, "dtick": next(step for step in steps if most <= step * MOST_TICKS), "tickformat": ",d"}


def total(row: Any, series: Sequence[Series]) -> Any:
    return sum(each.value(row) or 0 for each in series)


def fill(colour: str, pattern: str) -> dict[str, Any]:
    """How the pieces of a series are filled: in grey the pattern tells them apart."""
    hatching = {"shape": pattern, "fillmode": "overlay", "fgcolor": PAPER, "size": 8, "solidity": 0.2}
    return {"color": colour, "line": {"color": PAPER, "width": 1}, "pattern": hatching}


def _bar(
    rows: Sequence[Any], name: Words, series: Series, colour: str, pattern: str, percent: bool = False
) -> dict[str, Any]:
    values = [_plain(series.value(row)) for row in rows]
    label = series.label or (lambda row: _number_in_words(series.value(row), percent))
    return {
        "type": "bar",
        "orientation": "h",
        "name": series.name,
        "x": values,
        "y": [name(row) for row in rows],
        "text": [label(row) for row in rows],
        "textposition": "auto",
        "textangle": 0,
        "insidetextanchor": "middle",
        # Around the label, the bar's own colour instead of its pattern.
        "insidetextfont": {"color": PAPER if colour in DARK else INK, "shadow": ", ".join([f"0 0 3px {colour}"] * 6)},
        "outsidetextfont": {"color": INK},
        "cliponaxis": False,
        "marker": fill(colour, pattern),
        "hovertemplate": "%{y}, %{fullData.name}: %{text}<extra></extra>",
    }


def _figure(
    traces: list[dict[str, Any]],
    rows: Sequence[Any],
    axis: str,
    *,
    percent: bool = False,
    ticks: Mapping[str, Any] | None = None,
    **layout: Any,
) -> dict[str, Any]:
    frame = {
        "height": FRAME_HEIGHT + ROW_HEIGHT * len(rows),
        "margin": {"l": 8, "r": 24, "t": 40 if layout.get("showlegend") else 8, "b": 48},
        "font": {"size": 15, "color": INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "showlegend": False,
        "legend": {"orientation": "h", "x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom", "traceorder": "normal"},
        "xaxis": {"title": {"text": axis}, "gridcolor": GRID, "rangemode": "tozero", "fixedrange": True}
        | _percent_axis(percent)
        | dict(ticks or {}),
        "yaxis": {
            "autorange": "reversed",
            "automargin": True,
            "ticklabelstandoff": 6,
            "fixedrange": True,
            "type": "category",
        },
    }
    return {"data": traces, "layout": frame | layout}


def _words_for_missing(rows: Sequence[Any], name: Words, series: Series) -> list[dict[str, Any]]:
    """The label of each row without a number, where its mark would begin: Plotly draws no text beside nothing."""
    return [
        {"x": 0, "y": name(row), "text": series.label(row), "xanchor": "left", "xshift": 4, "showarrow": False}
        for row in rows
        if series.label and series.value(row) is None
    ]


def _percent_axis(percent: bool) -> dict[str, Any]:
    return {"range": [0, 1], "tickformat": ".0%"} if percent else {}


def _number_in_words(value: Any, percent: bool) -> str:
    if value is None:
        return ""
    return f"{whole_percent(value)}%" if percent else f"{_plain(value):,}"


def _plain(value: Any) -> Any:
    """Numbers that JSON holds: Decimal and Fraction as floats."""
    return value if value is None or isinstance(value, int) else float(value)


def _reach(first: Any, last: Any) -> float | None:
    return None if first is None or last is None else max(0.0, float(last) - float(first))


def _without_none(trace: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in trace.items() if value is not None}

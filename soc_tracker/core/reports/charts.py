"""Charts as plain data in Plotly's format: bars, dots, columns over time, funnel plots.

Plotly itself runs in the reader's browser only. A builder draws exactly the rows of its report, so that chart, table
and file cannot disagree.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from soc_tracker.core.reports.report import Figure
from soc_tracker.core.stats.shares import LIMITS, Funnel, whole_percent

# The categorical palette of the UK Government Analysis Function: told apart by readers
# with colour-blindness, and each at least 3:1 against white but for the orange's 2.8:1.
PALETTE = ("#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1")
DARK = ("#12436D", "#801650", "#3D3D3D")
PATTERNS = ("", "/", ".", "x", "-", "|")
"""By which series are told apart without colour, in the order of the palette; beyond it, each colour comes again
with the next pattern."""
MOST_SERIES = 12
"""Beyond so many pieces a bar cannot be read: the last of them are drawn as one, and the table has them all."""
MOST_TICKS = 6
INK, PAPER, GRID = "#0b0c0c", "#ffffff", "#cecece"
FRAME = {"font": {"size": 15, "color": INK}, "paper_bgcolor": PAPER, "plot_bgcolor": PAPER}
LEGEND = {"orientation": "h", "x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom", "traceorder": "normal"}
ROW_HEIGHT, FRAME_HEIGHT = 44, 110
OTHERS = "Other"

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
class Style:
    """How the pieces of one series are filled: in grey the pattern tells them apart."""

    colour: str
    pattern: str

    @property
    def marker(self) -> dict[str, Any]:
        hatching = {"shape": self.pattern, "fillmode": "overlay", "fgcolor": PAPER, "size": 8, "solidity": 0.2}
        return {"color": self.colour, "line": {"color": PAPER, "width": 1}, "pattern": hatching}


def styled(series: Sequence[Series]) -> list[tuple[Series, Style]]:
    """Each series with its style, however many there are: beyond ``MOST_SERIES`` the last ones become one, "Other"."""
    kept = list(series)
    if len(kept) > MOST_SERIES:
        rest = kept[MOST_SERIES - 1 :]

        def together(row: Any) -> Any:
            numbers = [number for each in rest if (number := each.value(row)) is not None]
            return sum(numbers) if numbers else None

        kept[MOST_SERIES - 1 :] = [Series(OTHERS, together)]
    styles = []
    for place, each in enumerate(kept):
        again, colour = divmod(place, len(PALETTE))
        pattern = PATTERNS[(colour + again) % len(PATTERNS)]
        styles.append((each, Style(each.colour or PALETTE[colour], pattern)))
    return styles


def bars(rows: Sequence[Any], name: Words, series: Series, *, axis: str, percent: bool = False) -> Figure:
    """One horizontal bar a row, the first row on top. A row without a number keeps its place and its label."""
    traces = [_bar(rows, name, series, Style(PALETTE[0], ""), percent=percent)]
    ticks = {} if percent else whole_ticks(series.value(row) for row in rows)
    missing = _labels_of_missing(rows, name, series)
    return _figure(traces, rows, axis, ticks=ticks, percent=percent, annotations=missing)


def stacked_bars(
    rows: Sequence[Any], name: Words, series: Sequence[Series], *, axis: str, percent: bool = False
) -> Figure:
    """One horizontal bar a row, made of one piece a series."""
    traces = [_bar(rows, name, each, style, percent=percent) for each, style in styled(series)]
    ticks = {} if percent else whole_ticks(sum(each.value(row) or 0 for each in series) for row in rows)
    empty = [row for row in rows if all(each.value(row) is None for each in series)]
    missing = _labels_of_missing(empty, name, series[0]) if series else []
    stacked = {"barmode": "stack", "showlegend": True, "annotations": missing}
    return _figure(traces, rows, axis, ticks=ticks, percent=percent, **stacked)


def dots_with_interval(
    rows: Sequence[Any], name: Words, series: Series, low: Number, high: Number, *, axis: str
) -> Figure:
    """One dot a row with the reach of its interval, on an axis of shares from 0 to 100 %.

    Values and intervals are shares from 0 to 1. A dot without an interval
    (low or high None) stands alone: its uncertainty is not known.
    """

    def reach(first: Any, last: Any) -> float | None:
        return None if first is None or last is None else max(0.0, float(last) - float(first))

    dots = {
        "type": "scatter",
        "mode": "markers+text" if series.label else "markers",
        "name": series.name,
        "x": [_plain(series.value(row)) for row in rows],
        "y": [name(row) for row in rows],
        "textposition": "top center",
        "cliponaxis": False,
        "marker": {"color": PALETTE[0], "size": 12},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [reach(series.value(row), high(row)) for row in rows],
            "arrayminus": [reach(low(row), series.value(row)) for row in rows],
            "color": PALETTE[0],
            "thickness": 2,
        },
        "hovertemplate": "%{y}: %{x:.0%}<extra></extra>",
    }
    if series.label:
        dots["text"] = [series.label(row) for row in rows]
    return _figure([dots], rows, axis, percent=True, annotations=_labels_of_missing(rows, name, series))


def whole_ticks(values: Iterable[Any]) -> dict[str, Any]:
    """The marks of an axis that counts: whole numbers, a few of them, whatever room there is."""
    most = max((value for value in values if value is not None), default=0)
    steps = (step * 10**power for power in range(12) for step in (1, 2, 5))
    return {"tick0": 0, "dtick": next(step for step in steps if most <= step * MOST_TICKS), "tickformat": ",d"}


def _bar(rows: Sequence[Any], name: Words, series: Series, style: Style, *, percent: bool) -> dict[str, Any]:
    def label(row: Any) -> str:
        value = series.value(row)
        if series.label:
            return series.label(row)
        if value is None:
            return ""
        return f"{whole_percent(value)}%" if percent else f"{_plain(value):,}"

    return {
        "type": "bar",
        "orientation": "h",
        "name": series.name,
        "x": [_plain(series.value(row)) for row in rows],
        "y": [name(row) for row in rows],
        "text": [label(row) for row in rows],
        "textposition": "auto",
        "textangle": 0,
        "insidetextanchor": "middle",
        # Around the label, the bar's own colour instead of its pattern.
        "insidetextfont": {
            "color": PAPER if style.colour in DARK else INK,
            "shadow": ", ".join([f"0 0 3px {style.colour}"] * 6),
        },
        "outsidetextfont": {"color": INK},
        "cliponaxis": False,
        "marker": style.marker,
        "hovertemplate": "%{y}, %{fullData.name}: %{text}<extra></extra>",
    }


def _figure(
    traces: list[dict[str, Any]],
    rows: Sequence[Any],
    axis: str,
    *,
    ticks: dict[str, Any] | None = None,
    percent: bool = False,
    **layout: Any,
) -> Figure:
    xaxis = {"title": {"text": axis}, "gridcolor": GRID, "rangemode": "tozero", "fixedrange": True} | (ticks or {})
    if percent:
        xaxis |= {"range": [0, 1], "tickformat": ".0%"}
    yaxis = {"autorange": "reversed", "automargin": True, "ticklabelstandoff": 6, "fixedrange": True}
    frame = FRAME | {
        "height": FRAME_HEIGHT + ROW_HEIGHT * len(rows),
        "margin": {"l": 8, "r": 24, "t": 40 if layout.get("showlegend") else 8, "b": 48},
        "showlegend": False,
        "legend": LEGEND,
        "xaxis": xaxis,
        "yaxis": yaxis | {"type": "category"},
    }
    return {"data": traces, "layout": frame | layout}


def _labels_of_missing(rows: Sequence[Any], name: Words, series: Series) -> list[dict[str, Any]]:
    """The label of each row without a number, where its mark would begin: Plotly draws no text beside nothing."""
    return [
        {"x": 0, "y": name(row), "text": series.label(row), "xanchor": "left", "xshift": 4, "showarrow": False}
        for row in rows
        if series.label and series.value(row) is None
    ]


def _plain(value: Any) -> Any:
    """Numbers that JSON holds: Decimal and Fraction as floats."""
    return value if value is None or isinstance(value, int) else float(value)


# Charts over time, one upright column for each month or quarter, and the funnel plot of shares.


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
    # Level or upright, for what is slanted runs into its neighbours on a phone; and apart where the axes meet.
    labels = {"tickvals": names[::step], "autotickangles": [0, -90], "ticklabelstandoff": 6}
    xaxis = {"type": "category", "automargin": True, "fixedrange": True} | labels
    ticks = whole_ticks(sum(each.value(row) or 0 for each in series) for row in rows)
    return {"data": traces, "layout": _upright(axis, xaxis, ticks)}


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


STROKES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")


def lines_down(curves: Sequence[tuple[str, Sequence[tuple[float, float]]]], across: str, up: str) -> Figure:
    """A stair for each curve: a name, and points of which each share, from 0 to 1, holds until the next. ``across`` and
    ``up`` name the axes.
    """
    lines = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "x": [round(x, 3) for x, _ in points],
            "y": [y for _, y in points],
            "line": {"color": PALETTE[place % len(PALETTE)], "shape": "hv", "dash": STROKES[place % len(STROKES)]},
            "hovertemplate": "%{fullData.name}, after %{x:.1f}: %{y:.0%}<extra></extra>",
        }
        for place, (name, points) in enumerate(curves[-MOST_SERIES:])
    ]
    apart = {"ticklabelstandoff": 6}  # where the axes meet
    xaxis = {"title": {"text": across}, "rangemode": "tozero", "automargin": True, "fixedrange": True} | apart
    layout = _upright(up, xaxis, {"range": [0, 1.02], "tickformat": ".0%"} | apart)
    return {"data": lines, "layout": layout | {"margin": {"l": 8, "r": 24, "t": 56, "b": 48}}}


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
    both = {"gridcolor": GRID, "ticklabelstandoff": 6, "fixedrange": True}  # apart where the axes meet
    xaxis = both | {"title": {"text": records}, "rangemode": "tozero"}
    yaxis = both | {"range": [0, 1], "tickformat": ".0%", "automargin": True}
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

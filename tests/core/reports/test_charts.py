"""Charts: every figure keeps Plotly's schema, and draws the very numbers of its table and CSV."""

import json
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import plotly.graph_objects
import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.reports.charts import (
    MOST_TICKS,
    PALETTE,
    PATTERNS,
    Series,
    bars,
    dots_with_interval,
    stacked_bars,
    whole_ticks,
)


@dataclass(frozen=True)
class Row:
    name: str
    value: Decimal | Fraction | int | None
    low: float | None = None
    high: float | None = None


def name(row: Row) -> str:
    return row.name


def words(row: Row) -> str:
    return "not published" if row.value is None else f"{row.value} in all"


VALUE = Series("Threats", lambda row: row.value)
LABELLED = Series("Threats", lambda row: row.value, words)
ROWS = (Row("Cheshire", 118), Row("Cumbria", None), Row("Lancashire", Decimal("243.5")))
SHARES = (Row("Cheshire", Fraction(312, 373), 0.796, 0.871), Row("Cumbria", None), Row("Lancashire", Decimal("0.85")))
FIGURES = {
    "bars": bars(ROWS, name, VALUE, axis="Threats"),
    "bars with labels": bars(ROWS, name, LABELLED, axis="Threats"),
    "shares as bars": bars(SHARES, name, LABELLED, axis="Share", percent=True),
    "stacked bars": stacked_bars(ROWS, name, [VALUE, LABELLED], axis="Threats"),
    "dots": dots_with_interval(SHARES, name, VALUE, lambda row: row.low, lambda row: row.high, axis="Share"),
    "dots with labels": dots_with_interval(SHARES, name, LABELLED, lambda row: row.low, lambda row: row.high, axis="x"),
    "nothing": bars((), name, VALUE, axis="Threats"),
}


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
def test_every_builder_keeps_the_schema(figure: dict) -> None:
    plotly.graph_objects.Figure(figure)


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
def test_every_figure_travels_as_json(figure: dict) -> None:
    assert json.loads(json.dumps(figure)) == figure


@pytest.mark.parametrize("figure", [FIGURES[key] for key in FIGURES if key != "nothing"])
def test_every_row_keeps_its_place_with_the_first_on_top(figure: dict) -> None:
    assert all(trace["y"] == ["Cheshire", "Cumbria", "Lancashire"] for trace in figure["data"])
    assert figure["layout"]["yaxis"]["autorange"] == "reversed"


def test_what_is_missing_is_not_drawn_as_zero() -> None:
    assert FIGURES["bars"]["data"][0]["x"] == [118, None, 243.5]
    assert FIGURES["dots"]["data"][0]["x"][1] is None


def test_a_row_without_a_number_says_so_where_its_bar_would_begin() -> None:
    for key in ("bars with labels", "dots with labels"):
        (note,) = FIGURES[key]["layout"]["annotations"]
        assert (note["x"], note["y"], note["text"]) == (0, "Cumbria", "not published")
    assert FIGURES["bars"]["layout"]["annotations"] == []


def test_labels_stand_beside_the_numbers() -> None:
    assert stacked_bars(SHARES, name, [VALUE], axis="x", percent=True)["data"][0]["text"] == ["84%", "", "85%"]
    assert FIGURES["bars"]["data"][0]["text"] == ["118", "", "243.5"]
    assert FIGURES["bars with labels"]["data"][0]["text"] == ["118 in all", "not published", "243.5 in all"]


def test_intervals_reach_from_the_dot() -> None:
    reach = FIGURES["dots"]["data"][0]["error_x"]
    assert reach["array"] == [pytest.approx(0.871 - 312 / 373), None, None]
    assert reach["arrayminus"] == [pytest.approx(312 / 373 - 0.796), None, None]
    assert FIGURES["dots"]["layout"]["xaxis"]["range"] == [0, 1]


def test_each_series_has_a_colour_of_its_own_and_a_legend() -> None:
    figure = stacked_bars(ROWS, name, [VALUE] * len(PALETTE), axis="Threats")
    assert [trace["marker"]["color"] for trace in figure["data"]] == list(PALETTE)
    assert figure["layout"]["showlegend"]


@pytest.mark.parametrize("colour", PALETTE)
def test_colours_stand_out_from_white(colour: str) -> None:
    """WCAG asks 3:1 of graphics; the palette's orange has 2.9:1, so that labels beside the bars carry the meaning."""
    assert 1.05 / (luminance(colour) + 0.05) > 2.8


@pytest.mark.parametrize("place", range(len(PALETTE)))
def test_labels_on_bars_are_readable(place: int) -> None:
    """WCAG asks 4.5:1 of text."""
    trace = stacked_bars(ROWS, name, [VALUE] * len(PALETTE), axis="Threats")["data"][place]
    bright, dark = sorted(
        (luminance(trace["marker"]["color"]), luminance(trace["insidetextfont"]["color"])), reverse=True
    )
    assert (bright + 0.05) / (dark + 0.05) >= 4.5


@given(
    st.lists(st.tuples(st.text(max_size=10), st.none() | st.integers(0, 10**9) | st.fractions(0, 1)), max_size=30),
    st.booleans(),
)
def test_any_rows_make_a_valid_figure(values: list[tuple], percent: bool) -> None:
    rows = [Row(text, number) for text, number in values]
    figure = bars(rows, name, LABELLED, axis="x", percent=percent)
    plotly.graph_objects.Figure(figure)
    assert [number is None for number in figure["data"][0]["x"]] == [row.value is None for row in rows]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@given(st.lists(st.none() | st.integers(0, 10**9)))
def test_a_count_is_marked_at_a_few_whole_numbers(values):
    ticks = whole_ticks(values)
    most = max((value for value in values if value is not None), default=0)
    assert isinstance(ticks["dtick"], int)
    assert ticks["dtick"] >= 1
    assert most / ticks["dtick"] <= MOST_TICKS
    assert ticks["tickformat"] == ",d"


def test_shares_are_marked_in_percent_and_counts_in_whole_numbers():
    assert "dtick" not in stacked_bars(ROWS, name, [VALUE], axis="Share", percent=True)["layout"]["xaxis"]
    assert stacked_bars(ROWS, name, [VALUE], axis="Threats")["layout"]["xaxis"]["tickformat"] == ",d"


def test_every_series_has_a_pattern_of_its_own():
    figure = stacked_bars(ROWS, name, [VALUE] * len(PALETTE), axis="Threats")
    assert [trace["marker"]["pattern"]["shape"] for trace in figure["data"]] == list(PATTERNS)
    assert len(set(PATTERNS)) == len(PALETTE)


@pytest.mark.parametrize("number", [1, 6, 7, 12])
def test_every_series_is_told_from_the_others_by_colour_and_pattern(number):
    figure = stacked_bars(ROWS, name, [VALUE] * number, axis="Threats")
    looks = {(trace["marker"]["color"], trace["marker"]["pattern"]["shape"]) for trace in figure["data"]}
    assert len(figure["data"]) == len(looks) == number
    plotly.graph_objects.Figure(figure)


def test_beyond_twelve_the_last_series_are_drawn_together():
    series = [Series(f"Kind {place}", lambda row: row.value) for place in range(15)]
    figure = stacked_bars(ROWS, name, series, axis="Threats")
    assert [trace["name"] for trace in figure["data"]] == [*(f"Kind {place}" for place in range(11)), "Other"]
    assert figure["data"][-1]["x"] == [4 * 118, None, 4 * 243.5]
    assert sum(trace["x"][0] for trace in figure["data"]) == sum(each.value(ROWS[0]) or 0 for each in series)

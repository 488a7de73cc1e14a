"""Charts: every figure keeps Plotly's schema, and draws the very numbers of its table and CSV."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import plotly.graph_objects
import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.lists.columns import Column
from soc_tracker.core.lists.exports import Preamble
from soc_tracker.core.reports.charts import (
    MOST_TICKS,
    PALETTE,
    PATTERNS,
    ChartSpec,
    Series,
    bars,
    dots_with_interval,
    grouped_bars,
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
    "grouped bars": grouped_bars(SHARES, name, [VALUE, LABELLED], axis="Share", percent=True),
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
    assert grouped_bars(SHARES, name, [VALUE], axis="x", percent=True)["data"][0]["text"] == ["84%", "", "85%"]
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
    with pytest.raises(ValueError, match="more than the 6 colours"):
        stacked_bars(ROWS, name, [VALUE] * 7, axis="Threats")


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


def test_table_and_csv_hold_what_is_drawn() -> None:
    chart = ChartSpec(
        slug="threats",
        title="Threats",
        sentence="Cheshire has 118.",
        kind_of_data="published",
        columns=(Column("name", "Body", name), Column("value", "Threats", lambda row: row.value, numeric=True)),
        rows=ROWS,
        figure=FIGURES["bars"],
    )
    assert [[cell.text for cell in row] for row in chart.table] == [
        ["Cheshire", "118"],
        ["Cumbria", "not stated"],
        ["Lancashire", "243.5"],
    ]
    made_at = datetime(2023, 7, 13, 10, 0, tzinfo=UTC)
    response = chart.csv(Preamble("Threats", "No filter", "published", "2023-07-13", made_at, "me"))
    lines = b"".join(response).decode().splitlines()
    assert lines[-3:] == ["Cheshire,118", "Cumbria,", "Lancashire,243.5"]
    assert 'filename="threats.csv"' in response["Content-Disposition"]


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


@pytest.mark.parametrize("draw", [stacked_bars, grouped_bars])
def test_shares_are_marked_in_percent_and_counts_in_whole_numbers(draw):
    assert "dtick" not in draw(ROWS, name, [VALUE], axis="Share", percent=True)["layout"]["xaxis"]
    assert draw(ROWS, name, [VALUE], axis="Threats")["layout"]["xaxis"]["tickformat"] == ",d"


def test_every_series_has_a_pattern_of_its_own():
    figure = stacked_bars(ROWS, name, [VALUE] * len(PALETTE), axis="Threats")
    assert [trace["marker"]["pattern"]["shape"] for trace in figure["data"]] == list(PATTERNS)
    assert len(set(PATTERNS)) == len(PALETTE)

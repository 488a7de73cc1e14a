"""Charts over time and funnel plots keep Plotly's schema and draw the very numbers of their rows."""

import json
from datetime import date

import plotly.graph_objects
import pytest

from soc_tracker.core.reports.charts import (
    LABELS,
    PALE,
    PALETTE,
    Series,
    columns_over_time,
    funnel_plot,
    line_over_days,
)
from soc_tracker.core.stats.shares import Share, funnel

ROWS = (("Jan 2022", 3, 1), ("Feb 2022", 0, 2), ("Mar 2022", None, None))
SERIES = (Series("Pursue", lambda row: row[1]), Series("Prevent", lambda row: row[2]))


def columns(rows=ROWS, **more):
    return columns_over_time(rows, lambda row: row[0], SERIES, axis="Lead disruptions", **more)


class TestColumnsOverTime:
    @pytest.mark.parametrize("rows", [ROWS, ()])
    def test_keeps_the_schema_and_travels_as_json(self, rows):
        figure = columns(rows)
        plotly.graph_objects.Figure(figure)
        assert json.loads(json.dumps(figure)) == figure

    def test_draws_the_rows_in_their_order_and_what_is_not_known_as_nothing(self):
        pursue, prevent = columns()["data"]
        assert (pursue["x"], pursue["y"]) == (["Jan 2022", "Feb 2022", "Mar 2022"], [3, 0, None])
        assert prevent["y"] == [1, 2, None]
        assert columns()["layout"]["barmode"] == "stack"

    def test_rows_apart_are_pale(self):
        for trace in columns(apart=lambda row: row[0] == "Feb 2022")["data"]:
            assert trace["marker"]["opacity"] == [1, PALE, 1]

    def test_nothing_is_pale_unless_asked(self):
        assert {opacity for trace in columns()["data"] for opacity in trace["marker"]["opacity"]} == {1}

    def test_series_are_told_apart_without_colour(self):
        shapes = [trace["marker"]["pattern"]["shape"] for trace in columns()["data"]]
        assert len(set(shapes)) == len(shapes)

    @pytest.mark.parametrize(("months", "labels"), [(1, 1), (LABELS, LABELS), (LABELS + 1, 7), (48, 12)])
    def test_so_many_labels_fit(self, months, labels):
        figure = columns([(f"month {month}", 1, 1) for month in range(months)])
        assert len(figure["layout"]["xaxis"]["tickvals"]) == labels

    def test_more_series_than_colours_differ_by_pattern(self):
        figure = columns_over_time(ROWS, lambda row: row[0], [SERIES[0]] * (len(PALETTE) + 1), axis="")
        first, *_, last = (trace["marker"] for trace in figure["data"])
        assert first["color"] == last["color"]
        assert first["pattern"]["shape"] != last["pattern"]["shape"]


class TestFunnelPlot:
    def plot(self, shares):
        return funnel_plot(funnel(shares), records="Lead disruptions", share="Pursue")

    def many(self, bodies=12, odd=None):
        shares = [Share(f"Force {number}", 70 + number % 9, 100) for number in range(bodies)]
        return [*shares, odd] if odd else shares

    @pytest.mark.parametrize("bodies", [0, 1, 9, 10, 43])
    def test_keeps_the_schema_and_travels_as_json(self, bodies):
        figure = self.plot(self.many(bodies))
        plotly.graph_objects.Figure(figure)
        assert json.loads(json.dumps(figure)) == figure

    def test_below_ten_bodies_there_is_the_centre_and_no_limit(self):
        dots, centre = self.plot(self.many(9))["data"]
        assert len(dots["x"]) == 9
        assert centre["name"] == "Centre"
        assert centre["y"] == [pytest.approx(0.74)] * 2

    def test_from_ten_bodies_on_there_are_limits_on_both_sides(self):
        _, _, *limits = self.plot(self.many(10))["data"]
        assert [line["name"] for line in limits] == ["99.8 % limits"] * 2 + ["95 % limits"] * 2
        for low, high in (limits[:2], limits[2:]):
            assert all(0 <= bottom < top <= 1 for bottom, top in zip(low["y"], high["y"], strict=True))
            assert [line.get("showlegend", True) for line in (low, high)] == [True, False]

    def test_limits_are_drawn_as_far_as_the_bodies_reach(self):
        dots, _, low, *_ = self.plot(self.many(11, Share("Large", 700, 1000)))["data"]
        assert low["x"][0] == 1
        assert low["x"][-1] >= max(dots["x"])

    def test_only_what_lies_beyond_a_limit_is_named_and_set_apart_without_colour_alone(self):
        dots = self.plot(self.many(30, Share("Odd", 5, 400)))["data"][0]
        assert dots["text"] == [""] * 30 + ["Odd"]
        assert dots["marker"]["symbol"] == ["circle"] * 30 + ["diamond"]

    def test_a_body_without_records_has_no_dot(self):
        dots = self.plot([*self.many(3), Share("Nothing", 0, 0)])["data"][0]
        assert "Nothing" not in dots["customdata"]
        assert len(dots["y"]) == 3


@pytest.mark.parametrize(("most", "step"), [(1, 1), (6, 1), (7, 2), (31, 10), (12_405, 5000)])
def test_a_count_is_marked_in_whole_numbers(most, step):
    axis = columns((("Jan 2022", most - 1, 1),))["layout"]["yaxis"]
    assert (axis["tick0"], axis["dtick"], axis["tickformat"]) == (0, step, ",d")


class TestLineOverDays:
    rows = ((date(2022, 1, 5), 4.5), (date(2022, 6, 1), 9.0))

    def figure(self, label=None):
        return line_over_days(self.rows, lambda row: row[0], Series("Total", lambda row: row[1], label), axis="Total")

    def test_keeps_the_schema_and_travels_as_json(self):
        plotly.graph_objects.Figure(self.figure())
        assert json.loads(json.dumps(self.figure())) == self.figure()

    def test_draws_each_value_at_its_day(self):
        (trace,) = self.figure(lambda row: f"{row[1]:g}")["data"]
        assert (trace["x"], trace["y"]) == (["2022-01-05", "2022-06-01"], [4.5, 9.0])
        assert trace["text"] == ["4.5", "9"]

    def test_the_axis_is_one_of_days(self):
        assert self.figure()["layout"]["xaxis"]["type"] == "date"

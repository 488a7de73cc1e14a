"""Chart, table and CSV of one thing hold the same numbers, and every figure is one that Plotly draws."""

import csv
import io
from datetime import date

import plotly.graph_objects
import pytest
from django.urls import reverse

from inspections.choices import Colour
from inspections.vocabularies.models import FindingKind
from soc_tracker.core.lists.columns import cells, pick
from soc_tracker.core.reports import Report
from soc_tracker.core.reports.charts import PALETTE
from soc_tracker.dashboards.published.queries import get_coverage, list_findings
from soc_tracker.dashboards.regions.charts import findings_by_kind, soc_threats
from soc_tracker.dashboards.regions.queries import get_region_head, list_region_figures
from soc_tracker.dashboards.shares.charts import pursue_shares
from tests.dashboards.making import TODAY, make_figure, make_region
from tests.makers import make_finding, make_grading, make_inspection, make_member

pytestmark = pytest.mark.django_db
PREAMBLE = 7


def read_csv(client, chart: str, region: str = "north-west") -> list[dict[str, str]]:
    response = client.get(reverse("region_chart_csv", args=[region, chart]))
    assert response.status_code == 200
    lines = list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))
    head, *rows = lines[PREAMBLE:]
    return [dict(zip(head, row, strict=True)) for row in rows]


def charts_of(user, region: str = "north-west") -> dict[str, Report]:
    """The charts of a region's pages by the names of their files."""
    head = get_region_head(user, region, TODAY)
    figures = list_region_figures(user, head.region, head.bodies)
    return {
        "findings-by-kind": findings_by_kind(
            list_findings(user, head.bodies, head.region), head.bodies, get_coverage(user, head.bodies, head.region)
        ),
        "soc-threats": soc_threats(head.region, head.bodies, figures),
        "pursue-shares": pursue_shares(head.region, head.bodies, figures),
    }


def as_text(value: object) -> str:
    return "" if value is None else str(value)


@pytest.mark.parametrize("region", ["north-west", "west-midlands", "london", "south-east"])
def test_every_chart_says_the_same_as_its_table_and_its_csv(region, reference, inspector, user):
    for name, spec in charts_of(user, region).items():
        assert spec.slug == name
        from_table = [[as_text(column.value(row)) for column in spec.columns] for row in spec.rows]
        assert [list(row.values()) for row in read_csv(inspector, name, region)] == from_table
        if spec.figure is None:
            assert set(spec.sentence.split()) >= {"No", "inspection"}
            continue
        plotly.graph_objects.Figure(spec.figure)
        assert spec.figure["data"][0]["y"] == [row[0] for row in from_table]
        assert spec.sentence.endswith(".")


def test_the_pursue_shares_of_the_north_west_are_drawn_as_published(reference, inspector, user):
    spec = charts_of(user)["pursue-shares"]
    rows = {row["Body"]: row for row in read_csv(inspector, "pursue-shares")}
    (dots,) = spec.figure["data"]
    drawn = dict(zip(dots["y"], dots["x"], strict=True))
    for body, row in rows.items():
        assert drawn[body] == (float(row["Pursue, percent"]) / 100 if row["Pursue, percent"] else None)
    place = dots["y"].index("Cheshire")
    low = dots["x"][place] - dots["error_x"]["arrayminus"][place]
    high = dots["x"][place] + dots["error_x"]["array"][place]
    cheshire = rows["Cheshire"]
    assert (cheshire["Pursue (x)"], cheshire["All lead disruptions (n)"]) == ("312", "373")
    assert [low * 100, high * 100] == pytest.approx([79.6, 87.1])
    assert [cheshire["95% interval from, percent"], cheshire["95% interval to, percent"]] == ["79.6", "87.1"]
    assert rows["Lancashire"]["Pursue (x)"] == ""
    assert rows["Lancashire"]["As published"] == "85 percent of 635; count not published, so no interval"
    assert rows["Merseyside"]["As published"] == "not published"
    assert "Published for 3 of 7 bodies" in spec.sentence
    assert "no body is called unusual" in spec.sentence


def test_the_threats_of_the_north_west_are_drawn_as_published(reference, inspector, user):
    spec = charts_of(user)["soc-threats"]
    (bar,) = spec.figure["data"]
    rows = read_csv(inspector, "soc-threats")
    assert [as_text(value) for value in bar["x"]] == [row["SOC threats"] for row in rows]
    assert {row["Body"]: row["SOC threats"] for row in rows if row["SOC threats"]} == {
        "Region as a whole": "938",
        "Cheshire": "118",
        "Lancashire": "243",
    }
    assert spec.sentence == (
        "938 are published for the region as a whole, as at 4 January 2023. "
        "Of its 7 bodies, 2 have a number of their own; for the others none was published."
    )


def test_the_findings_of_the_north_west_add_up_to_those_of_the_report(reference, inspector, user):
    spec = charts_of(user)["findings-by-kind"]
    rows = read_csv(inspector, "findings-by-kind")
    for kind, trace in zip(FindingKind.rows(), spec.figure["data"], strict=True):
        assert [as_text(number) for number in trace["x"]] == [row[kind.label] for row in rows]
    assert spec.sentence.startswith(
        "1 cause of concern, 8 areas for improvement, 6 innovative practices, 4 promising practices and "
    )


def test_a_body_without_data_is_not_drawn_as_zero(north_west, user):
    inspected = make_member(north_west)
    make_member(north_west, "Cumbria Constabulary")
    make_finding(make_inspection(inspected))
    spec = charts_of(user)["findings-by-kind"]
    place = [kind.slug for kind in FindingKind.rows()].index("area_for_improvement")
    columns = pick(spec.columns, "body", "area_for_improvement", "all")
    assert [[cell.text for cell in cells(columns, row)] for row in spec.rows] == [
        ["Region as a whole", "not known", "No inspection held here"],
        ["Cheshire", "1", "1"],
        ["Cumbria", "not known", "No inspection held here"],
    ]
    assert spec.figure["data"][place]["x"] == [None, 1, None]
    words = {note["y"]: note["text"] for note in spec.figure["layout"]["annotations"]}
    assert words == dict.fromkeys(["Region as a whole", "Cumbria"], "No inspection held here")
    assert spec.figure["layout"]["xaxis"]["dtick"] == 1
    assert spec.sentence == (
        "1 area for improvement, on Cheshire. No inspection is held here of the region as a whole and Cumbria."
    )


def test_a_region_of_which_only_grades_are_held_does_not_say_that_nothing_was_found(north_west, user):
    inspection = make_inspection(north_west, taken_in="grades")
    make_grading(inspection, make_member(north_west), "good")
    spec = charts_of(user)["findings-by-kind"]
    assert not spec.is_drawn
    assert spec.sentence == ("Inspected, but findings have not been taken in here: the region as a whole and Cheshire.")


def test_of_an_inspection_held_whole_no_finding_is_none(north_west, user):
    inspection = make_inspection(north_west, taken_in="everything")
    make_grading(inspection, make_member(north_west), "good")
    make_finding(inspection)
    spec = charts_of(user)["findings-by-kind"]
    assert spec.sentence == (
        "1 area for improvement, on the region as a whole. None on Cheshire, whose inspection is held whole."
    )


def test_a_body_with_two_days_has_a_row_for_each(north_west, user):
    body = make_member(north_west)
    make_figure(body, "soc-threats", 118, period_from=None, period_to=None, as_at=date(2023, 1, 4))
    make_figure(body, "soc-threats", 120, period_from=None, period_to=None, as_at=date(2023, 4, 1))
    spec = charts_of(user)["soc-threats"]
    assert spec.figure["data"][0]["y"] == [
        "Region as a whole",
        "Cheshire (as at 4 January 2023)",
        "Cheshire (as at 1 April 2023)",
    ]


def test_limits_are_drawn_from_ten_bodies_on_and_words_stay_neutral(north_west, user):
    for number in range(12):
        body = make_member(north_west, f"Force{number}", slug=f"force-{number}", short_name=f"Force {number}")
        make_figure(body, "lead-disruptions", 400)
        make_figure(body, "lead-disruptions-pursue", 380 if number == 0 else 200 + number)
    sentence = charts_of(user)["pursue-shares"].sentence
    assert "Force 0: unusually high share" in sentence
    assert "no control limits" not in sentence
    assert "good" not in sentence
    assert "bad" not in sentence


def test_a_region_with_nothing_published_says_so(north_west, user):
    charts = charts_of(user).values()
    assert [chart.sentence for chart in charts] == [
        "No inspection of this region or its bodies is held here.",
        "No number of SOC threats was published for this region or its bodies.",
        "No share of lead disruptions recorded as pursue was published for this region or its bodies.",
    ]
    assert not any(chart.is_drawn for chart in charts)


def test_a_chart_without_numbers_is_told_not_drawn(north_west, inspector):
    make_figure(make_member(north_west), "soc-threats", 118)
    page = inspector.get(reverse("region_figures", args=["north-west"])).content.decode()
    assert page.count("data-figure=") == 1
    assert 'data-figure="report-soc-threats"' in page
    assert "No share of lead disruptions recorded as pursue was published" in page


def test_the_file_says_what_it_holds(north_west, inspector):
    text = inspector.get(reverse("region_chart_csv", args=["north-west", "soc-threats"])).getvalue().decode("utf-8-sig")
    assert "Title,North West: SOC threats on record" in text
    assert "Kind of data,published" in text


@pytest.mark.parametrize(
    ("region", "chart", "query", "status"),
    [
        ("north-west", "no-such-chart", "", 404),
        ("nowhere", "soc-threats", "", 404),
        ("north-west", "soc-threats", "?as_at=2023-01-01", 400),
    ],
)
def test_a_wrong_address_gets_no_file(region, chart, query, status, inspector):
    make_region()
    assert inspector.get(reverse("region_chart_csv", args=[region, chart]) + query).status_code == status


@pytest.mark.parametrize("colour", [Colour.RED, Colour.MAGENTA])
def test_what_is_wrong_is_never_green(colour):
    red, green, blue = (int(colour.charts[place : place + 2], 16) for place in (1, 3, 5))
    assert green < min(red, blue)


def test_every_kind_of_finding_has_a_colour_of_the_palette_and_what_is_wrong_shares_none_with_what_is_good():
    assert {colour.charts for colour in Colour} <= set(PALETTE)
    charts = {kind: Colour(kind.colour).charts for kind in FindingKind.rows()}
    good = {colour for kind, colour in charts.items() if kind.is_practice}
    assert good.isdisjoint(colour for kind, colour in charts.items() if kind.must_be_followed_up)

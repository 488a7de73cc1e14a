"""Charts of a choice of disruptions: figure, table, file and list say the same numbers."""

import csv
import io

import plotly.graph_objects as go
import pytest

from disruptions.choices import FourP
from soc_tracker.core.lists.columns import cells
from tests.disruptions.record_list.records import kept_for_a_while

pytestmark = pytest.mark.django_db
CHARTS = "/disruptions/charts/"
QUERIES = ("", "region=north&as_at=2023-04-15", "four_p=prevent&year=2022", "q=cash", "threat=OCG-0000001")


@pytest.fixture(scope="module")
def stored(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), kept_for_a_while() as record:
        yield record


@pytest.fixture
def record(stored, db):
    return stored


def charts_of(client, query: str) -> dict:
    response = client.get(f"{CHARTS}?{query}")
    assert response.status_code == 200
    return {chart.slug: (chart, chart.urls["csv"]) for chart in response.context["reports"].values()}


def rows_of_file(client, url: str) -> list[list[str]]:
    response = client.get(url)
    assert response.status_code == 200
    return list(csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("query", QUERIES)
def test_figure_table_and_file_are_one(record, analyst, query):
    for chart, url in charts_of(analyst, query).values():
        go.Figure(chart.figure)
        table = [[cell.text.replace(",", "") for cell in cells(chart.columns, row)] for row in chart.rows]
        assert rows_of_file(analyst, url)[8:] == table
        for place, four_p in enumerate(FourP, 1):
            trace = next(trace for trace in chart.figure["data"] if trace["name"] == four_p.label)
            drawn = trace["y"] if chart.slug == "by-month" else trace["x"]
            assert [number_in(chart, row, place) for row in table] == pytest.approx(drawn)


def number_in(chart, row: list[str], place: int) -> float:
    count = int(row[place])
    return count / int(row[5]) if chart.slug == "shares-by-organisation" else count


@pytest.mark.parametrize("query", QUERIES)
def test_charts_count_the_rows_of_the_list(record, analyst, query):
    rows = rows_of_file(analyst, f"/disruptions/?format=csv&{query}")
    place = {heading: number for number, heading in enumerate(rows[7])}
    charts = charts_of(analyst, query)
    assert sum(row.total for row in charts["by-month"][0].rows) == len(rows[8:])
    for group in charts["lead-and-support"][0].rows:
        assert group.total == sum(row[place["Lead or support"]] == group.name for row in rows[8:])
    measured = [
        row for row in rows[8:] if row[place["Lead or support"]] == "Lead" and row[place["Size"]] != "Not yet assessed"
    ]
    assert sum(group.total for group in charts["shares-by-organisation"][0].rows) == len(measured)


def test_months_without_any_stand_between_those_that_have(record, analyst):
    months = [group.name for group in charts_of(analyst, "")["by-month"][0].rows]
    assert (months[0], months[-1], len(months)) == ("Jan 2021", "Jun 2023", 30)
    assert any(group.total == 0 for group in charts_of(analyst, "")["by-month"][0].rows)


def test_files_say_filter_day_and_kind(record, analyst):
    _, url = charts_of(analyst, "region=north&as_at=2023-01-04")["by-month"]
    head = dict(line for line in rows_of_file(analyst, url)[:6])
    assert head["Filter"] == "As at: 4 January 2023; Region: North"
    assert (head["Kind of data"], head["As at"], head["Made by"]) == ("recorded", "2023-01-04", "Demo analyst")


def test_the_page_leads_back_to_the_list_and_each_chart_to_its_file(record, analyst):
    response = analyst.get(f"{CHARTS}?region=north")
    text = response.content.decode()
    assert 'href="/disruptions/?region=north"' in text
    assert 'href="/disruptions/charts/by-month.csv?region=north"' in text
    assert "soc-kind--recorded" in text


@pytest.mark.parametrize("query", ["colour=red", "year=x", "sort=reference", "organisation=mars"])
@pytest.mark.parametrize("path", [CHARTS, f"{CHARTS}by-month.csv"])
def test_what_is_not_understood_is_named(record, analyst, path, query):
    response = analyst.get(f"{path}?{query}")
    assert response.status_code == 400
    assert "The address was not understood" in response.content.decode()


def test_a_chart_that_is_none_is_not_found(record, analyst):
    assert analyst.get(f"{CHARTS}by-colour.csv").status_code == 404


def test_too_many_rows_to_count_are_not_charted(record, analyst, monkeypatch):
    monkeypatch.setattr("disruptions.record_list.forms.MOST_FOUND_BY_WORDS", 5)
    response = analyst.get(f"{CHARTS}?q=cash")
    assert "Narrow the filter to see charts of them." in response.content.decode()
    assert analyst.get(f"{CHARTS}by-month.csv?q=cash").status_code == 404

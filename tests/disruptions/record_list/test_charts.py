"""Charts of a choice of disruptions: figure, table, file and list say the same numbers."""

import csv
import io
from collections import Counter

import plotly.graph_objects as go
import pytest

from disruptions.choices import FourP
from disruptions.trend.queries import completeness_of
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
        assert [[cell.replace(",", "") for cell in row] for row in rows_of_file(analyst, url)[9:]] == table
        for place, four_p in enumerate(FourP, 1):
            trace = next(trace for trace in chart.figure["data"] if trace["name"] == four_p.label)
            drawn = trace["y"] if chart.slug == "by-month" else trace["x"]
            assert [number_in(chart, row, place) for row in table] == [
                None if number is None else pytest.approx(number) for number in drawn
            ]


def number_in(chart, row: list[str], place: int) -> float | None:
    if row[place] == "not loaded":
        return None
    count = int(row[place])
    return count / int(row[5]) if chart.slug == "shares-by-organisation" else count


@pytest.mark.parametrize("query", QUERIES)
def test_charts_count_the_rows_of_the_list(record, analyst, query):
    rows = rows_of_file(analyst, f"/disruptions/?format=csv&{query}")
    place = {heading: number for number, heading in enumerate(rows[8])}
    charts = charts_of(analyst, query)
    assert sum(row.point.n or 0 for row in charts["by-month"][0].rows) == len(rows[9:])
    apart = Counter((row[place["Lead or support"]], row[place["Size"]] != "Not yet assessed") for row in rows[9:])
    names = {(how, known): f"{how}{'' if known else ', not yet assessed'}" for how, known in apart}
    assert {group.name: group.total for group in charts["lead-and-support"][0].rows} == {
        names[key]: number for key, number in apart.items()
    }


@pytest.mark.parametrize("query", QUERIES)
def test_shares_of_each_p_are_of_lead_disruptions_of_all_four(record, analyst, query):
    """A share of prevent among prevent would be no figure."""
    whole = "&".join(part for part in query.split("&") if not part.startswith("four_p"))
    rows = rows_of_file(analyst, f"/disruptions/?format=csv&{whole}")
    place = {heading: number for number, heading in enumerate(rows[8])}
    lead = [row for row in rows[9:] if row[place["Lead or support"]] == "Lead"]
    measured = [row for row in lead if row[place["Size"]] != "Not yet assessed"]
    chart, _ = charts_of(analyst, query)["shares-by-organisation"]
    assert sum(group.total for group in chart.rows) == len(measured)
    assert ("Of all four Ps, whichever are chosen." in chart.sentence) == ("four_p" in query and bool(measured))
    if len(lead) > len(measured):
        assert f"{len(lead) - len(measured)} more" in chart.sentence


def test_months_without_any_stand_between_those_that_have(record, analyst):
    rows = charts_of(analyst, "")["by-month"][0].rows
    assert (rows[0].name, len(rows) >= 30) == ("Jan 2021", True)
    assert any(row.point.n == 0 for row in rows)


@pytest.mark.parametrize("query", ["", "four_p=prevent", "region=north&size=minor", "threat_type=ocg", "q=cash"])
def test_months_are_marked_as_complete_as_those_of_the_same_choice_are(record, analyst, query):
    """As on the page of a body: pale where not complete, with how much is recorded so far."""
    page = analyst.get(f"{CHARTS}?{query}&as_at=2023-02-15")
    chart, scope = page.context["reports"]["by_month"], page.context["filter"].scope
    recent = completeness_of(scope)
    assert chart.rows
    for row in chart.rows:
        assert row.point.complete == (row.point.n is not None and recent.is_complete(row.point.first))
    pale = [opacity < 1 for opacity in chart.figure["data"][0]["marker"]["opacity"]]
    assert pale == [not row.point.complete for row in chart.rows]
    assert chart.rows[-1].state == "not over on that day"


def test_months_after_the_last_day_of_knowledge_are_not_loaded(record, analyst):
    chart, url = charts_of(analyst, "as_at=2024-02-15&activity_to=2023-12-31")["by-month"]
    latest = analyst.get(CHARTS).context["standpoint"].latest
    for row in chart.rows:
        assert (row.state == "not loaded") == (row.point.first > latest)
    assert chart.rows[-1].name == "Dec 2023"
    assert rows_of_file(analyst, url)[-1] == ["Dec 2023", *["not loaded"] * 6, *["–"] * (len(chart.columns) - 7)]
    assert "Not loaded: " in chart.sentence
    assert chart.figure["data"][0]["y"][-1] is None


def test_files_say_filter_day_and_kind(record, analyst):
    _, url = charts_of(analyst, "region=north&as_at=2023-01-04")["by-month"]
    head = dict(line for line in rows_of_file(analyst, url)[:7])
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
    monkeypatch.setattr("disruptions.record_list.forms.MOST_BY_WORDS", 5)
    response = analyst.get(f"{CHARTS}?q=cash")
    assert "Narrow the filter to see charts of them." in response.content.decode()
    assert analyst.get(f"{CHARTS}by-month.csv?q=cash").status_code == 404

"""The page of one threat until a day, and its charts as files."""

from datetime import date
from urllib.parse import parse_qs, urlparse

import pytest
from django.test import Client
from django.urls import reverse

from disruptions.threats.models import Threat
from tests.disruptions.threats.records import APRIL, csv_lines, make_record, score
from tests.makers import make_disruption, make_extract, make_state, make_threat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def record(rows_of_module: None) -> None:
    make_record()


def page_of(client: Client, query: str = "", reference: str = "OCG-1"):
    return client.get(f"/threats/{reference}/?{query}")


def test_what_it_was_and_what_changed(inspector: Client) -> None:
    page = page_of(inspector)
    html = page.content.decode()
    newest, oldest = page.context["events"]
    assert (newest.when, oldest.when) == ("from 1 April 2023", "1 January 2019 to 31 March 2023")
    assert newest.title.startswith("Vulnerability, tier 1, phase “Active”, tactical, moderated, SOC")
    assert newest.text.startswith("Changed: type Organised crime group → Vulnerability; tier 2 → 1.")
    assert "by Priya Shah: As published." in oldest.text
    assert "On 13 July 2023: Vulnerability, tier 1" in html
    assert "It is on the master list of that day." in html


def test_nothing_later_than_the_day_is_shown(inspector: Client) -> None:
    page = page_of(inspector, "as_at=2022-12-31")
    html = page.content.decode()
    assert [event.when for event in page.context["events"]] == ["1 January 2019 to 31 March 2023"]
    assert "1 later state not shown as at 31 December 2022" in html
    assert [row.total for row in page.context["facts"].assessments.rows] == [40]
    assert [row.reference for row in page.context["facts"].disruptions.rows] == ["D-1"]
    assert "scores" not in page.context["reports"]


def test_before_its_first_state_it_is_on_no_list(inspector: Client) -> None:
    html = page_of(inspector, "as_at=2018-01-01").content.decode()
    assert "Nothing on record says what it was on 1 January 2018" in html
    assert "No state is on record until then." in html


def test_charts_show_the_numbers_of_their_tables_and_files(inspector: Client) -> None:
    page = page_of(inspector)
    scores, months = page.context["reports"]["scores"], page.context["reports"]["disruptions_by_month"]
    assert [(row.assessed_on, float(row.total)) for row in scores.rows] == [
        (date(2022, 6, 1), 40.0),
        (date(2023, 1, 1), 55.5),
    ]
    assert scores.figure["data"][0]["y"] == [40.0, 55.5]
    assert [(row.name, row.point.n) for row in months.rows[:3]] == [("Mar 2022", 1), ("Apr 2022", 0), ("May 2022", 1)]
    assert not any(row.point.n for row in months.rows[3:])
    by_p = {trace["name"]: trace["y"][:3] for trace in months.figure["data"]}
    assert by_p == {"Pursue": [0, 0, 1], "Prevent": [1, 0, 0], "Protect": [0, 0, 0], "Prepare": [0, 0, 0]}
    lines = csv_lines(inspector, "", months.urls["csv"])
    assert lines[lines.index([]) + 1 :][:4] == [
        ["Month", "Pursue", "Prevent", "Protect", "Prepare", "All", "How complete"],
        ["Mar 2022", "0", "1", "0", "0", "1", "complete"],
        ["Apr 2022", "0", "0", "0", "0", "0", "complete"],
        ["May 2022", "1", "0", "0", "0", "1", "complete"],
    ]
    assert ["As at", "2023-07-13"] in lines
    assert ["Kind of data", "recorded"] in lines


def test_a_chart_keeps_the_day_of_its_page(inspector: Client) -> None:
    url = page_of(inspector, "as_at=2023-01-31").context["reports"]["disruptions_by_month"].urls["csv"]
    lines = csv_lines(inspector, "", url)
    assert ["As at", "2023-01-31"] in lines
    assert lines[9] == ["Mar 2022", "0", "1", "0", "0", "1", "complete"]
    assert lines[-1] == ["Jan 2023", "0", "0", "0", "0", "0", "complete"]


def test_all_its_disruptions_are_a_link_away(inspector: Client) -> None:
    page = page_of(inspector, "as_at=2023-01-04")
    url = page.context["facts"].disruptions.url
    assert parse_qs(urlparse(url).query) == {"threat": ["OCG-1"], "data": ["recorded"], "as_at": ["2023-01-04"]}


def test_of_many_disruptions_the_latest_are_shown(inspector: Client) -> None:
    threat = Threat.objects.get(reference="OCG-1")
    for number in range(25):
        make_disruption(f"E-{number}", threat=threat, activity_date=date(2022, 6, 1 + number))
    part = page_of(inspector).context["facts"].disruptions
    assert (len(part.rows), part.total) == (20, 27)
    assert part.rows[0].reference == "E-24"


def test_a_threat_that_only_a_disruption_names_has_a_page(inspector: Client) -> None:
    html = page_of(inspector, reference="VUL-4").content.decode()
    assert "Nothing on record says what it was on" in html
    assert "No owner on record" in html


def test_an_extract_is_named_as_the_source(inspector: Client) -> None:
    extract = make_extract("threats", as_at=date(2023, 7, 12), file_name="threats.csv")
    threat = make_threat("OCG-7", extract=extract, extract_line=12, state={"extract": extract})
    page = page_of(inspector, reference=threat.reference)
    assert page.context["events"][0].url == extract.get_absolute_url()
    assert "From threats.csv, as at 12 July 2023; loaded on 12 July 2023" in page.context["events"][0].text
    assert "threats.csv, row 12, as at 12 July 2023" in page.content.decode()


def test_a_reference_with_a_slash_has_an_address(inspector: Client) -> None:
    threat = make_threat("OCG/23/7")
    assert inspector.get(threat.get_absolute_url()).context["threat"] == threat
    score(threat, 3)
    score(threat, 4, APRIL)
    url = reverse("disruptions:threat_chart_csv", args=[threat.reference, "scores"])
    assert csv_lines(inspector, "", url)[-1] == ["2023-04-01", "4"]


def test_every_write_is_told(inspector: Client) -> None:
    html = page_of(inspector).content.decode()
    assert html.count("Added by Priya Shah") == 5  # the threat, two states, two assessments


@pytest.mark.parametrize("query", ["as_at=2099-01-01", "as_at=soon", "colour=red", "data=recorded"])
def test_what_is_not_understood_is_named(inspector: Client, query: str) -> None:
    page = page_of(inspector, query)
    assert page.status_code == 400
    assert "facts" not in page.context


@pytest.mark.parametrize("url", ["/threats/OCG-99/", "/threats/OCG-99/charts/scores.csv"])
def test_a_threat_that_is_not_there_is_not_found(inspector: Client, url: str) -> None:
    assert inspector.get(url).status_code == 404


def test_a_chart_that_there_is_nothing_for_is_not_found(inspector: Client) -> None:
    assert inspector.get("/threats/PI-2/charts/scores.csv").status_code == 404
    assert inspector.get("/threats/OCG-1/charts/colours.csv").status_code == 404


def test_queries_do_not_grow(inspector: Client, django_assert_max_num_queries) -> None:
    threat = Threat.objects.get(reference="OCG-1")
    for number in range(8):
        make_disruption(f"E-{number}", threat=threat)
        make_state(threat, date(2020, 1, 1 + number), tier=1 + number % 4)
        score(threat, number, date(2020, 1, 1 + number))
    page_of(inspector)
    with django_assert_max_num_queries(30):
        page_of(inspector)


@pytest.mark.parametrize("url", ["/threats/OCG-1/", "/threats/OCG-1/charts/scores.csv"])
def test_a_stranger_is_sent_to_sign_in(client: Client, url: str) -> None:
    assert client.get(url).status_code == 302

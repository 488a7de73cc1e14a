"""The list of threats: on the page and in files, as at a day."""

from datetime import date
from urllib.parse import parse_qs

import pytest
from django.test import Client
from model_bakery import baker

from disruptions.extracts.models import Extract
from disruptions.record.models import Disruption
from forces.areas.models import LocalPolicingArea
from forces.models import Organisation, Region
from forces.services import MEMBERSHIPS
from tests.disruptions.threats.records import csv_lines, csv_rows, make_record, references
from tests.makers import (
    REASON,
    make_author,
    make_crime_type,
    make_disruption,
    make_extract,
    make_organisation,
    make_threat,
)

pytestmark = pytest.mark.django_db
MOST_QUERIES = 17
URL = "/threats/"


@pytest.fixture(autouse=True, scope="module")
def record(rows_of_module: None) -> None:
    make_record()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "OCG-1 OCG-3 OCG-5 PI-2"),
        ("as_at=2023-01-04", "OCG-1 OCG-3 PI-2"),
        ("as_at=2018-12-31", ""),
        ("data=illustrative", "OCG-6"),
        ("list=master", "OCG-1 OCG-5"),
        ("list=master&as_at=4/1/2023", "OCG-1"),
        ("list=named_only", "VUL-4"),
        ("list=named_only&as_at=2022-03-14", ""),
        ("region=north-west", "OCG-1 OCG-3 OCG-5 PI-2"),
        ("organisation=titan", "OCG-3"),
        ("organisation=titan&organisation=cheshire", "OCG-1 OCG-3 OCG-5 PI-2"),
        ("type=vul", "OCG-1"),
        ("type=vul&as_at=2023-03-31", ""),
        ("type=ocg&as_at=2023-03-31", "OCG-1 OCG-3"),
        ("tier=1", "OCG-1"),
        ("tier=2&tier=3", "OCG-5 PI-2"),
        ("phase=closed", "PI-2"),
        ("phase=open", "OCG-1 OCG-3 OCG-5"),
        ("assessment_type=strategic", ""),
        ("moderation=not_moderated", "OCG-3"),
        ("soc=no", "OCG-3"),
        ("soc=yes&tier=1", "OCG-1"),
        ("crime_type=drugs-supply&crime_type=county-lines", "OCG-1"),
        ("q=fen", "OCG-1"),
        ("q=ocg+FEN", "OCG-1"),
        ("q=pi-", "PI-2"),
        ("lacking=owner", ""),
        ("lacking=officer&type=pi", "PI-2"),
        ("lacking=score", "OCG-3 OCG-5"),
        ("lacking=tier", ""),
    ],
)
def test_each_filter_narrows_as_it_says(inspector: Client, query: str, expected: str) -> None:
    assert references(inspector, query) == expected.split()
    assert [row["Reference"] for row in csv_rows(inspector, query)] == expected.split()


def test_a_body_belongs_to_the_region_that_it_was_in_on_the_day(inspector: Client) -> None:
    kent, east = make_organisation("Kent Police"), baker.make(Region, name="East", slug="east")
    north = Region.objects.get(slug="north-west")
    said = {"by": make_author(), "reason": REASON}
    MEMBERSHIPS.create(organisation=kent, region=north, valid_to=date(2020, 12, 31), **said)
    MEMBERSHIPS.create(organisation=kent, region=east, valid_from=date(2021, 1, 1), **said)
    make_threat("OCG-7", kent)
    assert references(inspector, "region=east") == ["OCG-7"]
    assert references(inspector, "region=east&as_at=2020-12-31") == []
    assert "OCG-7" in references(inspector, "region=north-west&as_at=2020-12-31")


def test_threats_can_be_narrowed_to_an_area_and_to_an_extract(inspector: Client) -> None:
    area = baker.make(LocalPolicingArea, organisation=Organisation.objects.get(slug="cheshire"), name="Chester")
    extract = make_extract("threats", as_at=date(2023, 7, 12))
    make_threat("OCG-8", area.organisation, area=area, extract=extract)
    make_threat("OCG-9", area.organisation, state={"extract": extract})
    assert references(inspector, f"area={area.pk}") == ["OCG-8"]
    assert references(inspector, f"extract={extract.pk}") == ["OCG-8", "OCG-9"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("colour=red", "colour"),
        ("list=all", "list"),
        ("as_at=soon", "as_at"),
        ("as_at=2099-01-01", "as_at"),
        ("data=published", "data"),
        ("tier=6", "tier"),
        ("organisation=atlantis", "organisation"),
        ("sort=colour", "sort"),
        ("list=master&sort=-score&type=gang", "type"),
        ("as_at=2023-01-04&as_at=2023-01-05", "as_at"),
    ],
)
def test_what_is_not_understood_is_named_and_shows_no_threat(inspector: Client, query: str, parameter: str) -> None:
    page = inspector.get(f"{URL}?{query}")
    assert [problem.parameter for problem in page.context["filter"].problems] == [parameter]
    assert page.context["rows"] == []
    assert page.context["counts"] == []
    assert inspector.get(f"{URL}?{query}&format=csv").status_code == 400


def test_the_master_list_says_which_filter_it_is_and_counts_by_body_and_type(inspector: Client) -> None:
    page = inspector.get(URL, {"list": "master", "as_at": "2023-04-01"})
    html = page.content.decode()
    assert '<h1 class="govuk-heading-l">Master list of SOC threats</h1>' in html
    assert "all as they stood on 1 April 2023" in html
    assert [(name, counts, sum(counts.values())) for name, counts in page.context["counts"]] == [
        ("Cheshire Constabulary", {"vul": 1, "ocg": 1}, 2),
        ("All", {"ocg": 1, "pi": 0, "vul": 1}, 2),
    ]


def test_the_counts_on_top_are_those_of_the_list_below(inspector: Client) -> None:
    make_threat("OCG-7", make_organisation("Kent Police"))
    make_threat("OCG-8", None)
    page = inspector.get(URL, {"list": "master", "type": "ocg"})
    names = [name for name, _ in page.context["counts"]]
    assert names == ["Cheshire Constabulary", "Kent Police", "No owner on record", "All"]
    assert sum(page.context["counts"][-1][1].values()) == page.context["page"].total == len(page.context["rows"])


def test_a_list_says_its_kind_of_data_and_its_day_on_the_page_and_in_files(inspector: Client) -> None:
    html = inspector.get(URL, {"as_at": "2023-01-04"}).content.decode()
    assert "As at 4 January 2023. The record goes on until 13 July 2023." in html
    assert "Kind of data: </span>Recorded" in html
    told = dict(line for line in csv_lines(inspector, "as_at=2023-01-04&list=master") if len(line) == 2)
    assert (told["Kind of data"], told["As at"], told["Title"]) == (
        "recorded",
        "2023-01-04",
        "Master list of SOC threats",
    )
    assert "Which list: Master list: tactical, moderated, SOC" in told["Filter"]
    illustrative = inspector.get(URL, {"data": "illustrative"}).content.decode()
    assert "Kind of data: </span>Illustrative" in illustrative


def test_files_hold_what_the_page_shows_and_no_formula(inspector: Client) -> None:
    row = next(row for row in csv_rows(inspector) if row["Reference"] == "OCG-3")
    assert (row["Name"], row["SOC"], row["MoRiLE total"], row["Moderation"]) == ("'=cmd", "no", "", "Not moderated")
    first = csv_rows(inspector, "as_at=2023-01-04")[0]
    assert (first["Type"], first["MoRiLE total"], first["Scored on"]) == (
        "Organised crime group",
        "55.5",
        "2023-01-01",
    )
    assert first["Crime types"] == "County lines; Drugs supply"
    assert b"".join(inspector.get(URL, {"format": "xlsx"}))[:2] == b"PK"


@pytest.mark.parametrize("sort", ["type", "-type", "tier", "organisation", "score", "-score"])
def test_pages_in_any_order_hold_every_threat_once(inspector: Client, sort: str, monkeypatch) -> None:
    monkeypatch.setattr("disruptions.threats.pages.ThreatList.page_size", 2)
    seen, url = [], f"{URL}?sort={sort}"
    while url:
        page = inspector.get(url).context["page"]
        seen += [row.reference for row in page.rows]
        url = page.older_url and URL + page.older_url
    assert sorted(seen) == ["OCG-1", "OCG-3", "OCG-5", "PI-2"]
    assert len(seen) == 4


def test_a_threat_opens_as_at_the_day_of_the_list(inspector: Client) -> None:
    assert 'href="/threats/OCG-1/?as_at=2023-01-04"' in inspector.get(URL, {"as_at": "2023-01-04"}).content.decode()
    assert 'href="/threats/OCG-1/"' in inspector.get(URL).content.decode()


def test_links_to_other_lists_keep_the_day(inspector: Client) -> None:
    page = inspector.get(URL, {"as_at": "2023-01-04", "type": "ocg"})
    links = dict(page.context["other_lists"])
    assert parse_qs(links["Master list of SOC threats"].lstrip("?")) == {"as_at": ["2023-01-04"], "list": ["master"]}
    for url in links.values():
        assert inspector.get(URL + url if url.startswith("?") else url).status_code == 200


@pytest.mark.parametrize("query", ["", "list=master", "list=named_only"])
def test_queries_do_not_grow_with_threats(inspector: Client, query: str, django_assert_max_num_queries) -> None:
    for number in range(10, 20):
        threat = make_threat(f"OCG-{number}", Organisation.objects.get(slug="cheshire"))
        threat.crime_types.set([make_crime_type()])
    inspector.get(URL)
    with django_assert_max_num_queries(MOST_QUERIES):
        inspector.get(f"{URL}?{query}")


def test_a_stranger_is_sent_to_sign_in(client: Client) -> None:
    assert client.get(URL).status_code == 302


def test_threats_are_narrowed_to_those_not_disrupted_for_so_long(inspector: Client) -> None:
    quiet, busy = make_threat("OCG-91", state=True), make_threat("OCG-92", state=True)
    make_disruption("D-91", threat=quiet, activity_date=date(2022, 12, 13))
    make_disruption("D-92", threat=busy, activity_date=date(2022, 12, 14))
    make_extract("disruptions", as_at=date(2023, 6, 13))
    make_extract("threats", as_at=date(2023, 9, 30))
    make_threat("OCG-93", state=True)
    after_the_last_extract = references(inspector, "disrupted=6&q=ocg-9")
    assert after_the_last_extract == ["OCG-91", "OCG-93"], "six months are counted back from the last extract"
    assert references(inspector, "disrupted=12&q=ocg-9") == ["OCG-93"]
    assert references(inspector, "disrupted=never&q=ocg-9") == ["OCG-93"]
    assert "Counted back from 13 June 2023" in inspector.get(f"{URL}?disrupted=6").content.decode()


def test_the_last_disruption_is_the_latest_one_on_record_on_the_day(inspector: Client) -> None:
    threat = make_threat("OCG-91", state=True)
    make_extract("disruptions", as_at=date(2022, 1, 31))
    make_disruption("D-91", threat=threat, activity_date=date(2022, 3, 1))
    make_disruption("D-92", threat=threat, activity_date=date(2022, 5, 1), added_date=date(2022, 8, 1))
    for as_at, day in (("2022-02-28", "None on record"), ("2022-07-31", "2022-03-01"), ("2022-08-01", "2022-05-01")):
        (row,) = csv_rows(inspector, f"q=ocg-91&as_at={as_at}")
        assert row["Last disruption"] == day, as_at


def test_threats_are_put_in_order_of_their_last_disruption(inspector: Client) -> None:
    for number, month in ((91, 7), (92, 2), (93, 9)):
        make_disruption(
            f"D-{number}", threat=make_threat(f"OCG-{number}", state=True), activity_date=date(2022, month, 1)
        )
    make_threat("OCG-94", state=True)
    assert references(inspector, "q=ocg-9&sort=last_disruption") == ["OCG-92", "OCG-91", "OCG-93", "OCG-94"]


def test_where_no_disruptions_are_loaded_nothing_is_said_of_them(inspector: Client) -> None:
    Disruption.objects.all().delete()
    Extract.objects.filter(contents="disruptions").delete()
    assert references(inspector, "disrupted=never") == references(inspector, "disrupted=3") == []
    assert "No disruptions of this kind of data are loaded" in inspector.get(f"{URL}?disrupted=3").content.decode()
    assert {row["Last disruption"] for row in csv_rows(inspector, "list=master")} == {"Disruptions not loaded"}

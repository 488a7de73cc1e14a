"""Partners, orders, officers and sites in the API: the rows of the pages under the same filters, and nobody's name."""

import pytest
from django.test import Client

from disruptions.choices import DataKind
from plans4p.directory.services import OFFERS, PHASES, TERMS, TRAININGS
from plans4p.plans.services import CONSULTATIONS
from tests.makers import (
    REASON,
    make_author,
    make_officer,
    make_order,
    make_partner,
    make_plan,
    make_site,
    make_threat,
)
from tests.plans4p.directories import day, make_bodies

pytestmark = pytest.mark.django_db
LISTS = {"partners": "trust-0", "orders": "SCPO-0", "lead-officers": "", "sites": "place-0"}


@pytest.fixture(autouse=True, scope="module")
def records(rows_of_module: None) -> None:
    """Three of each, of which the last is made up."""
    cheshire, cumbria, _ = make_bodies()
    by = {"by": make_author(), "reason": REASON}
    threat = make_threat("OCG-1", cheshire)
    for number in range(3):
        kind = {"kind_of_data": DataKind.ILLUSTRATIVE if number == 2 else DataKind.RECORDED}
        body = (cheshire, cumbria)[number % 2]
        partner = make_partner(f"Trust {number}", [body], **kind)
        OFFERS.create(partner=partner, four_p="prevent", kind="diversion", description="Mentors", youngest=10, **by)
        order = make_order(body, f"SCPO-{number}", threat=None if number else threat, **kind)
        TERMS.create(order=order, kind="travel", text="Not abroad.", **by)
        officer = make_officer(body, f"Officer {number}", **kind)
        TRAININGS.create(officer=officer, subject="Leading plans", completed_on=day(-9), **by)
        site = make_site(body, f"Place {number}", partners=[partner], **kind)
        PHASES.create(site=site, phase="clear", starts_on=day(-9), **by)
        plan = make_plan(body, f"4P-{number}", owner=officer, **kind)
        CONSULTATIONS.create(plan=plan, partner=partner, on=day(-number), **by)


def results(client: Client, path: str, query: str = "") -> list[dict]:
    answer = client.get(f"/api/v1/{path}/?{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


@pytest.mark.parametrize("path", LISTS)
def test_a_list_is_of_one_kind_of_data_and_every_row_says_which(inspector: Client, path: str) -> None:
    assert [row["kind_of_data"] for row in results(inspector, path)] == ["recorded", "recorded"]
    assert [row["kind_of_data"] for row in results(inspector, path, "data=illustrative")] == ["illustrative"]


@pytest.mark.parametrize("path", LISTS)
def test_the_filters_are_those_of_the_page(inspector: Client, path: str) -> None:
    assert len(results(inspector, path, "organisation=cheshire")) == 1
    assert len(results(inspector, path, "region=north-west")) == 2
    answer = inspector.get(f"/api/v1/{path}/?colour=red")
    assert answer.status_code == 400
    assert answer.json()["problems"][0]["parameter"] == "colour"


@pytest.mark.parametrize("path", LISTS)
def test_one_row_is_of_its_own_kind_and_takes_no_filter(inspector: Client, path: str) -> None:
    key = LISTS[path].replace("-0", "-2") or results(inspector, path, "data=illustrative")[0]["id"]
    url = f"/api/v1/{path}/{key}/"
    assert inspector.get(url).json()["kind_of_data"] == "illustrative"
    assert inspector.get(f"{url}?data=recorded").status_code == 400
    assert inspector.get(f"/api/v1/{path}/999999/").status_code == 404


def test_a_partner_is_told_with_its_offers_and_its_use(inspector: Client) -> None:
    row = results(inspector, "partners", "offer=diversion&from_age=10&to_age=17&organisation=cheshire")[0]
    assert row["offers"] == [
        {"four_p": "prevent", "kind": "diversion", "description": "Mentors", "youngest": 10, "oldest": None}
    ]
    assert (row["serves"], row["last_used"], row["plans"]) == (["cheshire"], day(0).isoformat(), 1)


def test_an_order_is_told_with_its_terms_and_the_reference_of_its_subject(inspector: Client) -> None:
    row = results(inspector, "orders", "threat=OCG-1")[0]
    assert (row["subject"], row["threat"], row["expires_on"]) == ("SUB-0001", "OCG-1", "2027-04-30")
    assert row["terms"] == [{"kind": "travel", "text": "Not abroad."}]
    assert [field for field in row if "name" in field] == []


def test_an_officer_is_told_with_training_and_load(inspector: Client) -> None:
    row = results(inspector, "lead-officers", "q=officer+0")[0]
    assert row["trainings"] == [{"subject": "Leading plans", "completed_on": day(-9).isoformat()}]
    assert (row["plans_owned"], row["threats_held"], row["share_of_time"]) == (1, 0, None)


def test_a_site_is_told_with_its_phases(inspector: Client) -> None:
    row = results(inspector, "sites", "phase=clear&organisation=cumbria")[0]
    assert row["phases"] == [{"phase": "clear", "starts_on": day(-9).isoformat(), "ends_on": None}]
    assert row["partners"] == ["trust-1"]


@pytest.mark.parametrize("path", LISTS)
def test_queries_do_not_grow_with_rows(inspector: Client, path: str, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(13):
        results(inspector, path)


@pytest.mark.parametrize("path", LISTS)
def test_a_stranger_is_turned_away(client: Client, path: str) -> None:
    assert client.get(f"/api/v1/{path}/").status_code in (302, 401, 403)


@pytest.mark.parametrize("path", LISTS)
def test_nothing_can_be_written(analyst: Client, path: str) -> None:
    assert analyst.post(f"/api/v1/{path}/", {}).status_code in (403, 405)

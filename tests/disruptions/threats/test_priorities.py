"""Threats in order of priority: on the page and in files, as at a day."""

from urllib.parse import urlparse

import pytest
from django.test import Client

from disruptions.threats.models import Threat
from tests.disruptions.threats.records import csv_rows, make_record, references, score
from tests.makers import make_threat

pytestmark = pytest.mark.django_db
PRIORITIES = "/threats/priorities/"


@pytest.fixture(autouse=True, scope="module")
def record(rows_of_module: None) -> None:
    make_record()


def test_open_threats_rank_by_their_score_on_the_day(inspector: Client) -> None:
    score(Threat.objects.get(reference="OCG-3"), 60)
    assert references(inspector, url=PRIORITIES) == ["OCG-3", "OCG-1"]
    assert references(inspector, "as_at=2022-12-31", url=PRIORITIES) == ["OCG-3", "OCG-1"]
    (row, *_) = csv_rows(inspector, "as_at=2022-12-31&organisation=cheshire", PRIORITIES)
    assert (row["Rank"], row["Threat"], row["MoRiLE total"], row["Scored on"]) == (
        "1",
        "OCG-1",
        "40",
        "2022-06-01",
    )
    assert (row["4P plan"], row["Lead responsible officer"]) == ("No plan on record", "DI Lane")
    assert (row["Last disruption"], row["Its size"]) == ("2022-03-15", "Moderate")


def test_a_threat_without_a_disruption_or_an_officer_says_so(inspector: Client) -> None:
    score(Threat.objects.get(reference="OCG-3"), 60)
    row = csv_rows(inspector, "organisation=titan", PRIORITIES)[0]
    assert (row["Last disruption"], row["Its size"], row["Lead responsible officer"]) == ("None on record", "", "")


def test_threats_without_a_score_are_counted_apart_with_their_list(inspector: Client) -> None:
    page = inspector.get(PRIORITIES, {"region": "north-west", "as_at": "2023-04-01"})
    assert page.context["priorities"].unscored == 2
    assert "2 threats have no score" in page.content.decode()
    url = urlparse(page.context["unscored_url"])
    assert references(inspector, url.query, url.path) == ["OCG-3", "OCG-5"]


def test_how_many_is_the_readers_choice(inspector: Client) -> None:
    for number in range(10, 40):
        score(make_threat(f"OCG-{number}"), number)
    assert len(references(inspector, url=PRIORITIES)) == 25
    assert references(inspector, "top=2", url=PRIORITIES) == ["OCG-1", "OCG-39"]
    assert len(csv_rows(inspector, "top=200", PRIORITIES)) == 31
    assert "25 shown of 31" in inspector.get(PRIORITIES).content.decode()


@pytest.mark.parametrize("top", ["0", "201", "many", "-1", "2.5"])
def test_a_number_that_is_none_shows_nothing(inspector: Client, top: str) -> None:
    page = inspector.get(PRIORITIES, {"top": top})
    assert [problem.parameter for problem in page.context["filter"].problems] == ["top"]
    assert page.context["rows"] == []


def test_a_sheet_holds_the_same(inspector: Client) -> None:
    assert b"".join(inspector.get(PRIORITIES, {"format": "xlsx"}))[:2] == b"PK"


def test_a_stranger_is_sent_to_sign_in(client: Client) -> None:
    assert client.get(PRIORITIES).status_code == 302

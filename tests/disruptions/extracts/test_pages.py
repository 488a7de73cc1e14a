"""The list of extracts and the page of one: what was loaded, and what the record now has from it."""

from datetime import date

import pytest
from django.test import Client

from disruptions.choices import DataKind
from disruptions.extracts.models import Extract
from tests.makers import make_disruption, make_extract, make_threat

pytestmark = pytest.mark.django_db
URL = "/extracts/"


@pytest.fixture(autouse=True)
def extracts() -> dict[str, Extract]:
    more = {"rows_added": 1200, "rows_changed": 3, "rows_refused": 4, "rows_missing": 5, "is_complete": True}
    return {
        "first": make_extract(as_at=date(2023, 1, 4), file_name="january.csv", **more),
        "later": make_extract(as_at=date(2023, 7, 13), file_name="july.csv", loaded_by=None),
        "threats": make_extract("threats", as_at=date(2023, 7, 13), file_name="threats.xlsx"),
        "made up": make_extract(as_at=date(2023, 9, 1), kind=DataKind.ILLUSTRATIVE, file_name="demo.csv"),
    }


def names(client: Client, query: str = "") -> list[str]:
    return [row.file_name for row in client.get(f"{URL}?{query}").context["rows"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "threats.xlsx july.csv january.csv"),
        ("contents=threats", "threats.xlsx"),
        ("q=JAN", "january.csv"),
        ("as_at=2023-07-12", "january.csv"),
        ("data=illustrative", "demo.csv"),
        ("sort=file_name", "january.csv july.csv threats.xlsx"),
    ],
)
def test_extracts_are_listed_latest_first(inspector: Client, query: str, expected: str) -> None:
    assert names(inspector, query) == expected.split()


@pytest.mark.parametrize("query", ["contents=plans", "colour=red", "as_at=2099-01-01"])
def test_what_is_not_understood_shows_none(inspector: Client, query: str) -> None:
    assert names(inspector, query) == []


def test_those_who_may_load_are_offered_it(analyst: Client, administrator: Client, inspector: Client) -> None:
    offered = [b"Load an extract" in client.get(URL).content for client in (analyst, administrator, inspector)]
    assert offered == [True, True, False]


def test_the_page_tells_its_counts_and_by_whom(inspector: Client, extracts: dict[str, Extract]) -> None:
    html = inspector.get(extracts["first"].get_absolute_url()).content.decode()
    for words in ("january.csv", "4 January 2023", "Priya Shah", "1,200", "Rows refused", extracts["first"].sha256):
        assert words in html
    assert "the command line" in inspector.get(extracts["later"].get_absolute_url()).content.decode()


def test_the_rows_of_an_extract_are_a_link_away(inspector: Client, extracts: dict[str, Extract]) -> None:
    make_disruption("D-1", extract=extracts["first"], extract_line=2)
    make_disruption("D-2", extract=extracts["later"], extract_line=2)
    make_threat("PI-7", extract=extracts["threats"])
    disruptions = inspector.get(inspector.get(extracts["first"].get_absolute_url()).context["rows_url"])
    assert disruptions.context["page"].total == 1
    threats = inspector.get(inspector.get(extracts["threats"].get_absolute_url()).context["rows_url"])
    assert [row.reference for row in threats.context["rows"]] == ["PI-7"]


def test_an_illustrative_extract_is_marked(inspector: Client, extracts: dict[str, Extract]) -> None:
    assert "Kind of data: </span>Illustrative" in inspector.get(extracts["made up"].get_absolute_url()).content.decode()


def test_the_list_comes_as_files(inspector: Client) -> None:
    text = b"".join(inspector.get(URL, {"format": "csv"})).decode("utf-8-sig")
    assert "Kind of data,recorded" in text
    assert "january.csv,Disruptions,2023-01-04" in text
    assert b"".join(inspector.get(URL, {"format": "xlsx"}))[:2] == b"PK"


def test_an_extract_that_is_not_there_is_not_found(inspector: Client) -> None:
    assert inspector.get("/extracts/999999/").status_code == 404


@pytest.mark.parametrize("url", [URL, "/extracts/1/"])
def test_a_stranger_is_sent_to_sign_in(client: Client, url: str) -> None:
    assert client.get(url).status_code == 302


def test_queries_do_not_grow(inspector: Client, django_assert_max_num_queries) -> None:
    for number in range(6):
        make_extract(as_at=date(2022, 1, 1 + number))
    inspector.get(URL)
    with django_assert_max_num_queries(10):
        inspector.get(URL)

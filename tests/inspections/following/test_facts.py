"""What the published reports ask for, as it stands in the list of what must change."""

import csv
import io

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(reference: None, inspector: Client) -> Client:
    return inspector


def rows(reader: Client, query: str) -> list[dict[str, str]]:
    response = reader.get(f"/must-change/?format=csv&form=data&{query}")
    return list(csv.DictReader(io.StringIO(b"".join(response).decode("utf-8-sig"))))


def test_the_north_west_report_asks_for_thirteen_things(reader: Client) -> None:
    """Eight areas for improvement, and a cause of concern with four recommendations, which have a date."""
    found = rows(reader, "inspection=north-west-soc-2022-23")
    kinds = [row["Kind"] for row in found]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "Area for improvement": 8,
        "Cause of concern": 1,
        "Recommendation": 4,
    }
    dues = {row["First due (first day of the span known)"] for row in found if row["Kind"] == "Recommendation"}
    assert dues == {"2024-11-01"}
    assert {row["Timeliness"] for row in found if row["Kind"] == "Recommendation"} == {"Overdue"}


def test_every_recommendation_stands_in_it(reader: Client) -> None:
    response = reader.get("/recommendations/?format=csv&form=data")
    texts = {row["Recommendation"] for row in csv.DictReader(io.StringIO(b"".join(response).decode("utf-8-sig")))}
    assert {row["What must change"] for row in rows(reader, "kind=recommendation")} == texts


@pytest.mark.parametrize("quarter", ["2017-Q1", "2018-Q1", "2023-Q4", "2024-Q4"])
def test_packs_of_the_published_facts_add_up(reader: Client, quarter: str) -> None:
    for report in ("by-kind", "by-body"):
        response = reader.get(f"/must-change/pack/{report}.csv?form=data&quarter={quarter}")
        for row in csv.DictReader(io.StringIO(b"".join(response).decode("utf-8-sig"))):
            came = int(row["Open at the start"]) + int(row["Made"]) + int(row["Reopened"])
            assert came - int(row["Closed"]) == int(row["Open at the end"])

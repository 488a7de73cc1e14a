"""The published facts as readers find them: lists, filters and pages on the whole of the reference data."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(reference, inspector) -> Client:
    return inspector


def rows(client: Client, name: str, query: str) -> list[dict[str, str]]:
    response = client.get(f"{reverse(f'inspections:{name}_list')}?format=csv&{query}")
    lines = list(csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig"), newline="")))
    start = lines.index([]) + 1
    return [dict(zip(lines[start], line, strict=True)) for line in lines[start + 1 :]]


def test_seven_gradings_of_the_north_west(reader) -> None:
    found = rows(reader, "grading", "inspection=north-west-soc-2022-23")
    assert {row["Organisation"].split()[0]: row["Grade"] for row in found if "Regional" not in row["Organisation"]} == {
        "Cheshire": "Adequate",
        "Cumbria": "Requires improvement",
        "Greater": "Good",
        "Lancashire": "Good",
        "Merseyside": "Outstanding",
        "North": "Inadequate",
    }
    assert len(found) == 7


def test_findings_of_the_north_west_by_kind(reader) -> None:
    query = "region=north-west&programme=peel-2022-23&inspection=north-west-soc-2022-23&kind="
    counts = {
        kind: len(rows(reader, "finding", query + kind))
        for kind in ("area_for_improvement", "cause_of_concern", "innovative_practice", "promising_practice")
    }
    assert counts == {
        "area_for_improvement": 8,
        "cause_of_concern": 1,
        "innovative_practice": 6,
        "promising_practice": 4,
    }


def test_cheshire_has_one_area_for_improvement_of_2023_and_four_of_2017(reader) -> None:
    found = rows(reader, "finding", "organisation=cheshire&kind=area_for_improvement")
    assert [row["Programme"] for row in found] == ["PEEL 2022/23"] + ["PEEL 2017"] * 4


def test_cheshire_disruptions_as_published_with_their_place(reader) -> None:
    found = rows(reader, "figure", "organisation=cheshire&group=threats-and-disruptions&source=nw-soc-2023")
    published = {row["Measure"]: row["As published"] for row in found if row["Measure"].startswith(("Lead", "Share"))}
    assert published == {
        "Lead disruptions": "373",
        "Lead disruptions, pursue": "312",
        "Share of lead disruptions, pursue": "84 percent",
    }
    assert all(row["Place in the source"] for row in found)


def test_west_mercia_s_deadline_keeps_its_missing_year(reader) -> None:
    found = rows(reader, "recommendation", "organisation=west-mercia")
    assert {row["Due (first day of the span known)"] for row in found} == {""}
    assert all(row["Due"].startswith("1 January") for row in found)
    assert rows(reader, "recommendation", "organisation=west-mercia&overdue=yes") == []


def test_every_fact_of_a_source_is_reached_from_its_page(reader) -> None:
    response = reader.get(reverse("inspections:source", args=["nw-soc-2023"]))
    for heading, part, _ in response.context["parts"]:
        if part.url:
            listed = reader.get(part.url).context["page"].total
            assert listed == part.total, heading

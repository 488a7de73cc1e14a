"""A status has a kind and a day, and a fact of which another document says otherwise a mark: on lists, in files, in
the API.
"""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse
from model_bakery import baker

from forces.models import Region
from inspections.figures.models import PublishedFigure
from inspections.programmes.services import CITATIONS
from inspections.sources.models import SourceDocument
from tests.forms import press
from tests.makers import (
    REASON,
    make_author,
    make_finding,
    make_grading,
    make_inspection,
    make_member,
    make_recommendation,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspection():
    region = Region.objects.create(name="Inland", slug="inland")
    return make_inspection(region, published_on=date(2023, 11, 1), published_precision="month")


@pytest.fixture
def body(inspection):
    return make_member(inspection.region, "Alder Police")


def csv_rows(client, name: str) -> list[dict[str, str]]:
    response = client.get(reverse(f"inspections:{name}_list"), {"format": "csv"})
    lines = list(csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig"), newline="")))
    start = lines.index([]) + 1
    return [dict(zip(lines[start], line, strict=True)) for line in lines[start + 1 :]]


def api_rows(client, name: str) -> list[dict]:
    rows: list[dict] = client.get(f"/api/v1/{name}/").json()["results"]
    return rows


@pytest.mark.parametrize("kind", ["finding", "recommendation"])
def test_a_status_is_as_published_until_somebody_records_another(inspector, inspection, body, kind):
    fact = make_finding(inspection, organisation=body, region=None)
    fact = make_recommendation(fact, addressed_to=body) if kind == "recommendation" else fact
    [row] = csv_rows(inspector, kind)
    published = f"as published ({inspection.published}), nothing later here"
    assert (row["Status"], row["Known"]) == ("No later information", published)
    assert (row["Kind of status"], row["Status as at (first day of the span known)"]) == ("published", "2023-11-01")
    [told] = api_rows(inspector, f"{kind}s")
    known = (told["status"], told["status_kind"], told["status_on"], told["status_precision"])
    assert known == ("not_stated", "published", "2023-11-01", "month")
    assert published[1:] in inspector.get(fact.get_absolute_url()).content.decode()

    step = {"status": "awaiting_review", "on": "2024-05-03", "note": "They wrote."}
    address = fact.requirement.get_absolute_url()
    press(inspector, inspector.get(address), "Add to the history", **step)
    [row] = csv_rows(inspector, kind)
    assert (row["Status"], row["Kind of status"]) == ("Awaiting review", "recorded")
    assert row["Known"] == "recorded 3 May 2024"
    [told] = api_rows(inspector, f"{kind}s")
    known = (told["status"], told["status_kind"], told["status_on"], told["status_precision"])
    assert known == ("awaiting_review", "recorded", "2024-05-03", "day")
    assert "recorded 3 May 2024" in inspector.get(fact.get_absolute_url()).content.decode()


def test_what_asks_for_nothing_has_no_status(inspector, inspection, body):
    make_finding(inspection, "promising_practice", organisation=body, region=None)
    [row] = csv_rows(inspector, "finding")
    assert (row["Status"], row["Known"], row["Kind of status"]) == ("Nothing to follow up", "", "")
    [told] = api_rows(inspector, "findings")
    assert (told["status"], told["status_kind"], told["status_on"]) == ("nothing_to_follow", None, None)
    for status, number in (("nothing_to_follow", 1), ("not_stated", 0)):
        assert len(inspector.get("/api/v1/findings/", {"status": status}).json()["results"]) == number


@pytest.mark.parametrize(
    ("name", "link", "heading"),
    [
        ("grading", "grading", "Grade"),
        ("finding", "finding", "Finding"),
        ("recommendation", "recommendation", "Recommendation"),
        ("figure", "figure", "As published"),
        ("inspection", "inspection", "Inspection"),
    ],
)
def test_where_sources_differ_list_file_and_api_say_so(inspector, inspection, body, name, link, heading):
    finding = make_finding(inspection, organisation=body, region=None)
    facts = {
        "inspection": inspection,
        "grading": make_grading(inspection, body),
        "finding": finding,
        "recommendation": make_recommendation(finding, addressed_to=body),
        "figure": baker.make(
            PublishedFigure,
            organisation=body,
            region=None,
            value=5,
            step=1,
            unit="count",
            qualifier="exactly",
            slug="five",
        ),
    }
    other = SourceDocument.objects.create(title="A paper", slug="paper", publisher="P", kind_id="news", licence="ogl")
    why = {"by": make_author(), "reason": REASON}
    address = reverse(f"inspections:{name}_list")

    def marks() -> tuple[bool, list[str], list[bool]]:
        page = inspector.get(address).content.decode()
        rows = csv_rows(inspector, name)
        assert all("sources differ" not in row[heading] for row in rows)
        in_api = [row["sources_differ"] for row in api_rows(inspector, f"{name}s")]
        return "(sources differ)" in page, [row["Sources differ"] for row in rows], in_api

    cited = CITATIONS.create({link: facts[link], "source": other, "locator": "line 1", "stance": "adds"}, **why)
    assert marks() == (False, ["no"], [False])
    CITATIONS.change(cited, {"stance": "contradicts"}, expected_version=1, **why)
    assert marks() == (True, ["yes"], [True])

"""A status has a kind and a day, and a fact of which another document says otherwise a mark: on lists, in files, in
the API.
"""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from model_bakery import baker

from forces.models import Region
from inspections.figures.models import PublishedFigure
from inspections.findings.services import FINDINGS
from inspections.programmes.services import CITATIONS
from inspections.sources.models import SourceDocument
from soc_tracker.core.text.days import in_words
from tests.forms import admin_url, press, save
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


def test_the_status_of_a_finding_is_as_published_until_somebody_records_another(administrator, inspection, body):
    finding = make_finding(inspection, organisation=body, region=None, status="open")
    [row] = csv_rows(administrator, "finding")
    published = f"as published ({inspection.published}), nothing later here"
    assert (row["Known"], row["Kind of status"], row["Status recorded on"]) == (published, "published", "")
    [fact] = api_rows(administrator, "findings")
    assert (fact["status_kind"], fact["status_on"]) == ("published", None)
    assert published in administrator.get(finding.get_absolute_url()).content.decode()

    change = admin_url(type(finding), "change", finding.pk)
    save(administrator, change, status="closed", change_reason="They wrote.")
    today = localdate()
    [row] = csv_rows(administrator, "finding")
    assert (row["Known"], row["Kind of status"]) == (f"recorded {in_words(today)}", "recorded")
    assert row["Status recorded on"] == today.isoformat()
    [fact] = api_rows(administrator, "findings")
    assert (fact["status"], fact["status_kind"], fact["status_on"]) == ("closed", "recorded", today.isoformat())
    assert f"Closed, recorded {in_words(today)}" in " ".join(
        administrator.get(finding.get_absolute_url()).content.decode().split()
    )


def test_a_day_that_is_given_stays_and_what_a_start_loads_is_published(inspection, body):
    first, second = (
        make_finding(inspection, title=name, organisation=body, region=None, status="open") for name in "AB"
    )
    by = {"by": make_author(), "reason": REASON, "expected_version": 1}
    assert str(FINDINGS.change(first, {"status": "closed", "status_on": "2024-03-01"}, **by).status_on) == "2024-03-01"
    loaded = FINDINGS.change(second, {"status": "closed"}, **{**by, "by": None})
    assert (loaded.status_on, loaded.status_kind) == (None, "published")


def test_the_status_of_a_recommendation_has_its_kind_and_day_in_the_api(administrator, inspection, body):
    finding = make_finding(inspection, organisation=body, region=None)
    recommendation = make_recommendation(finding, addressed_to=body)
    [fact] = api_rows(administrator, "recommendations")
    assert (fact["status_kind"], fact["status_on"]) == ("published", "2023-11-01")
    log = {"status": "closed", "on": "2024-05-03", "note": "They showed it."}
    address = recommendation.get_absolute_url()
    press(administrator, administrator.get(address), "Add to the log", **log)
    [fact] = api_rows(administrator, "recommendations")
    known = (fact["status"], fact["status_kind"], fact["status_on"], fact["status_precision"])
    assert known == ("closed", "recorded", "2024-05-03", "day")


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

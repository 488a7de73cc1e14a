"""Lists of inspections and their facts: every row readable on page and in files, in a total order, few queries."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse
from model_bakery import baker

from forces.models import Region
from inspections.figures.models import Measure
from inspections.figures.services import FIGURES
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
LISTS = ["inspection", "grading", "finding", "recommendation", "figure", "source"]
MOST_QUERIES = 12


@pytest.fixture(autouse=True, scope="module")
def facts(rows_of_module: None) -> None:
    region = baker.make(Region, name="North West", slug="north-west")
    force = make_member(region)
    inspection = make_inspection(region)
    make_grading(inspection, force, "adequate")
    finding = make_finding(inspection, title="=weak plans", slug="weak-plans", region=None, organisation=force)
    make_finding(inspection, title="regional plans")
    make_recommendation(finding, force, due_on=date(2020, 4, 1), due_precision="day")
    FIGURES.create(
        {"value": 13_700_000, "step": 100_000, "unit": "pounds", "said_by": "body", "qualifier": "over"},
        slug="money",
        measure=baker.make(Measure, name="Money", slug="money", group="Money and goods"),
        organisation=force,
        source=inspection.source,
        locator="paragraph 9",
        by=make_author(),
        reason=REASON,
    )


def csv_rows(client, name: str, query: str = "") -> list[dict[str, str]]:
    response = client.get(f"{reverse(f'inspections:{name}_list')}?format=csv&{query}")
    lines = list(csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig"), newline="")))
    start = lines.index([]) + 1
    return [dict(zip(lines[start], line, strict=True)) for line in lines[start + 1 :]]


@pytest.mark.parametrize("name", LISTS)
def test_page_files_and_filters_open(inspector, name: str) -> None:
    url = reverse(f"inspections:{name}_list")
    page = inspector.get(url)
    assert page.status_code == 200
    assert page.context["rows"]
    assert page.context["breadcrumbs"] == [("Home", "/")]
    for kind in ("csv", "xlsx"):
        assert b"".join(inspector.get(url, {"format": kind}))


@pytest.mark.parametrize("name", LISTS)
def test_page_and_file_show_the_same_rows_in_the_same_order(inspector, name: str) -> None:
    page = inspector.get(reverse(f"inspections:{name}_list"))
    column = page.context["columns"][0]
    assert [row[column.heading] for row in csv_rows(inspector, name)] == [
        f"'{column.value(row)}" if str(column.value(row)).startswith("=") else str(column.value(row))
        for row in page.context["rows"]
    ]


@pytest.mark.parametrize("name", LISTS)
def test_few_queries(inspector, name: str, django_assert_max_num_queries, monkeypatch) -> None:
    """Beside the look at whether words have changed, which is taken every few seconds, by whichever page."""
    monkeypatch.setattr("soc_tracker.core.records.words.FRESH_FOR", 3_600)
    url = reverse(f"inspections:{name}_list")
    inspector.get(url)
    with django_assert_max_num_queries(MOST_QUERIES):
        inspector.get(url)


@pytest.mark.parametrize("name", LISTS)
def test_every_way_to_sort_opens(inspector, name: str) -> None:
    for _, url, _ in inspector.get(reverse(f"inspections:{name}_list")).context["sort_links"]:
        assert inspector.get(reverse(f"inspections:{name}_list") + url).status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_without_an_account_there_is_nothing(client, name: str) -> None:
    assert client.get(reverse(f"inspections:{name}_list")).status_code == 302


def test_the_overdue_is_marked(inspector) -> None:
    html = inspector.get(reverse("inspections:recommendation_list")).content.decode()
    assert "1 April 2020 (overdue)" in html
    assert csv_rows(inspector, "recommendation")[0]["Due"] == "1 April 2020 (overdue)"


def test_a_figure_is_shown_as_published_and_filed_in_parts(inspector) -> None:
    assert "over £13.7 million" in inspector.get(reverse("inspections:figure_list")).content.decode()
    (row,) = csv_rows(inspector, "figure")
    assert (row["Value"], row["Unit of the last digit printed"], row["Unit"], row["Qualifier"]) == (
        "13700000",
        "100000",
        "pounds",
        "over",
    )
    assert row["Place in the source"] == "paragraph 9"


def test_filters_from_links_are_kept_when_the_form_is_sent(inspector) -> None:
    url = reverse("inspections:finding_list")
    html = inspector.get(url, {"inspection": "north-west-peel-202223"}).content.decode()
    assert '<input type="hidden" name="inspection" value="north-west-peel-202223"' in html
    assert 'name="inspection"' not in inspector.get(url).content.decode()


def test_an_unknown_filter_is_named_and_shows_nothing(inspector) -> None:
    page = inspector.get(reverse("inspections:finding_list"), {"colour": "green", "kind": "nonsense"})
    assert page.context["rows"] == []
    html = page.content.decode()
    for text in (
        "“colour” is not a filter of this list.",
        "Kind: “nonsense” is not one of its values.",
        "innovative_practice",
    ):
        assert text in html
    assert inspector.get(reverse("inspections:finding_list"), {"colour": "green", "format": "csv"}).status_code == 400

"""The API shows what the pages show, to the same people, and refuses what it does not understand."""

import csv
from decimal import Decimal

import pytest
from django.test import Client
from model_bakery import baker

from forces.models import Organisation, Region
from inspections.figures.models import PublishedFigure
from tests.dashboards.making import make_figure
from tests.makers import make_organisation

LISTS = (
    "regions",
    "organisations",
    "programmes",
    "inspections",
    "gradings",
    "findings",
    "recommendations",
    "requirements",
    "figures",
)


@pytest.fixture
def words_only_figure(db: None) -> PublishedFigure:
    """A figure that was published in words alone."""
    return baker.make(
        PublishedFigure,
        slug="analysts-absent",
        region=baker.make(Region, slug="west-midlands"),
        value=None,
        step=None,
        unit="share",
        qualifier="more_than_a_third",
    )


@pytest.mark.parametrize("name", LISTS)
def test_a_stranger_is_refused(client: Client, db: None, name: str) -> None:
    assert client.get(f"/api/v1/{name}/").status_code == 401


@pytest.mark.parametrize("name", LISTS)
def test_an_unknown_parameter_is_refused_with_the_allowed_names(inspector: Client, name: str) -> None:
    answer = inspector.get(f"/api/v1/{name}/", {"colour": "red"})
    assert answer.status_code == 400
    problem = answer.json()["problems"][0]
    assert (problem["parameter"], problem["value"]) == ("colour", "red")
    assert problem["allowed"]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(inspector: Client, name: str, method: str) -> None:
    assert getattr(inspector, method)(f"/api/v1/{name}/").status_code == 405


def test_an_invalid_value_is_refused_with_the_allowed_ones(inspector: Client) -> None:
    answer = inspector.get("/api/v1/findings/", {"kind": "rumour"})
    assert answer.status_code == 400
    assert "area_for_improvement" in answer.json()["problems"][0]["allowed"]


def test_pages_of_the_cursor_hold_every_row_once(inspector: Client) -> None:
    baker.make(Organisation, _quantity=7, _fill_optional=["slug"])
    url, seen = "/api/v1/organisations/?page_size=3", []
    while url:
        page = inspector.get(url).json()
        seen += [row["slug"] for row in page["results"]]
        url = page["next"]
    assert sorted(seen) == sorted(Organisation.objects.values_list("slug", flat=True))


@pytest.mark.parametrize("params", [{"cursor": "not-a-cursor"}, {"cursor": "\x00"}])
def test_a_broken_cursor_is_not_found(inspector: Client, params: dict[str, str]) -> None:
    assert inspector.get("/api/v1/regions/", params).status_code == 404


def test_a_figure_published_in_words_has_no_value(inspector: Client, words_only_figure: PublishedFigure) -> None:
    row = inspector.get(f"/api/v1/figures/{words_only_figure.slug}/").json()
    assert (row["value"], row["qualifier"], row["kind_of_data"]) == (None, "more_than_a_third", "published")


@pytest.mark.parametrize(("step", "printed"), [("1", "84"), ("0.1", "84.0"), ("0.01", "84.00")])
def test_a_value_has_the_decimals_that_were_printed_in_the_api_and_in_the_file(
    step: str, printed: str, inspector: Client
) -> None:
    figure = make_figure(make_organisation(), "pursue-share", 84, step=Decimal(step))
    assert inspector.get(f"/api/v1/figures/{figure.slug}/").json()["value"] == printed
    file = b"".join(inspector.get("/figures/", {"format": "csv"}).streaming_content).decode("utf-8-sig")
    headings, row = list(csv.reader(file.splitlines()))[-2:]
    assert row[headings.index("Value")] == printed


def test_a_row_that_does_not_exist_is_not_found(inspector: Client) -> None:
    assert inspector.get("/api/v1/regions/atlantis/").status_code == 404


def test_the_documentation_is_served_from_this_site(inspector: Client) -> None:
    page = inspector.get("/api/docs/").content.decode()
    assert "swagger-ui-bundle.js" in page
    assert "https://" not in page


def test_page_and_api_filter_alike(inspector: Client, reference: None) -> None:
    params = {"organisation": "cheshire", "kind": "area_for_improvement"}
    rows = inspector.get("/api/v1/findings/", params).json()["results"]
    page = inspector.get("/findings/", params).content.decode()
    assert len(rows) == 5
    assert all(f"/findings/{row['slug']}/" in page for row in rows)

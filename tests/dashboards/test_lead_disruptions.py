"""Lead disruptions are one thing on every page, in every chart, file and answer of the API: lead and assessed."""

import re
from datetime import date

import pytest
from django.urls import reverse

from forces.choices import OrganisationKind
from tests.dashboards.making import make_figure, make_lead, make_region, text_of
from tests.makers import make_extract, make_member
from tests.pages import PAGES

pytestmark = pytest.mark.django_db
LEAD, NOT_ASSESSED, SUPPORT = 7, 3, 2
OF_THEM = [page for page in PAGES if not page.find and set(page.kwargs.values()) <= {"north-west", "cheshire"}]
NAMES, REGION = {"slug": "cheshire"}, {"slug": "north-west"}


@pytest.fixture(scope="module")
def region(rows_of_module):
    """A force with lead disruptions of 2022, of which some are not yet assessed, and a unit that only supports."""
    make_extract(as_at=date(2023, 7, 13))
    north_west = make_region()
    cheshire = make_member(north_west)
    make_lead(cheshire, pursue=3, prevent=2, size="major", activity_date=date(2022, 3, 5))
    make_lead(cheshire, start=5, protect=2, size="minor", activity_date=date(2022, 8, 5))
    make_lead(cheshire, start=7, pursue=2, prepare=1, size="not_assessed", activity_date=date(2022, 8, 6))
    unit = make_member(north_west, "NWROCU Unit", kind=OrganisationKind.ROCU)
    make_lead(unit, pursue=SUPPORT, involvement="support", activity_date=date(2022, 8, 7))
    make_lead(unit, start=SUPPORT, pursue=1, involvement="support", size="not_assessed", activity_date=date(2022, 8, 8))
    make_figure(cheshire, "lead-disruptions", LEAD)
    return north_west


def test_every_page_that_names_a_number_of_them_names_the_same(region, inspector):
    """With those not yet assessed beside them, on pages that count both."""
    pages = {}
    for page in OF_THEM:
        answer = inspector.get(page.url)
        if answer.status_code == 200 and "html" in answer["Content-Type"]:
            pages[str(page)] = text_of(answer)
    numbers = {name: re.findall(r"(\d[\d,]*) lead disruptions?\b", text) for name, text in pages.items()}
    said = {name: sorted(set(found)) for name, found in numbers.items() if found}
    assert {name: found for name, found in said.items() if found != [str(LEAD)]} == {}
    assert {"region", "region_record", "force_record", "disruptions:cross_table"} <= said.keys()
    for name in said.keys() - {"disruptions:delays"}:
        assert re.search(rf"\b{NOT_ASSESSED} (more|lead)\b[^.]*not yet assessed", pages[name]), name


def rows_of(client, name: str, report: str, query: str = "", **kwargs) -> list[dict]:
    url = reverse(name, kwargs={**kwargs, "report": report, "suffix": "json"})
    answer = client.get(url + query)
    assert answer.status_code == 200, url
    return answer.json()["rows"]


@pytest.mark.parametrize(
    ("name", "report", "kwargs", "query", "lead", "not_assessed"),
    [
        ("body_record_csv", "over-time", NAMES, "", "all", ""),
        ("region_record_csv", "over-time", REGION, "", "all", ""),
        (
            "region_record_csv",
            "threats-and-disruptions",
            REGION,
            "",
            "lead_disruptions",
            "not_assessed",
        ),
        ("region_record_csv", "shares", REGION, "", "lead_disruptions", ""),
        ("compare_csv", "shares", {}, "?region=north-west", "n", ""),
        ("compare_csv", "lead-disruptions", {}, "?region=north-west", "lead_disruptions", "not_assessed"),
        ("compare_csv", "quarters", {}, "?region=north-west", "all", "not_assessed"),
        ("disruptions:disruption_chart_csv", "shares-by-organisation", {}, "?region=north-west", "total", ""),
    ],
)
def test_every_table_sums_to_the_same(name, report, kwargs, query, lead, not_assessed, region, inspector):
    rows = [row for row in rows_of(inspector, name, report, query, **kwargs) if "together" not in str(row.get("body"))]
    for key, number in ((lead, LEAD), (not_assessed, NOT_ASSESSED)):
        if key:
            assert sum(row[key] for row in rows if isinstance(row[key], int)) == number


def test_where_both_stand_in_one_table_they_stand_apart(region, inspector):
    rows = rows_of(inspector, "body_record_csv", "lead-disruptions", **NAMES)
    assert [(rows[-1]["all"], rows[-1]["not_assessed"])] == [(LEAD, NOT_ASSESSED)]
    by_involvement = rows_of(inspector, "disruptions:disruption_chart_csv", "lead-and-support")
    assert {row["involvement"]: row["total"] for row in by_involvement} == {
        "Lead": LEAD,
        "Lead, not yet assessed": NOT_ASSESSED,
        "Support": SUPPORT,
        "Support, not yet assessed": 1,
    }
    summary = dict(inspector.get("/disruptions/?involvement=lead").context["summary"])
    assert (summary["Lead disruptions"], summary["Lead, not yet assessed"]) == (LEAD, NOT_ASSESSED)
    crossed = inspector.get("/disruptions/cross-table/?down=involvement&across=four_p")
    assert "Lead, assessed or not" in text_of(crossed)


@pytest.mark.parametrize("query", ["", "&organisation=cheshire", "&involvement=lead", "&four_p=pursue"])
def test_the_api_says_so_too(query, region, inspector):
    url = "/api/v1/measures/?data=recorded"
    answer = inspector.get(url + query).json()
    style = inspector.get(f"{url}&published_style=true{query}").json()
    pursue = "four_p=pursue" in query
    assert answer["lead_disruptions"] == style["total"] == style["lead_disruptions"] == (3 if pursue else LEAD)
    assert answer["lead_not_yet_assessed"] == (2 if pursue else NOT_ASSESSED)
    listed = inspector.get("/disruptions/?involvement=lead&size=major&size=moderate&size=minor" + query)
    assert listed.context["counts"].total == style["total"]


def test_a_published_figure_and_the_sheet_of_a_body_count_the_same(region, inspector):
    (row,) = rows_of(inspector, "body_record_csv", "published-against-recorded", **NAMES)
    assert str(LEAD) in str(row["recorded"])
    sheet = text_of(inspector.get(reverse("body_summary", kwargs=NAMES)))
    assert f"{LEAD} lead disruptions" in sheet
    assert f"{NOT_ASSESSED} more not yet assessed" in sheet

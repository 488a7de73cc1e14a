"""Lists of regions, forces and ROCUs."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse
from model_bakery import baker

from forces.choices import OrganisationKind
from forces.models import Region
from forces.services import MEMBERSHIPS
from soc_tracker.core.lists.columns import NOT_STATED
from tests.makers import REASON, make_author, make_member, make_organisation, make_size

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def north_west() -> Region:
    region = baker.make(Region, name="North West", slug="north-west", note="Works together.")
    cheshire = make_member(region, "Cheshire Constabulary")
    make_size(cheshire, "population", 1_000_000, date(2001, 4, 29))
    make_size(cheshire, "population", 1_027_709, date(2011, 3, 27))
    make_size(cheshire, "officers", "2009.65", date(2019, 9, 30))
    make_member(region, "Merseyside Police")
    make_member(region, "Titan Unit", kind=OrganisationKind.ROCU)
    return region


def rows(client, name: str, query: str = "") -> list[dict[str, str]]:
    response = client.get(f"{reverse(name)}?format=csv&{query}")
    lines = list(csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig"), newline="")))
    start = lines.index([]) + 1
    return [dict(zip(lines[start], line, strict=True)) for line in lines[start + 1 :]]


def test_forces_with_region_population_and_officers_on_their_dates(inspector) -> None:
    response = inspector.get(reverse("forces:force_list"))
    cheshire, merseyside = response.context["rows"]
    assert (cheshire.name, cheshire.region_name, cheshire.region_slug) == (
        "Cheshire Constabulary",
        "North West",
        "north-west",
    )
    for text in ("1,027,709", "27 March 2011", "2,009.65", "30 September 2019", NOT_STATED, "/regions/north-west/"):
        assert text in response.content.decode()
    assert merseyside.population is None


def test_the_csv_leaves_what_is_not_stated_empty(inspector) -> None:
    cheshire, merseyside = rows(inspector, "forces:force_list")
    assert cheshire["Population"] == "1027709"
    assert cheshire["Officers as at"] == "2019-09-30"
    assert (merseyside["Population"], merseyside["Population as at"]) == ("", "")


def test_each_list_has_its_own_kind(inspector) -> None:
    make_organisation("National Agency", kind=OrganisationKind.OTHER)
    assert [row["Name"] for row in rows(inspector, "forces:force_list")] == [
        "Cheshire Constabulary",
        "Merseyside Police",
    ]
    assert [row["Name"] for row in rows(inspector, "forces:rocu_list")] == ["Titan Unit"]


def test_a_body_without_a_region_is_listed_without_one(inspector) -> None:
    make_organisation("Solent Police")
    assert {row["Name"]: row["Region"] for row in rows(inspector, "forces:force_list")}["Solent Police"] == ""
    assert inspector.get(reverse("forces:force_list")).status_code == 200


def test_a_body_that_moved_is_listed_once_with_its_present_region(inspector, north_west) -> None:
    eastern = baker.make(Region, name="Eastern", slug="eastern")
    kent = make_organisation("Kent Police")
    said = {"by": make_author(), "reason": REASON}
    MEMBERSHIPS.create(organisation=kent, region=eastern, valid_to=date(2019, 12, 31), **said)
    MEMBERSHIPS.create(organisation=kent, region=north_west, valid_from=date(2020, 1, 1), **said)
    listed = [row for row in rows(inspector, "forces:force_list") if row["Name"] == "Kent Police"]
    assert [row["Region"] for row in listed] == ["North West"]


def test_regions_count_the_forces_of_today(inspector, north_west) -> None:
    merged = make_member(north_west, "Gone Police", valid_to=date(2000, 1, 1))
    assert merged.valid_to < date(2001, 1, 1)
    baker.make(Region, name="London", slug="london")
    london, north = rows(inspector, "forces:region_list")
    assert (north["Region"], north["Forces"], north["ROCU"]) == ("North West", "2", "Titan Unit")
    assert (london["Region"], london["Forces"], london["ROCU"]) == ("London", "0", "none")


def test_a_force_that_ended_stays_listed_with_its_end(inspector, north_west) -> None:
    make_member(north_west, "Gone Police", valid_to=date(2000, 1, 1))
    listed = {row["Name"]: row["Exists until"] for row in rows(inspector, "forces:force_list")}
    assert listed == {"Cheshire Constabulary": "", "Gone Police": "2000-01-01", "Merseyside Police": ""}


@pytest.mark.parametrize("name", ["forces:region_list", "forces:force_list", "forces:rocu_list"])
def test_an_unknown_filter_is_named_and_nothing_is_shown(inspector, name: str) -> None:
    response = inspector.get(reverse(name), {"colour": "red"})
    assert response.context["rows"] == []
    assert "“colour” is not a filter of this list." in response.content.decode()


@pytest.mark.parametrize("name", ["forces:region_list", "forces:force_list", "forces:rocu_list"])
def test_without_an_account_there_is_nothing(client, name: str) -> None:
    assert client.get(reverse(name)).status_code == 302


def test_sorting_by_population_puts_what_is_not_stated_last_both_ways(inspector) -> None:
    make_size(make_organisation("Ashby Police"), "population", 5, date(2011, 3, 27))
    for sort, names in (("population", ["Ashby", "Cheshire"]), ("-population", ["Cheshire", "Ashby"])):
        listed = [row["Name"].split()[0] for row in rows(inspector, "forces:force_list", f"sort={sort}")]
        assert listed == [*names, "Merseyside"]

"""Filters of regions and organisations: by any name, and by the region of today."""

from datetime import date

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from model_bakery import baker

from forces.choices import OrganisationKind
from forces.models import Organisation, Region
from forces.pages import BodyFilter, OrganisationFilter, RegionFilter
from forces.services import MEMBERSHIPS
from tests.makers import REASON, make_author, make_member, make_organisation

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True, scope="module")
def bodies(rows_of_module: None) -> None:
    north = baker.make(Region, name="North West", slug="north-west", note="Six forces.")
    east = baker.make(Region, name="Eastern", slug="eastern", note="")
    make_member(north, "Cheshire Constabulary")
    make_member(north, "Merseyside Police")
    make_member(north, "Titan Unit", kind=OrganisationKind.ROCU)
    moved = make_organisation("Kent Police")
    for region, first, last in ((north, None, date(2019, 12, 31)), (east, date(2020, 1, 1), None)):
        MEMBERSHIPS.create(
            organisation=moved, region=region, valid_from=first, valid_to=last, by=make_author(), reason=REASON
        )


def found(query: str, filterset: type = OrganisationFilter, today: date = TODAY) -> set[str]:
    request = RequestFactory().get("/")
    request.user = make_author()
    filtered = filterset(QueryDict(query), queryset=Organisation.objects.all(), request=request, today=today)
    assert filtered.problems == []
    return {organisation.slug for organisation in filtered.qs}


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("", {"cheshire", "merseyside", "titan", "kent"}),
        ("q=cheshire", {"cheshire"}),
        ("q=POLICE", {"merseyside", "kent"}),
        ("q=constabulary+CHESHIRE", {"cheshire"}),
        ("q=cheshire+police", set()),
        ("q=%26%26", set()),
        ("kind=rocu", {"titan"}),
        ("region=north-west", {"cheshire", "merseyside", "titan"}),
        ("region=eastern", {"kent"}),
        ("region=eastern&region=north-west&kind=force", {"cheshire", "merseyside", "kent"}),
    ],
)
def test_organisations_are_found(query: str, slugs: set[str]) -> None:
    assert found(query) == slugs


def test_an_alias_finds_its_organisation_however_it_is_spelled() -> None:
    from forces.services import ALIASES

    cheshire = Organisation.objects.get(slug="cheshire")
    ALIASES.create(organisation=cheshire, name="Cheshire & Warrington", by=make_author(), reason=REASON)
    assert found("q=WARRINGTON") == {"cheshire"}
    assert found("q=%26") == {"cheshire"}


def test_an_organisation_with_many_names_is_listed_once() -> None:
    request = RequestFactory().get("/")
    request.user = make_author()
    filtered = OrganisationFilter(QueryDict("q=e"), queryset=Organisation.objects.all(), request=request)
    assert len(filtered.qs) == len(set(filtered.qs)) == 3


def test_the_region_is_that_of_the_day() -> None:
    assert found("region=north-west", today=date(2019, 6, 1)) == {"cheshire", "merseyside", "titan", "kent"}
    assert found("region=eastern", today=date(2019, 6, 1)) == set()


def test_a_list_of_one_kind_offers_no_kind() -> None:
    assert "kind" not in BodyFilter.base_filters
    assert found("region=eastern", BodyFilter) == {"kent"}


def test_regions_are_found_by_name_and_note() -> None:
    filtered = RegionFilter(QueryDict("q=six+west"), queryset=Region.objects.all())
    assert [region.slug for region in filtered.qs] == ["north-west"]

"""The navigation knows where the reader is, and offers what they may open."""

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.urls import reverse

from soc_tracker.core.access.roles import Role
from soc_tracker.dashboards.navigation import Group, list_doors
from tests.pages import PAGES, READERS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "door", "link", "current"),
    [
        ("/", "Home", "Home", "page"),
        ("/regions/", "Bodies", "Regions", "page"),
        ("/regions/north-west/", "Bodies", "Regions", "true"),
        ("/regions/north-west/record/?as_at=2023-01-04", "Bodies", "Regions", "true"),
        ("/forces/cheshire/plans/", "Bodies", "Forces", "true"),
        ("/compare/?region=north-west", "Bodies", "Compare", "page"),
        ("/threats/priorities/", "Threats and disruptions", "Priority list", "page"),
        ("/findings/?kind=area_for_improvement", "Inspections", "Findings", "page"),
        ("/practice/", "Inspections", "Good practice", "page"),
        ("/plans/4P-1/", "4P plans", "Plans", "true"),
    ],
)
def test_current(make_user, address, door, link, current):
    doors = list_doors(make_user(Role.INSPECTOR), address)
    assert [each.text for each in doors if each.current] == [door]
    links = {each.text: each.current for each in doors[[each.text for each in doors].index(door)].links}
    assert {text: value for text, value in links.items() if value} == {link: current}


def test_some_pages_are_behind_no_door(make_user):
    assert [door.text for door in list_doors(make_user(Role.INSPECTOR), "/search/") if door.current] == []


@pytest.mark.parametrize("role", READERS)
def test_there_are_five_doors_for_every_role(role, make_user):
    doors = list_doors(make_user(role), "/")
    assert [door.text for door in doors] == ["Home", "Bodies", "Inspections", "Threats and disruptions", "4P plans"]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("My plans", {Role.LEAD_RESPONSIBLE_OFFICER}),
        ("Load a file", {Role.ANALYST, Role.ADMINISTRATOR}),
        ("Partners", set(READERS)),
        ("Trail", {Role.AUDITOR}),
    ],
)
def test_a_page_is_offered_to_those_who_come_for_it(text, roles, make_user):
    offered = {
        role
        for role in Role
        if any(link.text == text for door in list_doors(make_user(role), "/") for link in door.links)
    }
    assert offered == roles


@pytest.mark.parametrize("role", list(Role))
def test_every_link_behind_a_door_opens(role, make_user, client, reference):
    """Those that are not among the pages that tests/core/posting/test_every_form.py opens for every role."""
    user = make_user(role)
    client.force_login(user)
    swept = {page.url for page in PAGES if not page.find}
    links = {link.url for door in list_doors(user, "/") for link in door.links} - swept
    assert {url: client.get(url).status_code for url in links} == dict.fromkeys(links, 200)


def rows_of(user: User, address: str) -> list[str]:
    """What stands in the row of the section that is open, with the page under the word of a group that is open."""
    [door] = [door for door in list_doors(user, address) if door.current]
    return [
        f"{each.text}: {each.here.text}" if isinstance(each, Group) and each.here else each.text for each in door.row
    ]


def test_pages_about_following_and_about_work_fold_together(make_user):
    always = ["Inspections", "Gradings", "Findings", "What must change", "Figures", "Sources"]
    assert rows_of(make_user(Role.INSPECTOR), "/findings/") == [*always, "Following", "Work"]
    assert rows_of(make_user(Role.INSPECTOR), "/responses/") == [*always, "Following: Responses", "Work"]


def test_a_page_that_is_alone_in_its_group_stands_by_itself(make_user):
    assert rows_of(make_user(Role.LEAD_RESPONSIBLE_OFFICER), "/findings/")[-2:] == ["Following", "Facts to check"]


def test_every_page_behind_a_door_stands_in_its_row(make_user):
    for door in list_doors(make_user(Role.INSPECTOR), "/"):
        in_row = [link for each in door.row for link in (each.links if isinstance(each, Group) else [each])]
        assert in_row == list(door.links)


def test_nothing_is_offered_to_those_who_may_open_nothing(db):
    assert list_doors(AnonymousUser(), "/") == []
    assert list_doors(User.objects.create_user("jo"), "/") == []


def test_the_page_shows_the_doors_and_the_pages_behind_the_open_one(inspector):
    page = inspector.get(reverse("disruptions:threat_list")).content.decode()
    assert 'aria-current="true">Threats and disruptions</a>' in page
    assert 'aria-label="Threats and disruptions"' in page
    assert "Saved views</a>" in page
    assert "LRO network</a>" not in page

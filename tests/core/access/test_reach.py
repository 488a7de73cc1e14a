"""How far an account sees, from the reaches that it was given."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.utils.timezone import localdate

from forces.choices import OrganisationKind
from forces.models import Region, Succession
from soc_tracker.core.access.models import EVERYTHING, NOTHING, sight_of
from soc_tracker.core.access.roles import Role
from soc_tracker.core.accounts.services import give_reach
from tests.makers import make_author, make_member, make_organisation

pytestmark = pytest.mark.django_db
ROCU = OrganisationKind.ROCU


def account(role: Role | None = Role.ANALYST, **reach) -> User:
    user = User.objects.create(username="sam")
    if role:
        user.groups.add(Group.objects.get(name=role.label))
    if reach:
        give_reach(user, by=make_author(), reason="Works there.", **reach)
    return User.objects.get(pk=user.pk)


@pytest.fixture
def region():
    return Region.objects.create(name="North West", slug="north-west")


@pytest.fixture
def bodies(region):
    names = {"cheshire": "Cheshire Constabulary", "cumbria": "Cumbria Constabulary"}
    forces = {slug: make_member(region, name) for slug, name in names.items()}
    return forces | {
        "unit": make_member(region, "North West ROCU", kind=ROCU),
        "other": make_organisation("Kent Police"),
    }


def keys(bodies, *names):
    return {bodies[name].pk for name in names}


def test_an_account_without_a_reach_sees_nothing_of_the_record():
    assert sight_of(account()) == NOTHING


def test_nor_does_a_reach_without_a_role():
    assert sight_of(account(role=None, is_national=True)) == NOTHING


def test_who_works_for_a_body_sees_its_rows_and_the_sums_of_its_region(bodies, region):
    sight = sight_of(account(organisation=bodies["cheshire"]))
    assert (sight.everything, sight.bodies, sight.regions) == (False, keys(bodies, "cheshire"), {region.pk})


def test_who_works_for_the_unit_of_a_region_sees_the_rows_of_its_bodies(bodies):
    assert sight_of(account(organisation=bodies["unit"])).bodies == keys(bodies, "cheshire", "cumbria", "unit")


def test_a_reach_of_a_region_is_of_its_bodies(bodies, region):
    assert sight_of(account(region=region)).bodies == keys(bodies, "cheshire", "cumbria", "unit")


def test_a_national_reach_is_of_everything_and_so_is_an_administrators():
    assert sight_of(account(is_national=True)) == EVERYTHING
    assert sight_of(User.objects.create(username="root", is_superuser=True)) == EVERYTHING


@pytest.mark.parametrize(
    ("first", "last", "in_force"), [(0, 0, True), (1, None, False), (-9, -1, False), (-9, None, True)]
)
def test_a_reach_is_in_force_between_its_days(bodies, first, last, in_force):
    days = [None if days is None else localdate() + timedelta(days=days) for days in (first, last)]
    user = account(organisation=bodies["cheshire"], valid_from=days[0], valid_to=days[1])
    assert sight_of(user).sees(bodies["cheshire"].pk) == in_force


def test_what_a_body_came_from_is_seen_with_it(bodies):
    Succession.objects.create(
        predecessor=bodies["other"], successor=bodies["cheshire"], kind="merged", on=date(2020, 1, 1)
    )
    assert sight_of(account(organisation=bodies["cheshire"])).bodies == keys(bodies, "cheshire", "other")

"""Administrators give accounts a reach and end one; whoever has none is told so in a sentence."""

from datetime import date, timedelta
from itertools import count

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from forces.choices import OrganisationKind
from forces.models import Region, Succession
from forces.reach import covers
from soc_tracker.core.access.models import EVERYTHING, NOTHING, Reach, sight_of
from soc_tracker.core.access.roles import Role
from soc_tracker.core.accounts.services import add_account, end_reach, give_reach
from tests.forms import admin_url, errors, press
from tests.makers import make_member, make_organisation

pytestmark = pytest.mark.django_db
WHY = "Works there now."
TAGS = count(1)
TOMORROW, YESTERDAY = (localdate() + timedelta(days=days) for days in (1, -1))


@pytest.fixture
def body():
    return make_member(Region.objects.create(name="North West", slug="north-west"), "Cheshire Constabulary")


def account(username: str = "jo", role: Role = Role.ANALYST) -> User:
    return add_account({"username": username}, [role], by=None, reason="Made by a command.")


def sight(user: User):
    return sight_of(User.objects.get(pk=user.pk))


def act(client: Client, user: User, name: str, button: str, **values):
    page = client.get(reverse("admin:auth_user_act", args=[user.pk, name]))
    return press(client, page, button, **{"change_reason": WHY, **values})


def test_a_reach_is_given_on_the_page_of_an_account(administrator, body):
    jo = account()
    values = {"reaches": [f"organisation-{body.pk}"], "valid_from": localdate().isoformat()}
    answer = act(administrator, jo, "give-reach", "Give it", **values)
    assert answer.status_code == 302, errors(answer)
    assert sight(jo).bodies == {body.pk}
    change = jo.changes.first()
    assert (change.by.username, change.reason) == ("administrator", WHY)
    assert change.differences == [["Reach", "none", Reach.objects.get(account=jo).in_words]]


def test_several_at_once_and_of_each_kind(administrator, body):
    jo = account()
    region = Region.objects.get()
    other = make_organisation("Kent Police")
    values = {"reaches": [f"region-{region.pk}", f"organisation-{other.pk}"], "valid_from": "2020-01-01"}
    answer = act(administrator, jo, "give-reach", "Give it", **values)
    assert answer.status_code == 302, errors(answer)
    assert sight(jo).bodies == {body.pk, other.pk}
    act(administrator, jo, "give-reach", "Give it", reaches=["national"], valid_from=localdate().isoformat())
    assert sight(jo) == EVERYTHING


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"reaches": []}, "reaches"),
        ({"valid_from": ""}, "valid_from"),
        ({"valid_to": "2001-01-01"}, ""),
        ({"change_reason": " "}, "change_reason"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_given(administrator, body, values, field):
    jo = account()
    answer = act(administrator, jo, "give-reach", "Give it", **{"reaches": ["national"], **values})
    assert field in errors(answer)
    assert not jo.reaches.exists()


def test_a_body_that_there_is_not_is_no_reach(administrator, body):
    jo = account()
    address = reverse("admin:auth_user_act", args=[jo.pk, "give-reach"])
    values = {"reaches": ["organisation-987654"], "valid_from": localdate().isoformat(), "change_reason": WHY}
    assert "reaches" in errors(administrator.post(address, {**values, "expected_version": 1}))
    assert not jo.reaches.exists()


def test_a_reach_that_the_account_has_is_not_given_twice(body):
    jo = account()
    give_reach(jo, organisation=body, by=None, reason=WHY)
    with pytest.raises(ValidationError, match="has this reach already: Cheshire Constabulary, from"):
        give_reach(jo, organisation=body, by=None, reason=WHY)


def test_a_reach_that_ends_at_once_ends_the_sessions_of_the_account(administrator, body):
    jo = account()
    reach = give_reach(jo, organisation=body, by=None, reason=WHY)
    client = Client()
    client.force_login(jo, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("own_account")).status_code == 200
    answer = act(administrator, jo, "end-reach", "End it", reach=reach.pk, when="at-once")
    assert answer.status_code == 302, errors(answer)
    assert sight(jo) == NOTHING
    assert client.get(reverse("own_account")).status_code == 302
    assert "ended on" in jo.changes.first().differences[0][2]


def test_a_reach_ends_with_its_last_day(administrator, body):
    jo = account()
    reach = give_reach(jo, organisation=body, by=None, reason=WHY)
    act(administrator, jo, "end-reach", "End it", reach=reach.pk, when="on-a-day", last_day=localdate().isoformat())
    reach.refresh_from_db()
    assert (reach.valid_to, sight(jo).bodies) == (localdate(), {body.pk})
    assert not jo.reaches.in_force(TOMORROW).exists()


@pytest.mark.parametrize(
    ("values", "field"), [({"last_day": ""}, "last_day"), ({"last_day": YESTERDAY.isoformat()}, "last_day")]
)
def test_a_last_day_is_none_that_has_passed(administrator, body, values, field):
    jo = account()
    reach = give_reach(jo, organisation=body, by=None, reason=WHY)
    answer = act(administrator, jo, "end-reach", "End it", reach=reach.pk, when="on-a-day", **values)
    assert field in errors(answer)
    assert sight(jo).bodies == {body.pk}


def test_what_is_over_cannot_be_ended(body):
    reach = give_reach(account(), organisation=body, by=None, reason=WHY)
    end_reach(reach, by=None, reason=WHY)
    with pytest.raises(ValidationError, match="over already"):
        end_reach(reach, by=None, reason=WHY)


def test_a_reach_of_another_account_is_none_of_this_one(administrator, body):
    theirs = give_reach(account("kim"), organisation=body, by=None, reason=WHY)
    jo = account()
    address = reverse("admin:auth_user_act", args=[jo.pk, "end-reach"])
    values = {"reach": theirs.pk, "when": "at-once", "change_reason": WHY, "expected_version": 1}
    assert "reach" in errors(administrator.post(address, values))
    assert Reach.objects.in_force(localdate()).filter(pk=theirs.pk).exists()


def test_a_new_account_is_given_its_reach_with_its_role(administrator, body):
    page = administrator.get(admin_url(User, "add"))
    groups = [Group.objects.get(name=Role.ANALYST.label).pk]
    values = {"username": "kim", "email": "kim@example.org", "groups": groups, "reaches": [f"organisation-{body.pk}"]}
    answer = press(administrator, page, "Save", **values, change_reason=WHY)
    assert answer.status_code == 302, errors(answer)
    assert sight(User.objects.get(username="kim")).bodies == {body.pk}


def give_to(administrator, *accounts, **values):
    """Choose the accounts in the list, and what they are given on the page to which it leads."""
    keys = [str(each.pk) for each in accounts]
    page = administrator.get(admin_url(User, "changelist"))
    answer = press(administrator, page, "Go", action="give_reach", _selected_action=keys)
    return press(administrator, administrator.get(answer.url), "Give it to all", **values, change_reason=WHY)


def test_several_accounts_are_given_one_reach(administrator, body):
    both = [account("jo"), account("kim")]
    answer = give_to(administrator, *both, reaches=[f"organisation-{body.pk}"])
    assert answer.status_code == 302, errors(answer)
    assert [sight(user).bodies for user in both] == [{body.pk}, {body.pk}]


@pytest.mark.parametrize("key", ["2022-03-15", "", "9" * 30, "1.0", "-1"])
def test_what_is_no_key_is_chosen_by_nobody(administrator, body, key):
    before = Reach.objects.count()
    chosen = {"action": "give_reach", "_selected_action": [key]}
    answer = administrator.post(admin_url(User, "changelist"), chosen)
    assert answer.status_code == 400
    assert "no key of a record" in answer.content.decode()
    assert Reach.objects.count() == before


def test_where_one_of_them_has_it_none_is_given_it(administrator, body):
    jo, kim = account("jo"), account("kim")
    give_reach(kim, organisation=body, by=None, reason=WHY)
    answer = give_to(administrator, jo, kim, reaches=[f"organisation-{body.pk}"])
    assert "kim has this reach already" in str(errors(answer))
    assert not jo.reaches.exists()


@pytest.mark.parametrize("query", ["", "?of=", "?of=987654", "?of=x&of=-1"])
def test_of_nobody_nothing_is_asked(administrator, query):
    assert administrator.get(f"{reverse('admin:auth_user_give_reach')}{query}").status_code == 404


def test_lists_and_pages_say_the_reach_in_words(administrator, body):
    jo = account()
    own = Client()
    own.force_login(jo, backend="django.contrib.auth.backends.ModelBackend")
    assert "None: ask an administrator" in own.get(reverse("own_account")).content.decode()
    give_reach(jo, organisation=body, by=None, reason=WHY)
    give_reach(jo, is_national=True, valid_from=date(2999, 1, 1), by=None, reason=WHY)
    words = "Cheshire Constabulary; The whole country, from 1 January 2999"
    pages = [administrator.get(admin_url(User, "changelist")), administrator.get(admin_url(User, "change", jo.pk))]
    assert all(words in page.content.decode() for page in [*pages, own.get(reverse("own_account"))])


def test_accounts_without_a_reach_are_counted_and_listed(administrator, body):
    jo, kim = account("jo"), account("kim")
    give_reach(kim, organisation=body, by=None, reason=WHY)
    account("root", Role.ADMINISTRATOR)
    page = administrator.get(reverse("admin:index")).content.decode()
    assert "Accounts with a role and without a reach" in page
    listed = administrator.get(f"{admin_url(User, 'changelist')}?reach=none").context["cl"].result_list
    assert [user.username for user in listed] == ["jo"]
    assert jo.is_active


@given(st.lists(st.sampled_from(["national", "region", "unit", "force", "former", "other"]), max_size=3))
def test_who_covers_a_body_is_whose_sight_has_it(kinds):
    """``covers`` and ``sight_of`` are one question asked from two ends."""
    tag = next(TAGS)
    region = Region.objects.create(name=f"Region {tag}", slug=f"region-{tag}")
    force, unit = (
        make_member(region, f"{name} {tag}", slug=f"{name}-{tag}", short_name=f"{name} {tag}", kind=kind)
        for name, kind in (("Force", OrganisationKind.FORCE), ("Unit", OrganisationKind.ROCU))
    )
    former, other = (
        make_organisation(f"{name} {tag}", slug=f"{name}-{tag}", short_name=f"{name} {tag}")
        for name in ("Former", "Other")
    )
    Succession.objects.create(predecessor=former, successor=force, kind="merged", on=date(2020, 1, 1))
    targets = {"region": {"region": region}, "unit": {"organisation": unit}, "force": {"organisation": force}}
    targets |= {"former": {"organisation": former}, "other": {"organisation": other}, "national": {"is_national": True}}
    user = account(f"user{tag}")
    for kind in set(kinds):
        give_reach(user, by=None, reason=WHY, **targets[kind])
    for body in (force, unit, former, other):
        found = user.reaches.in_force(localdate()).filter(covers(body.pk, localdate())).exists()
        assert found == sight(user).sees(body.pk), (kinds, body)

"""Whose account somebody comes to who signs in with the provider, and what it may then do."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from pytest_django.asserts import assertContains, assertNotContains

from forces.models import Region
from soc_tracker.core.access.roles import Role
from soc_tracker.core.accounts.services import change_account, give_reach, version_of
from soc_tracker.core.accounts.single_sign_on.models import Identity
from tests.core.accounts.single_sign_on.signing_on import (
    ADA,
    enter,
    knows,
    lie,
    make_account,
    reaches,
    refused,
    roles,
    who,
)
from tests.forms import press
from tests.makers import make_member

pytestmark = pytest.mark.django_db


def test_without_a_provider_there_is_no_such_way_in(client):
    assert client.get(reverse("sso_start")).status_code == 404
    assert client.get(reverse("sso_done"), {"code": "a", "state": "b"}).status_code == 404
    assertNotContains(client.get(reverse("account_login")), "single-sign-on")


def test_the_sign_in_page_leads_there_and_back_to_the_page_that_was_wanted(single, client):
    knows(single)
    page = client.get(reverse("account_login"), {"next": "/findings/?kind=observation"})
    assertContains(page, "Sign in with Police ID")
    assertContains(page, "/accounts/single-sign-on/?next=%2Ffindings%2F%3Fkind%3Dobservation".replace("%2F", "/"))
    assert enter(client, next="/findings/?kind=observation").url == "/findings/?kind=observation"
    assert enter(Client(), next="https://elsewhere.example/").url == "/"


def test_somebody_new_with_a_group_gets_an_account_with_what_the_group_gives(single, client):
    knows(single)
    assert enter(client).status_code == 302
    account = who(client)
    assert (account.email, account.get_full_name()) == ("ada@police.example", "Ada Lowe")
    assert not account.has_usable_password()
    assert (roles(account), reaches(account)) == ({Role.ANALYST.label}, {"Cheshire Constabulary"})
    assert client.get("/findings/").status_code == 200
    assert Identity.objects.get().subject == "ada"


def test_the_request_is_bound_to_this_site_and_this_attempt(single, client, settings):
    knows(single)
    start = client.get(reverse("sso_start"))
    asked = parse_qs(urlsplit(start.url).query)
    assert {"state", "nonce", "code_challenge"} <= asked.keys()
    assert (asked["code_challenge_method"], asked["redirect_uri"]) == (
        ["S256"],
        [f"{settings.SITE_URL}/accounts/single-sign-on/done/"],
    )
    enter(client)
    assert "code_verifier" in requests.get(f"{single}/asked", timeout=10).json()


def test_somebody_new_without_a_group_does_not(single, client):
    for given in ([], ["others"], None):
        knows(single, groups=given)
        refused(client, enter(client), "None of your groups")
    assert not User.objects.filter(email=ADA["email"]).exists()


def test_a_confirmed_address_leads_to_the_account_that_has_it_which_hears_of_it(single, client, mailoutbox):
    account = make_account("Ada@Police.example")
    knows(single)
    enter(client)
    assert who(client) == account
    assert [mail.to for mail in mailoutbox] == [["ada@police.example"]]
    enter(Client())
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("verified", [False, None, "true", "false", 1])
def test_an_address_that_is_not_confirmed_leads_to_none(single, client, verified):
    make_account()
    knows(single, email_verified=verified)
    refused(client, enter(client), "does not say that your e-mail address is confirmed")
    assert Identity.objects.count() == 0


def test_nor_does_one_that_was_not_confirmed_here(single, client):
    account = make_account("other@police.example")
    EmailAddress.objects.create(user=account, email=ADA["email"], verified=False, primary=False)
    knows(single)
    enter(client)
    assert who(client) != account


def test_another_subject_with_the_same_address_is_refused(single, client):
    knows(single)
    enter(Client())
    knows(single, "mallory")
    refused(client, enter(client, "mallory"), "belongs to somebody else")


def test_who_is_known_keeps_the_account_under_another_address(single, client):
    knows(single)
    enter(client)
    account = who(client)
    knows(single, email="ada.moss@police.example", email_verified=False)
    again = Client()
    enter(again)
    assert who(again) == account


def test_the_same_subject_of_another_provider_is_somebody_else(single, client):
    account = make_account("other@police.example")
    Identity.objects.create(account=account, issuer="https://elsewhere.example", subject="ada")
    knows(single)
    enter(client)
    assert who(client) != account


def test_groups_that_are_gone_take_role_and_reach_away_and_end_what_was_open(single, client):
    knows(single, groups=["soc-cheshire", "soc-all"])
    enter(client)
    account = who(client)
    assert roles(account) == {Role.ANALYST.label, Role.INSPECTOR.label}
    assert reaches(account) == {"Cheshire Constabulary", "The whole country"}
    knows(single, groups=["soc-north-west"])
    again = Client()
    enter(again)
    assert roles(account) == {Role.LEAD_RESPONSIBLE_OFFICER.label}
    assert reaches(account) == {"North West"}
    assert client.get("/findings/").url.startswith(reverse("account_login"))
    assert again.get("/findings/").status_code == 200


def test_what_no_group_gives_stays_with_administrators(single, client):
    account = make_account(ADA["email"], Role.ADMINISTRATOR)
    kent = make_member(Region.objects.create(name="South East", slug="south-east"), "Kent Police")
    give_reach(account, organisation=kent, by=None, reason="Seconded.")
    knows(single, groups=[])
    enter(client)
    assert (roles(account), reaches(account)) == ({Role.ADMINISTRATOR.label}, {"Kent Police"})


def test_nothing_is_written_anew_at_a_sign_in_that_changes_nothing(single, client):
    knows(single)
    enter(client)
    account = who(client)
    version = version_of(account)
    enter(Client())
    assert version_of(account) == version
    assert client.get("/findings/").status_code == 200


@pytest.mark.parametrize(("methods", "is_enough"), [(["pwd", "mfa"], True), (["pwd"], False), (None, False)])
def test_a_second_factor_there_is_one_here(single, client, settings, methods, is_enough):
    settings.SECOND_FACTOR_REQUIRED = True
    knows(single)
    lie(single, claims={"amr": methods})
    enter(client)
    assert (client.get("/findings/").status_code == 200) == is_enough


def test_an_account_out_of_use_stays_out(single, client):
    account = make_account()
    values = {"is_active": False}
    change_account(account, values, by=None, reason="Left.", expected_version=version_of(account))
    knows(single)
    refused(client, enter(client), "out of use")


def test_it_is_the_only_way_in_for_whom_it_made_an_account(single, client, mailoutbox):
    knows(single)
    enter(client)
    assertContains(client.get(reverse("account_set_password"), follow=True), "keeps no password of yours")
    mailoutbox.clear()
    stranger = Client()
    press(stranger, stranger.get(reverse("account_reset_password")), "Reset My Password", email=ADA["email"])
    assert not any("/key/" in mail.body for mail in mailoutbox)
    assert not User.objects.get(email=ADA["email"]).has_usable_password()


def test_a_token_asks_for_it_anew(single, client, monkeypatch):
    knows(single)
    enter(client)
    assert client.get(reverse("own_token_new")).status_code == 200
    later = now().timestamp() + 6 * 60
    monkeypatch.setattr("soc_tracker.core.accounts.again.time.time", lambda: later)
    answer = client.get(reverse("own_token_new"))
    assert answer.url == f"{reverse('sso_start')}?again=yes&next=%2Faccounts%2Ftokens%2Fnew%2F"
    assert parse_qs(urlsplit(client.get(answer.url).url).query)["prompt"] == ["login"]
    monkeypatch.undo()
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    assert enter(client, again="yes", next="/accounts/tokens/new/").url == "/accounts/tokens/new/"
    assert client.get(reverse("own_token_new")).status_code == 200


def test_an_administrator_removes_the_link_of_the_wrong_person(single, client, administrator):
    knows(single)
    enter(client)
    account = who(client)
    page = administrator.get(reverse("admin:auth_user_act", args=[account.pk, "single-sign-on"]))
    press(administrator, page, "Remove it", change_reason="It was her namesake.")
    assert Identity.objects.count() == 0
    assert client.get("/findings/").url.startswith(reverse("account_login"))
    knows(single, "namesake")
    enter(client, "namesake")
    assert who(client) == account


def test_a_group_may_be_one_word(single, client):
    knows(single, groups="soc-cheshire")
    enter(client)
    assert roles(who(client)) == {Role.ANALYST.label}


def test_a_body_that_is_not_there_gives_nothing_and_the_rest_holds(single, client, settings, caplog):
    settings.OIDC_GROUPS = {"soc-cheshire": {"roles": ["analyst"], "organisations": ["nowhere", "cheshire"]}}
    knows(single)
    enter(client)
    assert reaches(who(client)) == {"Cheshire Constabulary"}
    assert "nowhere" in caplog.text

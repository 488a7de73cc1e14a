"""Signing in, with an account and by role in the demonstration."""

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from soc_tracker.core.access.roles import Role, has_role
from tests.forms import press

pytestmark = pytest.mark.django_db
DEMO = "/accounts/demo/"


@pytest.fixture
def demo(settings):
    settings.DEMO_MODE = True
    settings.ALLOWED_HOSTS = ["localhost", "soc.example.org"]
    call_command("create_demo_accounts", verbosity=0)


@pytest.fixture
def client() -> Client:
    """A browser on the machine that the site runs on."""
    return Client(SERVER_NAME="localhost")


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": ""},
        {"SERVER_NAME": "soc.example.org"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_X_FORWARDED_HOST": "localhost"},
    ],
)
def test_nobody_signs_in_without_a_password_from_elsewhere(demo, elsewhere):
    client = Client(**{"SERVER_NAME": "localhost", **elsewhere})
    assert client.post(DEMO, {"role": Role.ADMINISTRATOR.value}).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("role", Role)
def test_one_click_per_role(demo, client, role):
    page = client.get("/accounts/login/").content.decode()
    assert f'name="role" value="{role.value}"' in page
    assert f">{role.label}</button>" in page
    answer = client.post(DEMO, {"role": role.value})
    assert (answer.status_code, answer.url) == (302, reverse("home"))
    assert has_role(User.objects.get(pk=client.session["_auth_user_id"]), role)


def test_one_click_for_a_second_officer(demo, client):
    page = client.get("/accounts/login/")
    assert press(client, page, "Second lead responsible officer").url == reverse("home")
    account = User.objects.get(pk=client.session["_auth_user_id"])
    assert account.username != Role.LEAD_RESPONSIBLE_OFFICER.value
    assert has_role(account, Role.LEAD_RESPONSIBLE_OFFICER)


@pytest.mark.parametrize("method", ["get", "post"])
def test_without_demo_mode_there_is_no_such_address(client, method):
    assert getattr(client, method)(DEMO, {"role": Role.INSPECTOR.value}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_without_demo_mode_the_page_offers_no_role(client):
    page = client.get("/accounts/login/").content.decode()
    assert 'name="role"' not in page
    assert "Demonstration" not in page
    assert 'name="password"' in page


def test_unknown_role(demo, client):
    assert client.post(DEMO, {"role": "chief"}).status_code == 400
    assert client.post(DEMO).status_code == 400
    assert "_auth_user_id" not in client.session


def test_only_post_signs_in(demo, client):
    assert client.get(DEMO, {"role": Role.INSPECTOR.value}).status_code == 405


def test_a_form_of_another_site_signs_nobody_in(demo):
    client = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
    assert client.post(DEMO, {"role": Role.INSPECTOR.value}).status_code == 403


def test_missing_accounts_are_not_made_by_the_page(settings, client):
    settings.DEMO_MODE = True
    assert client.post(DEMO, {"role": Role.INSPECTOR.value}).status_code == 404
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("wanted", "leads_to"),
    [("/regions/", "/regions/"), ("https://elsewhere.example/", "/"), ("//elsewhere.example/", "/"), ("", "/")],
)
def test_leads_only_to_this_site(demo, client, wanted, leads_to):
    assert client.post(DEMO, {"role": Role.ANALYST.value, "next": wanted}).url == leads_to


def test_the_way_leads_on_to_the_page_that_was_asked_for(demo, client):
    asked = client.get("/findings/?kind=observation")
    page = client.get(asked.url).content.decode()
    assert page.count('name="next" value="/findings/?kind=observation"') == len(Role) + 4


def test_password(client, make_user):
    user = make_user(Role.ANALYST)
    user.set_password("long enough for anyone")
    user.save()
    wrong = client.post("/accounts/login/", {"login": user.username, "password": "something else"})
    page = wrong.content.decode()
    assert "There is a problem" in page
    assert "<title>Error: Sign in – SOC Tracker</title>" in page
    right = client.post("/accounts/login/", {"login": user.username, "password": "long enough for anyone"})
    assert (right.status_code, right.url) == (302, "/")


def test_signing_out(inspector):
    assert inspector.post("/accounts/logout/").url == "/accounts/login/"
    assert "_auth_user_id" not in inspector.session


def test_nobody_signs_up(client):
    page = client.get("/accounts/signup/").content.decode()
    assert "made by administrators" in page
    assert "<input" not in page.split("<main", 1)[1]


@pytest.mark.parametrize(
    "name",
    [
        "account_change_password",
        "account_email",
        "account_logout",
        "mfa_index",
        "mfa_activate_totp",
    ],
)
def test_account_pages_wear_the_dress_of_the_site(client, make_user, name):
    user = make_user(Role.INSPECTOR)
    user.set_password("long enough for anyone")
    user.save()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    if name.startswith("mfa_activate"):
        client.post("/accounts/reauthenticate/", {"password": "long enough for anyone"})
    page = client.get(reverse(name)).content.decode()
    assert 'class="soc-header"' in page
    assert '<h1 class="govuk-heading-l">' in page
    assert 'style="' not in page


@pytest.mark.parametrize("name", ["account_reset_password", "account_reset_password_done", "account_inactive"])
def test_pages_before_an_account_wear_it_too(client, name):
    page = client.get(reverse(name)).content.decode()
    assert 'class="soc-header"' in page
    assert "govuk-heading-l" in page

"""Sessions: they end in time, by hand, and with what the account may do; who has the cookie of one then signs in."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localtime, now
from pytest_django.asserts import assertContains, assertNotContains

from soc_tracker.core.access.roles import Role
from soc_tracker.core.accounts.services import (
    add_account,
    change_account,
    end_sessions,
    set_password,
    version_of,
)
from soc_tracker.core.accounts.sessions.models import Session
from soc_tracker.core.trail.models import Entry, Kind
from tests.answers import read
from tests.core.posting.browsing import Browser
from tests.forms import press

pytestmark = pytest.mark.django_db
PASSWORD, OTHER = "long enough for anyone", "another one that is long"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"
DOORS = (
    "/findings/",
    "/findings/?format=csv",
    "/disruptions/?format=xlsx",
    "/api/v1/findings/",
    "/api/schema/",
    "/admin/",
    "/accounts/",
)


@pytest.fixture
def account() -> User:
    account = add_account({"username": "jo", "email": "jo@example.org"}, [Role.ADMINISTRATOR], by=None, reason="New.")
    set_password(account, PASSWORD, by=None, reason="New.")
    return account


@pytest.fixture
def browse(account):
    def signed_in(agent: str = FIREFOX) -> Client:
        client = Client(headers={"User-Agent": agent})
        answer = press(client, client.get(reverse("account_login")), "Sign in", login="jo", password=PASSWORD)
        assert answer.status_code == 302
        return client

    return signed_in


def is_signed_in(client: Client) -> bool:
    """Whether all doors are open or, if not, all of them shut."""
    answers = [read(client.get(door)) for door in DOORS]
    shut = [
        answer.status_code in (401, 403) or (answer.status_code == 302 and "/login/" in answer.url)
        for answer in answers
    ]
    assert len(set(shut)) == 1
    return not shut[0]


def later(monkeypatch, **time: int) -> None:
    moment = now() + timedelta(**time)
    for place in ("sessions.store", "sessions.services", "sessions.models", "events"):
        monkeypatch.setattr(f"soc_tracker.core.accounts.{place}.now", lambda: moment)


def test_a_session_tells_whose_it_is_and_where_but_not_its_cookie(browse, account):
    client = browse()
    [session] = account.sessions.all()
    assert (session.name, session.address) == ("Firefox on Linux", "127.0.0.1")
    cookie = client.cookies["sessionid"].value
    assert cookie not in (session.pk, session.session_data)
    assert Session.objects.filter(pk=cookie).count() == 0
    thief = Client()
    thief.cookies["sessionid"] = session.pk
    assert not is_signed_in(thief)


@pytest.mark.parametrize(("minutes", "is_open"), [(59, True), (61, False)])
def test_a_session_that_is_not_used_ends_in_time(browse, monkeypatch, minutes, is_open):
    client = browse()
    later(monkeypatch, minutes=minutes)
    assert is_signed_in(client) == is_open


def test_a_session_ends_after_its_longest_time_however_much_it_is_used(browse, monkeypatch):
    client = browse()
    for hour in range(1, 24):
        later(monkeypatch, minutes=hour * 30)
        assert is_signed_in(client) == (hour < 24), hour
    later(monkeypatch, hours=12, minutes=1)
    assert not is_signed_in(client)


def test_a_new_password_does_not_lengthen_a_session(browse, monkeypatch, account):
    client = browse()
    begun = account.sessions.get().begun_at
    later(monkeypatch, minutes=50)
    page = client.get(reverse("account_change_password"))
    press(client, page, "Change Password", oldpassword=PASSWORD, password1=OTHER, password2=OTHER)
    assert account.sessions.get().begun_at == begun
    assert is_signed_in(client)


def test_being_used_is_written_down_once_a_minute(browse, monkeypatch, account):
    client = browse()
    for seconds, written in ((30, 0), (61, 1), (90, 0), (122, 1)):
        later(monkeypatch, seconds=seconds)
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/accounts/").status_code == 200
        assert sum('UPDATE "accounts_session"' in query["sql"] for query in captured) == written, seconds


def test_reading_does_not_wait_for_a_database_that_is_busy(browse, monkeypatch):
    def refuse(execute, sql, *rest):
        if sql.startswith("UPDATE"):
            raise OperationalError("database is locked")
        return execute(sql, *rest)

    client = browse()
    later(monkeypatch, minutes=5)
    with connection.execute_wrapper(refuse):
        assert client.get("/accounts/").status_code == 200


def test_the_owner_sees_where_the_account_is_signed_in_and_ends_one(browse, account):
    here, there = browse(), browse(EDGE)
    page = here.get(reverse("own_account"))
    assertContains(page, "Firefox on Linux")
    assertContains(page, "Edge on Windows")
    assertContains(page, "This one", count=1)
    [other] = account.sessions.filter(browser=EDGE)
    answer = press(
        here, page, f"End the session of Edge on Windows, begun on {localtime(other.begun_at):%-d %B %Y at %H:%M}"
    )
    assert answer.url == reverse("own_account")
    assert (is_signed_in(here), is_signed_in(there)) == (True, False)
    assert account.changes.first().differences == [["Session", str(other), "ended"]]


def test_the_owner_signs_out_everywhere(browse):
    here, there = browse(), browse(EDGE)
    answer = press(here, here.get(reverse("own_account")), "Sign out everywhere")
    assert answer.url == reverse("account_login")
    assertContains(here.get(answer.url), "You are signed out everywhere.")
    assert (is_signed_in(here), is_signed_in(there)) == (False, False)


def test_nobody_ends_the_session_of_another(browse, inspector):
    here = browse()
    [session] = Session.objects.filter(account__username="jo")
    inspector.post(reverse("own_sessions_end"), {"session": session.pk})
    assert is_signed_in(here)


def test_an_administrator_ends_a_session_and_says_why(browse, account, administrator):
    here, there = browse(), browse(EDGE)
    [session] = account.sessions.filter(browser=EDGE)
    page = administrator.get(reverse("admin:auth_user_act", args=[account.pk, "sessions"]))
    assertContains(page, "Firefox on Linux from 127.0.0.1")
    answer = press(administrator, page, "End them", sessions=[session.pk], change_reason="A laptop was lost.")
    assert answer.status_code == 302
    assert (is_signed_in(here), is_signed_in(there)) == (True, False)
    assert account.changes.first().reason == "A laptop was lost."
    entry = Entry.objects.filter(kind=Kind.SESSION_END).latest("pk")
    assert (entry.subject_key, entry.why) == (str(account.pk), "A laptop was lost.")


def test_what_takes_something_away_ends_the_sessions(browse, account):
    def change(values, roles=None) -> None:
        change_account(account, values, roles, by=None, reason="Left.", expected_version=version_of(account))

    acts = [
        lambda: change({}, [Role.INSPECTOR]),
        lambda: set_password(account, PASSWORD, by=None, reason="New."),
        lambda: end_sessions(account, "A reach has ended."),
        lambda: change({"is_active": False}),
    ]
    for act in acts:
        client = browse()
        act()
        assert account.sessions.count() == 0
        answer = client.get("/accounts/")
        assert answer.url == "/accounts/login/?next=/accounts/"


def test_what_gives_something_leaves_them_open(browse, account):
    client = browse()
    roles = [Role.ADMINISTRATOR, Role.INSPECTOR]
    change_account(account, {"first_name": "Jo"}, roles, by=None, reason="More.", expected_version=version_of(account))
    assert is_signed_in(client)


def test_a_form_of_an_ended_session_comes_back_with_what_was_typed(account):
    browser = Browser(Role.ANALYST)
    page = browser.get(reverse("disruptions:saved_view_new"))
    Session.objects.all().delete()
    answer = browser.press(page, "Save", name="Threats of the North")
    assert answer.url.startswith(reverse("account_login"))
    browser.sign_in(Role.ANALYST)
    assertContains(browser.get(parse_qs(urlsplit(answer.url).query)["next"][0]), "Threats of the North")


def test_sessions_that_are_over_are_deleted_when_somebody_signs_in(browse, account, monkeypatch):
    browse()
    later(monkeypatch, hours=13)
    browse(EDGE)
    assert [session.browser for session in account.sessions.all()] == [EDGE]
    assertNotContains(browse().get("/accounts/"), "another")

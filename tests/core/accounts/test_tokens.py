"""Tokens: made after the password, shown once, and never more than their owner may read at that moment."""

import re
from datetime import timedelta
from hashlib import sha256

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from pytest_django.asserts import assertContains, assertNotContains

from soc_tracker.core.access.roles import Role
from soc_tracker.core.accounts.services import add_account, change_account, end_sessions, set_password, version_of
from soc_tracker.core.accounts.tokens.models import Scope, Token
from soc_tracker.core.accounts.tokens.services import MOST, make_token
from soc_tracker.core.trail.models import Entry, Kind
from tests.answers import read
from tests.forms import errors, press

pytestmark = pytest.mark.django_db
PASSWORD = "three geese under a lamp"
PUBLISHED, RECORD, PLANS = "/api/v1/findings/", "/disruptions/?format=csv", "/api/v1/plans/"


@pytest.fixture
def account() -> User:
    account = add_account({"username": "jo", "email": "jo@example.org"}, [Role.ANALYST], by=None, reason="New.")
    set_password(account, PASSWORD, by=None, reason="New.")
    return account


@pytest.fixture
def browser(account) -> Client:
    cache.clear()
    client = Client()
    press(client, client.get(reverse("account_login")), "Sign in", login="jo", password=PASSWORD)
    return client


def make(account: User, *scopes: Scope, days: int = 30, name: str = "Workbook") -> str:
    until = localdate() + timedelta(days=days)
    return make_token(account, name, scopes or list(Scope), until, reason="For a workbook.")[1]


def program(secret: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {secret}"})


def status(secret: str, address: str = PUBLISHED) -> int:
    return read(program(secret).get(address)).status_code


def new_token(browser: Client, **changed):
    """The answer to the form, which stands behind the question for the password."""
    answer = browser.get(reverse("own_token_new"))
    if answer.status_code == 302:
        assert answer.url.startswith(reverse("account_reauthenticate"))
        answer = browser.get(press(browser, browser.get(answer.url), "Confirm", password=PASSWORD).url)
    values = {"name": "Workbook", "scopes": ["published"], "days": "30"} | changed
    return press(browser, answer, "Make the token", **values)


def test_it_is_made_after_the_password_shown_once_and_stored_hashed(browser, account, mailoutbox):
    answer = new_token(browser)
    [secret] = re.findall(r'value="(soc_[^"]+)"', answer.content.decode())
    token = account.tokens.get()
    assert token.digest == sha256(secret.encode()).hexdigest()
    assert len(secret) > len(token.hint) + 40
    assertContains(answer, "shown this once")
    assert secret not in str(Token.objects.values())
    page = browser.get(reverse("own_tokens"))
    assertContains(page, token.hint)
    assertNotContains(page, secret)
    assert status(secret) == 200
    assert "A token was made" in mailoutbox[-1].subject
    assert secret not in mailoutbox[-1].body
    assert Entry.objects.filter(kind=Kind.TOKEN, subject_key=str(token.pk)).count() == 1
    assert secret not in str(Entry.objects.values())
    assert account.changes.first().differences[0][0] == "Token"


def leave_open(browser: Client) -> None:
    """Longer than it holds that its owner has shown who they are."""
    session = browser.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 6 * 60
    session.save()


def test_an_open_session_alone_makes_none(browser, account):
    leave_open(browser)
    assert browser.get(reverse("own_token_new")).url.startswith(reverse("account_reauthenticate"))
    browser.post(reverse("own_token_new"), {"name": "Mine", "scopes": ["record"], "days": "30"})
    assert account.tokens.count() == 0


def test_a_form_that_was_open_for_long_makes_none_until_it_is_sent_again(browser, account):
    form = new_token(browser, name="")
    leave_open(browser)
    answer = press(browser, form, "Make the token", name="Mine", scopes=["record"], days="30")
    kept = browser.get(answer.url)
    assertContains(kept, "Mine")
    press(browser, browser.get(reverse("account_reauthenticate")), "Confirm", password=PASSWORD)
    assert account.tokens.count() == 0
    press(browser, kept, "Send it again")
    assert [token.name for token in account.tokens.all()] == ["Mine"]


@pytest.mark.parametrize(
    ("changed", "field"), [({"name": ""}, "name"), ({"scopes": []}, "scopes"), ({"days": "3650"}, "days")]
)
def test_what_is_missing_or_too_long_is_refused(browser, account, changed, field):
    answer = new_token(browser, **changed) if field != "days" else browser.get(reverse("own_token_new"))
    if field == "days":
        new_token(browser, name="First")
        answer = browser.post(reverse("own_token_new"), {"name": "Mine", "scopes": ["record"], **changed})
    assert field in errors(answer)
    assert not account.tokens.filter(name="Mine").exists()


def test_the_setting_bounds_how_long(browser, settings):
    settings.TOKEN_DAYS = 90
    new_token(browser)
    page = browser.get(reverse("own_token_new")).content.decode()
    assert "90 days" in page
    assert "180 days" not in page


def test_two_of_one_name_are_refused_with_what_to_do(browser, account):
    new_token(browser)
    assert "Give this one another" in str(errors(new_token(browser)))
    assert account.tokens.count() == 1


def test_there_is_a_most(browser, account):
    for number in range(MOST):
        make(account, name=f"Number {number}")
    assert f"You have {MOST} tokens" in str(errors(new_token(browser)))


def test_it_reads_what_its_scopes_say(account):
    for scope, address in ((Scope.PUBLISHED, PUBLISHED), (Scope.RECORD, RECORD), (Scope.PLANS, PLANS)):
        secret = make(account, scope, name=scope.label)
        assert [status(secret, each) == 200 for each in (PUBLISHED, RECORD, PLANS)] == [
            each == address for each in (PUBLISHED, RECORD, PLANS)
        ]
        assert status(secret, "/api/v1/") == 200
    answer = program(make(account, Scope.PUBLISHED)).get(RECORD)
    assert "may not read “The record" in answer.json()["detail"]


def test_it_opens_no_page_and_not_the_administration(make_user):
    secret = make(make_user(Role.ADMINISTRATOR))
    shut = ["/", "/findings/", "/search/?q=a", "/admin/", "/admin/auth/user/?format=csv", "/accounts/", "/reminders/"]
    shut += ["/accounts/tokens/", "/plans/new/", "/extracts/upload/?format=csv", "/compare/", "/views/new/?format=csv"]
    assert {address: status(secret, address) for address in shut} == dict.fromkeys(shut, 403)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_writes_nothing(make_user, method):
    client = program(make(make_user(Role.ADMINISTRATOR)))
    addresses = [PUBLISHED, RECORD, "/plans/new/", "/accounts/tokens/new/", "/accounts/logout/"]
    assert {getattr(client, method)(address, {"name": "x"}).status_code for address in addresses} == {403}


def test_it_does_not_lend_its_strength_to_a_session_nor_takes_one(account, administrator):
    secret = make(account, Scope.PUBLISHED)
    both = {"headers": {"Authorization": f"Bearer {secret}"}}
    assert administrator.get("/admin/", **both).status_code == 403
    assert administrator.get(RECORD, **both).status_code == 403
    assert administrator.get(PUBLISHED, headers={"Authorization": "Bearer soc_wrong"}).status_code == 401
    checked = Client(enforce_csrf_checks=True, **both)
    assert checked.post("/accounts/demo/").status_code == 403


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Bearer soc_nothing", "bearer \x7f", "Bearer ü", "Bearer a b"])
def test_a_wrong_one_is_refused_with_the_way_in(db, header):
    answer = Client(headers={"Authorization": header}).get(PUBLISHED)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert "/accounts/tokens/" in answer.json()["detail"]


def test_wrong_ones_are_slowed_and_a_right_one_is_not(account):
    secret = make(account)
    answers = [status(f"soc_wrong{number}") for number in range(31)]
    assert answers == [401] * 30 + [429]
    assert status(secret) == 200


def test_without_one_the_api_names_the_way_in(client):
    answer = client.get(PUBLISHED)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")


def test_it_ends_after_its_last_day(account, monkeypatch):
    secret = make(account, days=1)
    assert status(secret) == 200
    later = localdate() + timedelta(days=2)
    monkeypatch.setattr("soc_tracker.core.accounts.tokens.services.localdate", lambda: later)
    assert status(secret) == 401


def test_the_day_on_which_it_was_last_used_is_kept_and_told_once(account):
    secret = make(account)
    for _ in range(3):
        assert status(secret) == 200
    assert account.tokens.get().last_used_on == localdate()
    assert Entry.objects.filter(kind=Kind.TOKEN_USE).count() == 1


def test_its_owner_ends_it(browser, account):
    new_token(browser)
    secret = make(account, name="Other")
    page = browser.get(reverse("own_tokens"))
    press(browser, page, "End Other")
    assert status(secret) == 401
    assert [token.name for token in account.tokens.in_force(localdate())] == ["Workbook"]


def test_nobody_ends_that_of_another(account, inspector):
    secret = make(account)
    inspector.post(reverse("own_tokens_end"), {"token": account.tokens.get().pk})
    assert status(secret) == 200


def test_an_administrator_ends_it_and_says_why(account, administrator):
    secret = make(account)
    page = administrator.get(reverse("admin:auth_user_act", args=[account.pk, "tokens"]))
    assertNotContains(page, secret)
    token = account.tokens.get()
    answer = press(administrator, page, "End them", tokens=[str(token.pk)], change_reason="It was in an e-mail.")
    assert answer.status_code == 302
    assert status(secret) == 401
    assert account.changes.first().reason == "It was in an e-mail."


def test_it_never_reads_more_than_its_owner_may_now(account):
    def change(values, roles=None) -> None:
        change_account(account, values, roles, by=None, reason="Left.", expected_version=version_of(account))

    acts = [
        lambda: change({}, []),
        lambda: set_password(account, PASSWORD, by=None, reason="New."),
        lambda: end_sessions(account, "A reach has ended."),
        lambda: change({"is_active": False}),
    ]
    for act in acts:
        change({"is_active": True}, [Role.ANALYST])
        secret = make(account)
        assert status(secret) == 200
        act()
        assert status(secret) == 401


def test_a_role_that_is_gone_counts_at_once_even_where_the_token_was_not_ended(account):
    secret = make(account)
    account.groups.clear()
    assert status(secret) == 403
    User.objects.filter(pk=account.pk).update(is_active=False)
    assert status(secret) == 401

"""What people do on the pages of their own account, walked as they walk it."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains

from soc_tracker.core.access.roles import Role
from soc_tracker.core.accounts.services import add_account, set_password
from tests.forms import errors, press

pytestmark = pytest.mark.django_db
PASSWORD, OTHER = "long enough for anyone", "another one that is long"
OLD, NEW = "jo@example.org", "jo@elsewhere.example"


@pytest.fixture
def account() -> User:
    account = add_account({"username": "jo", "email": OLD}, [Role.ANALYST], by=None, reason="Made by a command.")
    set_password(account, PASSWORD, by=None, reason="Made by a command.")
    return account


@pytest.fixture
def browser(account) -> Client:
    cache.clear()
    client = Client()
    page = client.get(reverse("account_login"))
    assert press(client, page, "Sign in", login="jo", password=PASSWORD).status_code == 302
    return client


def ask(browser: Client):
    """Ask for the new address; the page that asks for the password."""
    answer = press(browser, browser.get(reverse("account_email")), "action_add", email=NEW)
    assert answer.url.startswith(reverse("account_reauthenticate"))
    return browser.get(answer.url)


def asked(browser: Client) -> None:
    press(browser, ask(browser), "Confirm", password=PASSWORD)


def reset(email: str) -> None:
    client = Client()
    press(client, client.get(reverse("account_reset_password")), "Reset My Password", email=email)


def links(mails, to: str) -> list[str]:
    return [link for mail in mails if mail.to == [to] for link in re.findall(r"https?://\S+", mail.body)]


def told(account: User) -> list[list[str]]:
    return [difference for change in account.changes.order_by("version") for difference in change.differences]


def test_a_new_address_asks_for_the_password_even_in_an_open_session(browser, account):
    page = ask(browser)
    assertContains(page, "password")
    assert not EmailAddress.objects.filter(email=NEW).exists()
    press(browser, page, "Confirm", password="not the password")
    assert not EmailAddress.objects.filter(email=NEW).exists()


def test_until_it_is_confirmed_it_resets_no_password(browser, account, mailoutbox):
    asked(browser)
    address = EmailAddress.objects.get(email=NEW)
    assert (address.verified, address.primary) == (False, False)
    mailoutbox.clear()
    reset(NEW)
    assert [link for link in links(mailoutbox, NEW) if "/key/" in link] == []
    account.refresh_from_db()
    assert account.email == OLD


def test_the_old_address_hears_of_it_before_it_changes(browser, account, mailoutbox):
    asked(browser)
    [notice] = [mail for mail in mailoutbox if mail.to == [OLD]]
    assert NEW in notice.body
    assert "waits to be confirmed" in notice.subject


def test_once_confirmed_it_takes_the_place_of_the_old_one_which_hears_of_it(browser, account, mailoutbox):
    asked(browser)
    [link] = [link for link in links(mailoutbox, NEW) if "/confirm-email/" in link]
    mailoutbox.clear()
    page = browser.get(link, follow=True)
    press(browser, page, "Confirm")
    account.refresh_from_db()
    assert account.email == NEW
    assert [address.email for address in EmailAddress.objects.filter(user=account)] == [NEW]
    assert [mail.to for mail in mailoutbox] == [[OLD]]
    assert NEW in mailoutbox[0].body
    assert told(account)[-2:] == [
        ["E-mail address that waits to be confirmed", "none", NEW],
        ["E-mail address", OLD, NEW],
    ]
    mailoutbox.clear()
    reset(OLD)
    assert [link for link in links(mailoutbox, OLD) if "/key/" in link] == []
    reset(NEW)
    assert [link for link in links(mailoutbox, NEW) if "/key/" in link]


def test_the_address_of_another_account_is_refused(browser):
    add_account({"username": "kim", "email": NEW}, by=None, reason="Made by a command.")
    answer = press(browser, browser.get(reverse("account_email")), "action_add", email=NEW)
    assert "Another account has this e-mail address." in str(errors(answer))


def test_a_forgotten_password_is_set_by_link_and_told(account, mailoutbox):
    cache.clear()
    reset(OLD)
    client = Client()
    [link] = [link for link in links(mailoutbox, OLD) if "/key/" in link]
    press(client, client.get(link, follow=True), "action", password1=OTHER, password2=OTHER)
    account.refresh_from_db()
    assert account.check_password(OTHER)
    assert told(account)[-1] == ["Password", "set", "set anew"]
    assert account.changes.first().reason == "By its owner, with the link that was sent."
    assert mailoutbox[-1].to == [OLD]
    assert len(mailoutbox) == 2


def test_a_changed_password_is_kept_and_told(browser, account, mailoutbox):
    page = browser.get(reverse("account_change_password"))
    press(browser, page, "Change Password", oldpassword=PASSWORD, password1=OTHER, password2=OTHER)
    change = account.changes.first()
    assert (change.by, change.differences) == (account, [["Password", "set", "set anew"]])
    assert [mail.to for mail in mailoutbox] == [[OLD]]


def test_a_second_factor_is_kept_and_told(browser, account, mailoutbox, monkeypatch):
    monkeypatch.setattr("allauth.mfa.totp.internal.flows.transaction.on_commit", lambda act, **options: act())
    answer = browser.get(reverse("mfa_activate_totp"))
    page = press(browser, browser.get(answer.url), "Confirm", password=PASSWORD)
    page = browser.get(page.url)
    secret = browser.session["mfa.totp.secret"]
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    press(browser, page, "Activate", code=code)
    assert Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists()
    page = browser.get(reverse("mfa_deactivate_totp"))
    press(browser, page, "Deactivate")
    factors = [difference for difference in told(account) if difference[0] == "Second factor"]
    assert any(before == "none" for _, before, _ in factors)
    assert any(after == "none" for _, _, after in factors)
    assert secret not in str(told(account))
    assert {mail.to[0] for mail in mailoutbox} == {OLD}


def test_an_account_without_a_password_is_told_whom_to_ask(inspector, make_user):
    page = inspector.get(reverse("account_email"))
    answer = press(inspector, page, "action_add", email=NEW)
    assert "has no password" in str(errors(answer))
    assert "Ask an administrator" in str(errors(answer))
    assert not EmailAddress.objects.exists()


def test_the_address_that_a_command_gives_counts_as_confirmed(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", "--noinput", username="root", email="Root@example.org", verbosity=0)
    address = EmailAddress.objects.get(user__username="root")
    assert (address.email, address.verified, address.primary) == ("root@example.org", True, True)

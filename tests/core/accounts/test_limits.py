"""Guessing is slowed, and nobody else is kept out."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains

from soc_tracker.core.access.roles import Role
from soc_tracker.core.accounts.services import add_account, set_password
from soc_tracker.core.limits import services
from soc_tracker.core.trail.models import Entry, Kind
from tests.forms import press

pytestmark = pytest.mark.django_db
PASSWORD = "lantern-gravel-otter-hymn"
OURS, THEIRS = "192.0.2.7", "198.51.100.9"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    class Clock:
        now = 1_700_000_000.0

        def time(self) -> float:
            return self.now

    clock = Clock()
    monkeypatch.setattr(services, "time", clock)
    return clock


def make(name: str) -> User:
    account = add_account({"username": name, "email": f"{name}@example.org"}, [Role.ANALYST], by=None, reason="New.")
    set_password(account, PASSWORD, by=None, reason="New.")
    return account


@pytest.fixture
def jo() -> User:
    return make("jo")


def sign_in(name: str, password: str, address: str = OURS, client: Client | None = None):
    client = client or Client(REMOTE_ADDR=address)
    return press(client, client.get(reverse("account_login")), "Sign in", login=name, password=password)


def guess(name: str, times: int, address: str = THEIRS) -> list[int]:
    return [sign_in(name, f"guess {number}", address).status_code for number in range(times)]


def test_guessing_one_account_is_slowed_to_one_a_minute(jo, clock):
    assert guess("jo", 8) == [200] * 5 + [429] * 3
    clock.now += 60
    assert guess("jo", 3) == [200, 429, 429]


def test_the_page_says_how_long_and_which_other_ways_there_are(jo):
    guess("jo", 5)
    answer = sign_in("jo", PASSWORD, THEIRS)
    assertContains(answer, "60 seconds", status_code=429)
    assertContains(answer, "a link to set a new password", status_code=429)
    assert answer["Retry-After"] == "60"


def test_its_owner_signs_in_from_another_network_meanwhile(jo):
    guess("jo", 30)
    assert sign_in("jo", PASSWORD).status_code == 302


def test_by_address_or_name_in_any_spelling_it_is_one_account(jo):
    names = ["jo", "JO", "jo@example.org", "Jo@Example.org", "jo "]
    assert [sign_in(name, "guess", THEIRS).status_code for name in names] == [200] * 5
    assert [sign_in(name, "guess", THEIRS).status_code for name in names] == [429] * 5


def test_an_account_that_does_not_exist_is_slowed_alike(jo):
    assert guess("nobody", 7) == guess("jo", 7, "203.0.113.5")


def test_guessing_many_accounts_from_one_network_slows_that_network_and_no_other(clock):
    names = [f"officer-{number}" for number in range(40)]
    for name in (*names[-3:], "jo"):
        make(name)
    assert [sign_in(name, "guess", THEIRS).status_code for name in names[:35]] == [200] * 30 + [429] * 5
    assert sign_in("officer-39", PASSWORD, THEIRS).status_code == 429
    assert sign_in("officer-39", PASSWORD, OURS).status_code == 302
    clock.now += 10
    assert sign_in("officer-38", PASSWORD, THEIRS).status_code == 302


def test_guessing_one_account_from_many_networks_is_slowed_and_its_owner_still_gets_in(jo):
    own = Client(REMOTE_ADDR=OURS)
    assert sign_in("jo", PASSWORD, client=own).status_code == 302
    press(own, own.get(reverse("account_change_password")), "Sign out")
    answers = [sign_in("jo", "guess", f"203.0.113.{number}").status_code for number in range(40)]
    assert answers == [200] * 20 + [429] * 20
    assert sign_in("jo", PASSWORD, "203.0.113.77").status_code == 429
    assert sign_in("jo", PASSWORD, client=own).status_code == 302, "In a browser that the account knows."


def test_a_browser_known_to_one_account_is_strange_to_another(jo):
    make("kim")
    own = Client(REMOTE_ADDR=THEIRS)
    sign_in("kim", PASSWORD, client=own)
    press(own, own.get(reverse("account_change_password")), "Sign out")
    guess("jo", 5)
    assert sign_in("jo", PASSWORD, client=own).status_code == 429


def test_guessing_in_a_known_browser_is_slowed_too(jo):
    own = Client(REMOTE_ADDR=OURS)
    sign_in("jo", PASSWORD, client=own)
    press(own, own.get(reverse("account_change_password")), "Sign out")
    assert [sign_in("jo", "guess", client=own).status_code for _ in range(12)] == [200] * 10 + [429] * 2


def test_a_cookie_made_up_by_somebody_makes_no_known_browser(jo):
    forger = Client(REMOTE_ADDR=THEIRS)
    forger.cookies["known_browser"] = "eyIxIjoiMSJ9:1tXYZ:abc"
    assert [sign_in("jo", "guess", client=forger).status_code for _ in range(7)] == [200] * 5 + [429] * 2


def test_who_sets_a_new_password_by_link_is_let_in_at_once(jo, mailoutbox):
    for number in range(25):
        sign_in("jo", "guess", f"203.0.113.{number}")
    own = Client(REMOTE_ADDR=OURS)
    press(own, own.get(reverse("account_reset_password")), "Reset My Password", email="jo@example.org")
    [link] = re.findall(r"https?://\S+/key/\S+", mailoutbox[0].body)
    press(own, own.get(link, follow=True), "action", password1=PASSWORD + "-2", password2=PASSWORD + "-2")
    assert sign_in("jo", PASSWORD + "-2", client=own).status_code == 302


def test_what_is_right_counts_nothing(jo):
    assert {sign_in("jo", PASSWORD).status_code for _ in range(40)} == {302}


def test_the_address_that_a_client_makes_up_is_not_believed(jo):
    client = Client(REMOTE_ADDR=THEIRS)
    page = client.get(reverse("account_login"))
    answers = []
    for number in range(7):
        headers = {"HTTP_X_FORWARDED_FOR": f"203.0.113.{number}"}
        form = {"login": "jo", "password": "guess"}
        answers.append(client.post(page.request["PATH_INFO"], form, **headers).status_code)
    assert answers == [200] * 5 + [429] * 2


def test_links_to_one_address_are_few_and_say_nothing_of_whether_it_is_known(jo, mailoutbox):
    def asked(email: str) -> list[int]:
        client = Client(REMOTE_ADDR=f"203.0.113.{len(email)}")
        page = client.get(reverse("account_reset_password"))
        return [press(client, page, "Reset My Password", email=email).status_code for _ in range(5)]

    assert asked("jo@example.org") == asked("nobody@example.org") == [302, 302, 302, 429, 429]
    assert len([mail for mail in mailoutbox if mail.to == ["jo@example.org"]]) == 3


def test_an_open_session_does_not_guess_the_password(jo):
    client = Client(REMOTE_ADDR=OURS)
    sign_in("jo", PASSWORD, client=client)
    page = client.get(reverse("account_reauthenticate"))
    answers = [press(client, page, "Confirm", password=f"guess {number}").status_code for number in range(7)]
    assert answers == [200] * 5 + [429] * 2


def test_the_trail_hears_of_it_once(jo):
    guess("jo", 12)
    entry = Entry.objects.get(kind=Kind.LOCK_OUT.value)
    assert (entry.subject_key, entry.address, entry.details["page"]) == (str(jo.pk), THEIRS, "account_login")


def test_an_address_that_nobody_has_confirmed_names_no_account(jo):
    EmailAddress.objects.create(user=jo, email="free@example.net", verified=False)
    guess("jo", 5)
    assert guess("free@example.net", 3) == [200, 200, 200]

"""What somebody tries who wants to enter: guessing, a stolen cookie, an open session left alone, a demonstration."""

import re
from time import monotonic

import pytest

from soc_tracker.core.accounts.limits import NETWORK
from tests.deployment.accounts import PASSWORD, VICTIMS
from tests.deployment.visitor import Visitor
from tests.processes import output

pytestmark = pytest.mark.both_databases
ATTACKERS = ("198.51.100.1", "198.51.100.2")
OFFICE = "203.0.113.50"
STOLEN, TAKEN, FIRST, SECOND, *OTHERS = VICTIMS


def guess(visitor, account, times):
    """The statuses of so many wrong passwords, one after the other."""
    return [visitor.sign_in(account, f"wrong password {number}").status for number in range(times)]


def test_one_account_is_guessed_slowly_and_its_owner_signs_in_at_once(site):
    owner = site.visitor(address=OFFICE)
    assert owner.sign_in(FIRST, PASSWORD).status == 302
    owner.cookies = {name: value for name, value in owner.cookies.items() if name != "__Host-sessionid"}
    for address in ATTACKERS:
        statuses = guess(site.visitor(address=address), FIRST, 12)
        assert set(statuses[:5]) <= {200, 400, 429}
        assert statuses[-1] == 429, statuses
    refused = site.visitor(address=ATTACKERS[0]).sign_in(FIRST, PASSWORD)
    assert refused.status == 429, "The right password is not tried either."
    assert int(refused.headers["Retry-After"]) > 0
    assert owner.sign_in(FIRST, PASSWORD).status == 302
    assert owner.is_signed_in()
    assert site.visitor(address="203.0.113.60").sign_in(SECOND, PASSWORD).status == 302


def test_many_accounts_are_guessed_slowly_and_others_sign_in_at_once(site):
    """One password for each of many names, which no limit of an account sees: that of a network does."""
    for address in ("198.51.100.11", "198.51.100.12"):
        begun, tried = monotonic(), 0
        while (status := site.visitor(address=address).sign_in(f"someone{tried}", "Password-2026!").status) == 200:
            tried += 1
            # However slow the machine is: so many at once, and one more each so many seconds.
            assert tried <= NETWORK.burst + (monotonic() - begun) / NETWORK.seconds + 1
        assert status == 429
    assert site.visitor(address="203.0.113.61").sign_in(OTHERS[0], PASSWORD).status == 302


def test_what_the_client_says_of_its_address_counts_for_nothing(site):
    """The proxy appends the true address; what stands before it was sent by the client."""
    statuses = [
        site.visitor(address=f"10.0.0.{number}, 198.51.100.21").sign_in(OTHERS[1], "wrong password").status
        for number in range(12)
    ]
    assert statuses[-1] == 429, statuses


def test_a_stolen_session_ends_where_its_owner_ends_it(site):
    owner = site.visitor(STOLEN, address=OFFICE)
    thief = Visitor(site.port, ATTACKERS[0], dict(owner.cookies))
    assert thief.get("/disruptions/").status == 200
    assert owner.send("/accounts/", "sessions/end", session="everywhere").status == 302
    for path in ("/disruptions/", "/disruptions/?format=csv"):
        answer = thief.get(path)
        assert (answer.status, "/accounts/login/" in answer.leads_to) == (302, True)
    assert thief.get("/api/v1/disruptions/").status == 401
    assert not owner.is_signed_in()


def test_a_stolen_session_takes_no_account_over(site):
    """Somebody else's address, added without the password, once was enough to become its owner."""
    owner, mine = site.visitor(TAKEN, address=OFFICE), "me@elsewhere.example"
    thief = Visitor(site.port, ATTACKERS[1], dict(owner.cookies))
    step = thief.send("/accounts/email/", "email", email=mine, action_add="")
    assert "/accounts/reauthenticate/" in step.leads_to, "A new address asks for the password."
    assert thief.send(step.leads_to, "reauthenticate", password="not the password").status == 200
    step = thief.get("/accounts/2fa/totp/activate/")
    assert "/accounts/reauthenticate/" in step.leads_to, "A second factor asks for the password."
    step = thief.send(
        "/accounts/password/change/", "change", oldpassword="not it", password1=PASSWORD + "!", password2=PASSWORD + "!"
    )
    assert step.status in (200, 400)
    assert site.letters(mine) == [], "No link goes to an address that was asked for without the password."
    site.visitor(address=ATTACKERS[1]).send("/accounts/password/reset/", email=mine)
    assert [letter for letter in site.letters(mine) if re.search(r"/password/reset/key/", letter)] == []
    assert site.visitor(address=ATTACKERS[1]).sign_in(mine, PASSWORD).status in (200, 400)
    assert owner.is_signed_in()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"DEMO_MODE": "1"}, "DEMO_MODE lets anyone sign in as any role"),
        ({"DEMO_MODE": "1", "DEBUG": "1"}, "DEMO_MODE lets anyone sign in as any role"),
        ({"DEBUG": "1"}, "DEBUG shows code and settings"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is not usable"),
        ({"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}, "EMAIL_BACKEND"),
    ],
    ids=lambda each: "" if isinstance(each, str) else " ".join(f"{name}={value}" for name, value in each.items()),
)
def test_a_server_that_would_let_strangers_in_does_not_start(site, wrong, words):
    said = output(site.environment | wrong, "manage.py", "serve", "--port", 1, status=1)
    assert "ImproperlyConfigured" in said
    assert words in said
    assert site.environment["SECRET_KEY"] not in said


def test_nobody_signs_in_as_a_role_without_a_password(site):
    visitor = site.visitor()
    visitor.get("/accounts/login/")
    assert visitor.post("/accounts/demo/", role="administrator").status in (403, 404)
    assert "demo" not in visitor.get("/accounts/login/").text

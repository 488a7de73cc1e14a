"""Passkeys in a browser whose device is played by the browser itself: added, signed in with, removed."""

import re
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from soc_tracker.core.access.roles import Role
from soc_tracker.core.accounts.services import add_account, set_password
from tests.browser.conftest import VIEWPORTS
from tests.browser.test_every_page import listen, objections, overflow

pytestmark = pytest.mark.usefixtures("undone")
PASSWORD = "lantern-gravel-otter-hymn"
INTERNAL = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
SECURITY_KEY = INTERNAL | {
    "transport": "usb",
    "hasResidentKey": False,
    "hasUserVerification": False,
    "isUserVerified": False,
}


@pytest.fixture
def here(site: str) -> str:
    """The site by its name: a browser gives no passkey to a bare address."""
    return site.replace("127.0.0.1", "localhost")


@pytest.fixture
def jo(site: str) -> User:
    account = add_account({"username": "jo", "email": "jo@example.org"}, [Role.ANALYST], by=None, reason="New.")
    set_password(account, PASSWORD, by=None, reason="New.")
    return account


@pytest.fixture
def keys(page: Page) -> Iterator[object]:
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    yield devices
    devices.detach()


def plug_in(keys, options: dict) -> str:
    return keys.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def sign_in(page: Page, here: str) -> None:
    page.goto(f"{here}/accounts/login/")
    page.get_by_label("Username or e-mail address").fill("jo")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def add(page: Page, here: str, name: str, *, alone: bool) -> None:
    page.goto(f"{here}/accounts/2fa/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("Sign in with it alone").set_checked(alone)
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")


@pytest.mark.parametrize("size", VIEWPORTS)
def test_a_passkey_is_added_signs_in_alone_and_is_removed(page, keys, here, jo, size):
    page.set_viewport_size(VIEWPORTS[size])
    complaints = listen(page)
    plug_in(keys, INTERNAL)
    sign_in(page, here)
    add(page, here, "Work telephone", alone=True)
    page.screenshot(path=f"tests/browser/output/recovery-codes-{size}.png", full_page=True)
    assert (overflow(page), objections(page)) == ([], [])
    assert Authenticator.objects.get(type="webauthn").user == jo

    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{here}/accounts/login/?next=/accounts/2fa/")
    page.screenshot(path=f"tests/browser/output/passkey-sign-in-{size}.png", full_page=True)
    assert (overflow(page), objections(page)) == ([], [])
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Second factors")
    expect(page.locator("main")).to_contain_text("Work telephone")
    page.screenshot(path=f"tests/browser/output/second-factors-{size}.png", full_page=True)
    assert (overflow(page), objections(page)) == ([], [])

    page.get_by_role("link", name="Manage passkeys").click()
    expect(page.locator("main")).to_contain_text("Enough to sign in.")
    page.screenshot(path=f"tests/browser/output/passkeys-{size}.png", full_page=True)
    assert (overflow(page), objections(page)) == ([], [])
    page.get_by_role("link", name="Remove Work telephone").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("button", name="Remove the passkey").click()
    expect(page.locator("main")).to_contain_text("None yet")
    assert not Authenticator.objects.exists()
    assert complaints == []


def test_a_security_key_is_shown_after_the_password(page, keys, here, jo):
    plug_in(keys, SECURITY_KEY)
    sign_in(page, here)
    add(page, here, "Key", alone=False)
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, here)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your second factor")
    page.screenshot(path="tests/browser/output/second-factor.png", full_page=True)
    assert objections(page) == []
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(re.compile(r"//[^/]+/$"))


def test_a_passkey_confirms_in_an_open_session(page, keys, here, jo):
    plug_in(keys, INTERNAL)
    sign_in(page, here)
    add(page, here, "Key", alone=True)
    page.goto(f"{here}/accounts/2fa/webauthn/reauthenticate/?next=/accounts/2fa/")
    page.screenshot(path="tests/browser/output/passkey-again.png", full_page=True)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Second factors")


def test_a_device_that_refuses_is_said_beside_the_button(page, keys, here, jo):
    refusing = plug_in(keys, INTERNAL)
    keys.send("WebAuthn.setUserVerified", {"authenticatorId": refusing, "isUserVerified": False})
    page.goto(f"{here}/accounts/login/")
    expect(page.get_by_text("The passkey could not be used")).to_be_hidden()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("The passkey could not be used")

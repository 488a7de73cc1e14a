"""The first sign-in of an administrator, from the link to the first page: password, second factor, home."""

import base64
import hmac
import re
import struct
import time
from types import SimpleNamespace

import pytest
from allauth.mfa.totp.internal import auth
from django.contrib.auth.models import User
from django.test import override_settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from soc_tracker.core.access.roles import Role
from soc_tracker.core.accounts.invitations.services import invite
from soc_tracker.core.accounts.services import add_account
from tests.browser.conftest import VIEWPORTS
from tests.browser.test_every_page import listen, objections, overflow

pytestmark = pytest.mark.usefixtures("undone")
PASSWORD = "lantern-gravel-otter-hymn"


@pytest.fixture
def link(site: str) -> str:
    account = add_account({"username": "ada", "email": "ada@example.org"}, [Role.ADMINISTRATOR], by=None, reason="New.")
    _, link = invite(account, by=None, reason="New.")
    return site + re.sub(r"^https?://[^/]+", "", link)


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> float:
    """At which codes are shown and checked: one holds for half a minute, and might end while it is typed."""
    now = time.time()
    monkeypatch.setattr(auth, "time", SimpleNamespace(time=lambda: now))
    return now


def code_of(secret: str, moment: float) -> str:
    """The six digits that an authenticator app shows at a moment (RFC 6238)."""
    key = base64.b32decode(secret)
    digest = hmac.digest(key, struct.pack(">Q", int(moment) // 30), "sha1")
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def look(page: Page, name: str) -> None:
    page.screenshot(path=f"tests/browser/output/{name}.png", full_page=True)
    assert (overflow(page), objections(page)) == ([], []), name


@pytest.mark.parametrize("size", VIEWPORTS)
def test_from_the_link_to_the_first_page(page: Page, site: str, link: str, moment: float, size: str) -> None:
    page.set_viewport_size(VIEWPORTS[size])
    complaints = listen(page)
    heading = page.get_by_role("heading", level=1)
    with override_settings(SECOND_FACTOR_REQUIRED=True):
        page.goto(link)
        look(page, f"first-password-{size}")
        page.get_by_label("Password", exact=True).fill("administrator1")
        page.get_by_label("The same once more").fill("administrator1")
        page.get_by_role("button", name="Set the password").click()
        expect(page.locator("main")).to_contain_text("guessed too soon")
        look(page, f"first-password-refused-{size}")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_label("The same once more").fill(PASSWORD)
        page.get_by_role("button", name="Set the password").click()
        page.get_by_label("Username or e-mail address").fill("ada")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()

        expect(heading).to_have_text("Second factors")
        expect(page.locator("main")).to_contain_text("needs a second factor before it opens anything else")
        look(page, f"second-factor-needed-{size}")
        page.goto(site + reverse("admin:index"))
        expect(heading).to_have_text("Second factors")
        page.get_by_role("link", name="Set up an app").click()
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Confirm").click()
        look(page, f"authenticator-app-{size}")
        secret = page.locator("#authenticator_secret").input_value()
        page.locator("main input[name=code]").fill(code_of(secret, moment))
        page.get_by_role("button", name="Activate").click()
        expect(heading).to_have_text("Recovery codes")
        page.get_by_role("link", name="Go on to SOC Tracker").click()
        expect(page).to_have_url(f"{site}/")
        page.goto(link)
        expect(heading).to_have_text("This link opens nothing any more")
        look(page, f"invitation-gone-{size}")
    assert User.objects.get(username="ada").check_password(PASSWORD)
    assert [line for line in complaints if "410" not in line and "400" not in line] == []


def test_too_many_attempts(page: Page, site: str) -> None:
    for _ in range(6):
        page.goto(f"{site}/accounts/login/")
        page.get_by_label("Username or e-mail address").fill("nobody")
        page.get_by_label("Password").fill("a guess of somebody")
        page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Too many attempts")
    look(page, "too-many-attempts")

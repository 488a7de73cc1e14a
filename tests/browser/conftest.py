"""A real Chromium, and the site as production serves it: compressed static files under hashed names, strict CSP.

Needs `make assets` first. Playwright's loop and pytest-django do not mix with
other tests, so this folder runs in a pytest process of its own.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.test.testcases import LiveServerThread
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import BrowserContext, Locator, Page, expect
from pytest_django import DjangoDbBlocker

from soc_tracker import settings as real
from soc_tracker.core.access.roles import Role
from soc_tracker.core.accounts.sessions.store import SessionStore
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account
from tests import chromium
from tests.pages import PAGES

# Playwright keeps an event loop running in the thread in which the tests read the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
pytest_plugins = ["pytest_playwright.pytest_playwright"]
expect.set_options(timeout=20_000)  # a busy machine is no failure
PARTS = 4
VIEWPORTS = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let one process run all tests of a file, but share out the pages of the sweep, which take as long as all others.

    They are taken in PARTS, and its lists, which share their rows, in one more.
    """
    for item in items:
        part = ""
        if item.path.stem == "test_every_page":
            page = getattr(getattr(item, "callspec", None), "params", {}).get("page")
            part = "lists" if item.cls else PAGES.index(page) % PARTS if page else ""
        item.add_marker(pytest.mark.xdist_group(f"{item.path.stem}{part}"))


@pytest.fixture(scope="session")
def database(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """The reference data and an account for each role, for all tests, in a file that the server's threads may share."""
    file = tmp_path_factory.mktemp("database") / "browser.sqlite3"
    connection.settings_dict["TEST"]["NAME"] = str(file)
    with django_db_blocker.unblock():
        before = setup_databases(verbosity=0, interactive=False)
        call_command("load_reference", verbosity=0)
        for role in Role:
            demo_account(role)
        yield
        teardown_databases(before, verbosity=0)


@pytest.fixture(scope="session")
def site(database: None) -> Iterator[str]:
    """The address of the site."""
    if not Path(real.STATIC_ROOT, "staticfiles.json").exists():
        pytest.exit("Build the static files first: make assets", returncode=1)
    with override_settings(STORAGES=real.STORAGES, WHITENOISE_AUTOREFRESH=False):
        server = LiveServerThread("127.0.0.1", static_handler=lambda application: application)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        yield f"http://127.0.0.1:{server.port}"
        server.terminate()


@pytest.fixture(scope="session")
def base_url(site: str) -> str:
    return site


@pytest.fixture(scope="session", autouse=True)
def clicks_wait_for_their_page() -> Iterator[None]:
    """A click ends once the page that it leads to has loaded, and its scripts have run.

    Playwright's own ends when the first of that page has come. What a test then counts, measures or reads once, and a
    key that it presses, would on a busy machine meet half of a page, whose scripts listen to nothing yet.
    """
    click = Locator.click

    def to_the_end(self: Locator, **options: Any) -> None:
        click(self, **options)
        if not options.get("no_wait_after"):
            self.page.wait_for_load_state()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Locator, "click", to_the_end)
        yield


@contextmanager
def put_back() -> Iterator[None]:
    """Put the database back, afterwards, to what it is now."""
    connection.ensure_connection()
    with sqlite3.connect(":memory:") as copy:
        connection.connection.backup(copy)
        yield
        copy.backup(connection.connection)


@pytest.fixture
def undone(site: str) -> Iterator[None]:
    """For a test that writes."""
    with put_back():
        yield


@pytest.fixture(scope="module")
def all_undone(site: str) -> Iterator[None]:
    """For a module whose tests share what they write."""
    with put_back():
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    return browser_type_launch_args | {"executable_path": chromium.executable(), "args": chromium.FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    return browser_context_args | {
        "viewport": VIEWPORTS["desktop"],
        "locale": "en-GB",
        "timezone_id": "Europe/London",
        "reduced_motion": "reduce",
    }


@pytest.fixture
def sign_in_as(context: BrowserContext, site: str) -> Callable[[Role], Page]:
    """Open a page that is signed in with a role."""
    return lambda role: signed_in(context, site, role)


@pytest.fixture
def sign_in_without_scripts_as(new_context: Callable[..., BrowserContext], site: str) -> Callable[[Role], Page]:
    """The same, in a browser that runs no scripts."""
    return lambda role: signed_in(new_context(java_script_enabled=False), site, role)


def signed_in(context: BrowserContext, site: str, account: Role | User) -> Page:
    """A new page of a browser in which, from now on, somebody is signed in, or the account of a role."""
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session_of(account), "url": site}])
    return context.new_page()


def session_of(account: Role | User) -> str:
    """The key of a new session in which somebody is signed in, or the account of a role."""
    client = Client()
    client.force_login(
        demo_account(account) if isinstance(account, Role) else account,
        backend="django.contrib.auth.backends.ModelBackend",
    )
    assert isinstance(client.session, SessionStore)
    return client.session.session_key

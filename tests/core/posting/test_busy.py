"""A busy database is no fault: people are told so, wherever it shows, and what they typed stays in the page."""

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection
from django.urls import reverse

from soc_tracker.core.access.roles import Role
from soc_tracker.core.accounts.sessions.store import SessionStore
from tests.core.posting.browsing import Browser

pytestmark = pytest.mark.django_db
LOCKED = "database is locked"


@pytest.fixture
def locked(monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError(LOCKED)

    return refuse


def assert_busy(answer):
    assert answer.status_code == 503
    assert answer["Retry-After"] == "10"


def test_signing_in_says_that_the_site_is_busy_and_keeps_the_name(monkeypatch, locked):
    User.objects.create_user("ann", password="a long enough password")
    browser = Browser()
    page = browser.get(reverse("account_login"))
    browser.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr(SessionStore, "save", locked)
        answer = browser.press(page, "Sign in", login="ann", password="a long enough password")
    assert_busy(answer)
    words = answer.content.decode()
    assert "The site is busy" in words
    assert "ann" in words
    assert "a long enough password" not in words


def test_a_page_whose_session_cannot_be_kept(monkeypatch, locked):
    browser = Browser(Role.ANALYST)
    browser.raise_request_exception = False
    monkeypatch.setattr("soc_tracker.core.access.permissions.AccessMiddleware.process_view", locked)
    answer = browser.get(reverse("home"))
    assert_busy(answer)


def test_another_fault_is_a_fault(monkeypatch):
    def broken(*args, **kwargs):
        raise OperationalError("disk I/O error")

    browser = Browser(Role.ANALYST)
    browser.raise_request_exception = False
    monkeypatch.setattr("soc_tracker.core.access.permissions.AccessMiddleware.process_view", broken)
    assert browser.get(reverse("home")).status_code == 500


def test_the_api_answers_in_json(locked):
    browser = Browser(Role.ANALYST)

    def refuse(execute, sql, *rest):
        if "disruptions_disruption" in sql:
            raise OperationalError(LOCKED)
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse):
        answer = browser.get("/api/v1/disruptions/")
    assert_busy(answer)
    assert answer.json() == {"detail": "The database is busy. Nothing has been saved. Try again in ten seconds."}

"""Security events are lines of the log under stable names; no secret gets into it or onto the trail."""

import logging

import pytest
import structlog
from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from plans4p.reminders.services import new_calendar_key
from soc_tracker.core.access.roles import Role
from soc_tracker.core.trail.censoring import CENSORED, censor_text
from soc_tracker.core.trail.models import Entry, Kind
from soc_tracker.core.trail.services import record_event

pytestmark = pytest.mark.django_db
SECRET = "Tr0ub4dor-and-3-words-more"
TOKEN = "soc_AbCdEfGh_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"


@pytest.fixture
def lines(caplog):
    """What the console would show, line by line."""
    formatter_settings = {
        name: value for name, value in settings.LOGGING["formatters"]["key_value"].items() if name != "()"
    }
    formatter = structlog.stdlib.ProcessorFormatter(**formatter_settings)
    caplog.set_level(logging.DEBUG)
    return lambda: [formatter.format(record) for record in caplog.records]


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind.security])
def test_every_security_event_is_a_line(kind, lines, make_user, django_capture_on_commit_callbacks):
    user = make_user(Role.ANALYST)
    with django_capture_on_commit_callbacks(execute=True):
        entry = record_event(kind, by=user, subject=user, rows=3)
    (line,) = [line for line in lines() if "logger='security'" in line]
    assert f"event='{kind.value}'" in line
    assert f"entry={entry.pk}" in line
    assert f"who_key='{user.pk}'" in line
    assert "level='info'" in line


def test_it_is_written_whatever_the_least_severity_is():
    assert settings.LOGGING["loggers"]["security"]["level"] == "INFO"


def test_a_page_that_is_refused_is_a_line_and_no_entry(lines, sign_in):
    auditor, pages = sign_in(Role.AUDITOR), [reverse("directory"), reverse("api:plan-list")]
    before = Entry.objects.count()
    assert [auditor.get(page).status_code for page in pages] == [403, 403]
    refused = [line for line in lines() if "event='access_refusal'" in line]
    assert all(f"page='{page}'" in line for page, line in zip(pages, refused, strict=True))
    assert Entry.objects.count() == before


def test_an_ordinary_write_is_on_the_trail_alone(lines, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        record_event(Kind.CHANGE, subject="a plan")
    assert not [line for line in lines() if "logger='security'" in line]


@pytest.mark.parametrize("kind", Kind)
def test_a_planted_secret_gets_nowhere(kind, lines, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        record_event(
            kind,
            subject=f"https://sam:{SECRET}@example.org/calendar/{SECRET}.ics",
            before={"password": SECRET, "calendar_key": SECRET, "token": TOKEN},
            after={"note": f"it is {TOKEN}", "nested": [{"client_secret": SECRET}]},
            why=f"Authorization: Bearer {SECRET}",
            page=f"/accounts/password/reset/key/{SECRET}/?code={SECRET}",
            headers={"Cookie": f"sessionid={SECRET}", "Authorization": SECRET},
        )
    log = structlog.get_logger("any")
    log.warning("asked", request=f"GET /calendar/{SECRET}.ics", cookie=SECRET, headers={"Authorization": SECRET})
    logging.getLogger("django.request").warning("Not found: %s", f"/accounts/password/reset/key/{SECRET}/")
    everything = f"{list(Entry.objects.values())} {lines()}"
    assert SECRET not in everything
    assert TOKEN not in everything
    assert CENSORED in everything


def test_a_calendar_with_its_key(make_user, lines, client):
    user = make_user(Role.INSPECTOR)
    key = str(new_calendar_key(user, localdate()).calendar_key)
    client.get(reverse("plans4p:calendar", args=[key]))
    assert key not in f"{list(Entry.objects.values())} {lines()}"


@pytest.mark.parametrize(
    "text", ["Signed the plan", "4P-00123", "/plans/4P-1/", "key=", "West Midlands: SCPO 12/34", "Basic plan"]
)
def test_plain_words_stay(text):
    assert censor_text(text) == text

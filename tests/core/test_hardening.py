"""What every answer says beside its page, and whose eyes the files on disk are for."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import RequestFactory

from soc_tracker.core.hardening import GuardedAnswers, check_private_places

ROOT = Path(__file__).resolve().parents[2]


def through(path="/", cookies=None, **headers):
    request = RequestFactory().get(path)
    request.COOKIES.update(cookies or {})
    return GuardedAnswers(lambda request: HttpResponse(headers=headers))(request)


@pytest.mark.parametrize("said", [{}, {"Cache-Control": "private"}, {"Cache-Control": "max-age=600"}])
def test_no_answer_is_kept(said):
    assert through(**said)["Cache-Control"] == "no-store, private"


def test_what_is_public_is_kept_by_those_who_have_no_session(settings):
    public = {"Cache-Control": "public, max-age=600"}
    assert through(**public)["Cache-Control"] == "public, max-age=600"
    signed_in = through(cookies={settings.SESSION_COOKIE_NAME: "a"}, **public)
    assert signed_in["Cache-Control"] == "no-store, private"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/extracts/upload/", 403),
        ("/no/such/page/", 404),
        ("/findings/?format=csv", 200),
        ("/findings/?format=xlsx", 200),
        ("/findings/?topic=%00", 200),
        ("/?q=" + "a" * 20_000, 400),
        ("/api/v1/regions/", 200),
        ("/accounts/2fa/", 200),
    ],
)
def test_every_kind_of_answer_has_the_headers(inspector, path, status):
    answer = inspector.get(path)
    answer.close()  # a workbook is a file
    assert answer.status_code == status
    assert answer["Cache-Control"] == "no-store, private"
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["Cross-Origin-Opener-Policy"] == answer["Referrer-Policy"] == "same-origin"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"


def test_nobody_loosens_the_policy():
    """A view could, by a decorator of django-csp."""
    apps = ("soc_tracker", "forces", "inspections", "disruptions", "plans4p")
    texts = {path: path.read_text() for app in apps for path in (ROOT / app).rglob("*.py")}
    assert [path for path, text in texts.items() if "csp.decorators" in text or "_csp_" in text] == []


# Files.


@pytest.fixture
def places(settings, monkeypatch, tmp_path):
    """The database and folders of a deployment, closed."""
    database = tmp_path / "site.sqlite3"
    database.touch(0o600)
    settings.DEVELOPMENT = False
    deployed = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(database)}
    monkeypatch.setitem(connections.settings, "default", deployed)
    settings.MEDIA_ROOT, settings.TRAIL_DIGESTS = tmp_path / "uploads", tmp_path / "digests"
    settings.CACHES = {"default": {"LOCATION": tmp_path / "cache"}}
    for folder in (settings.MEDIA_ROOT, settings.TRAIL_DIGESTS, tmp_path / "cache"):
        folder.mkdir(0o700)
    return tmp_path


def test_closed_places_are_in_order_and_so_are_those_that_are_not_there_yet(places):
    (places / "uploads").rmdir()
    assert check_private_places() == []


@pytest.mark.parametrize(
    ("name", "mode", "wanted"),
    [
        ("site.sqlite3", 0o644, "600"),
        ("site.sqlite3-wal", 0o660, "600"),
        ("site.sqlite3-shm", 0o604, "600"),
        ("uploads", 0o755, "700"),
        ("cache", 0o750, "700"),
        ("digests", 0o701, "700"),
    ],
)
def test_an_open_place_is_named_with_what_closes_it(places, name, mode, wanted):
    place = places / name
    place.touch()
    place.chmod(mode)
    (error,) = check_private_places()
    assert f"its mode is {mode:o}" in error.msg
    assert error.hint == f"Close it: chmod {wanted} {place}"


def test_a_developers_machine_is_left_alone(places, settings):
    settings.DEVELOPMENT = True
    (places / "site.sqlite3").chmod(0o666)
    assert check_private_places() == []


def test_what_a_command_writes_is_for_its_owner(tmp_path):
    database = tmp_path / "site.sqlite3"
    environment = os.environ | {"DEBUG": "1", "DATABASE_URL": f"sqlite:///{database}"}
    command = [sys.executable, "manage.py", "migrate", "-v", "0"]
    subprocess.run(["/bin/sh", "-c", 'umask 000; exec "$@"', "sh", *command], cwd=ROOT, env=environment, check=True)
    assert stat.S_IMODE(database.stat().st_mode) == 0o600

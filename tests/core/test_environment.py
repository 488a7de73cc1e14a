"""A setting that is missing or unusable says what it is for."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from soc_tracker.core.environment import flag, origin, read, words


def test_an_unset_variable_takes_its_default(monkeypatch):
    monkeypatch.delenv("COLOUR", raising=False)
    assert read("COLOUR", str, default="blue", purpose="the colour") == "blue"


def test_a_needed_variable_says_what_it_is_for(monkeypatch):
    monkeypatch.delenv("COLOUR", raising=False)
    with pytest.raises(ImproperlyConfigured, match=r"COLOUR: the colour of the door\. See \.env\.example"):
        read("COLOUR", str, purpose="the colour of the door")


def test_an_unusable_value_says_what_was_expected(monkeypatch):
    monkeypatch.setenv("OPEN", "perhaps")
    with pytest.raises(ImproperlyConfigured, match=r"OPEN='perhaps'.*expected one of.*whether the door is open"):
        read("OPEN", flag, purpose="whether the door is open")


@pytest.mark.parametrize(("raw", "value"), [("1", True), ("YES", True), (" on ", True), ("0", False), ("no", False)])
def test_flags(raw, value):
    assert flag(raw) is value


@pytest.mark.parametrize("raw", ["https://soc.example.org", " https://soc.example.org/ "])
def test_the_beginning_of_addresses_has_no_slash_at_its_end(raw):
    assert origin(raw) == "https://soc.example.org"


@pytest.mark.parametrize("raw", ["soc.example.org", "ftp://soc.example.org", "https://", "https://soc.example.org/a"])
def test_what_no_address_begins_with(raw):
    with pytest.raises(ValueError, match="expected http:// or https://"):
        origin(raw)


def test_words_are_cut_at_commas():
    assert words("a.example, b.example,,") == ["a.example", "b.example"]


SETTINGS = [sys.executable, "-c", "import soc_tracker.settings"]
HERE = {"DEMO_MODE": "1", "DEBUG": "1"}
SECRET = "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMN"
KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
DEPLOYED = {"SECRET_KEY": SECRET, "ENCRYPTION_KEYS": KEY, "ALLOWED_HOSTS": "soc.example.org", "BEHIND_TLS_PROXY": "1"}


def start(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    clean = {"PATH": os.environ["PATH"], "PYTHONPATH": "."}
    return subprocess.run(SETTINGS, env=clean | environment, capture_output=True, text=True)


@pytest.mark.parametrize("environment", [HERE, HERE | {"ALLOWED_HOSTS": "localhost"}, {"DEBUG": "1"}, DEPLOYED])
def test_a_site_starts_here_or_as_it_is_deployed(environment):
    assert start(environment).returncode == 0, start(environment).stderr


@pytest.mark.parametrize(
    ("environment", "why"),
    [
        ({"DEMO_MODE": "1", "SECRET_KEY": SECRET}, "DEBUG is not set"),
        ({"DEMO_MODE": "1", "DEBUG": "0", "SECRET_KEY": SECRET}, "DEBUG is not set"),
        (DEPLOYED | {"DEMO_MODE": "1"}, "DEMO_MODE lets anyone sign in"),
        (DEPLOYED | HERE, "DEMO_MODE lets anyone sign in"),
        (HERE | {"BEHIND_TLS_PROXY": "1"}, "reach this site through a proxy"),
        (HERE | {"ALLOWED_HOSTS": "localhost,soc.example.org"}, "ALLOWED_HOSTS names soc.example.org"),
        (HERE | {"ALLOWED_HOSTS": ".example.org"}, "ALLOWED_HOSTS names .example.org"),
        (DEPLOYED | {"DEBUG": "1"}, "DEBUG shows code"),
        ({"DEBUG": "1", "ALLOWED_HOSTS": "192.0.2.7"}, "DEBUG shows code"),
        (HERE | {"ALLOWED_HOSTS": "*"}, "never *"),
        (DEPLOYED | {"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS='*' is not usable"),
        (DEPLOYED | {"ALLOWED_HOSTS": "soc.example.org,*"}, "never *"),
        (DEPLOYED | {"SECRET_KEY": SECRET[:49]}, "expected at least 50 characters, of which 10 differ"),
        (DEPLOYED | {"SECRET_KEY": "abc" * 30}, "of which 3 differ"),
        (DEPLOYED | {"SECRET_KEY": "django-insecure-" + SECRET}, "SECRET_KEY is not usable"),
        (DEPLOYED | {"SECRET_KEY": ""}, "Set the environment variable SECRET_KEY"),
        (DEPLOYED | {"ENCRYPTION_KEYS": ""}, "Set the environment variable ENCRYPTION_KEYS"),
        (DEPLOYED | {"ENCRYPTION_KEYS": f"{KEY},c2hvcnQ="}, "key 2 is not 32 bytes"),
        (DEPLOYED | {"ENCRYPTION_KEYS": "é"}, "key 1 is not 32 bytes"),
        (DEPLOYED | {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}, "it sends nothing"),
        (DEPLOYED | {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}, "it sends nothing"),
    ],
)
def test_no_server_starts_with_settings_that_let_strangers_in(environment, why):
    attempt = start(environment)
    assert attempt.returncode != 0
    assert why in attempt.stderr
    assert "ImproperlyConfigured" in attempt.stderr


def test_what_is_said_of_a_secret_does_not_repeat_it():
    assert "abcabc" not in start(DEPLOYED | {"SECRET_KEY": "abc" * 30}).stderr


def test_an_sqlite_file_beyond_its_size_needs_a_word(tmp_path):
    file = tmp_path / "site.sqlite3"
    with file.open("wb") as large:
        large.truncate(5_100_000_000)  # of which the disk holds nothing
    deployed = DEPLOYED | {"DATABASE_URL": f"sqlite:///{file}"}
    attempt = start(deployed)
    assert attempt.returncode != 0
    assert "holds 5.1 GB, more than SQLITE_GIGABYTES=4" in attempt.stderr
    assert "SQLITE_GIGABYTES=6 or more" in attempt.stderr
    assert start(deployed | {"SQLITE_GIGABYTES": "6"}).returncode == 0

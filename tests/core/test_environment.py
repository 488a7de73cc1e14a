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


@pytest.mark.parametrize(
    ("environment", "why"),
    [
        (HERE, ""),
        (HERE | {"ALLOWED_HOSTS": "localhost"}, ""),
        ({"DEMO_MODE": "0", "SECRET_KEY": "long", "ALLOWED_HOSTS": "soc.example.org"}, ""),
        ({"DEMO_MODE": "1", "SECRET_KEY": "long"}, "DEBUG is not set"),
        ({"DEMO_MODE": "1", "DEBUG": "0", "SECRET_KEY": "long"}, "DEBUG is not set"),
        (HERE | {"ALLOWED_HOSTS": "localhost,soc.example.org"}, "ALLOWED_HOSTS names soc.example.org"),
        (HERE | {"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS names *"),
        (HERE | {"ALLOWED_HOSTS": ".example.org"}, "ALLOWED_HOSTS names .example.org"),
    ],
)
def test_no_server_starts_where_strangers_could_sign_in_without_a_password(environment, why):
    clean = {"PATH": os.environ["PATH"], "PYTHONPATH": "."}
    start = subprocess.run(SETTINGS, env=clean | environment, capture_output=True, text=True)
    assert (start.returncode != 0) == bool(why), start.stderr
    assert why in start.stderr
    assert not why or "ImproperlyConfigured" in start.stderr

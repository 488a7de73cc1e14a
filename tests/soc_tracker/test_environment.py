"""A setting that is missing or unusable says what it is for."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from soc_tracker.environment import flag, origin, read, words


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

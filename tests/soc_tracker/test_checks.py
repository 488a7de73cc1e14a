"""Sign-in without a password never reaches strangers."""

import pytest

from soc_tracker.checks import demo_mode_stays_at_home


@pytest.fixture(autouse=True)
def demo(settings):
    settings.DEMO_MODE = settings.DEVELOPMENT = True
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]


def test_a_demonstration_on_this_machine_is_fine():
    assert demo_mode_stays_at_home(None) == []


def test_a_demonstration_outside_development_is_refused(settings):
    settings.DEVELOPMENT = False
    assert [error.id for error in demo_mode_stays_at_home(None)] == ["soc_tracker.E001"]


def test_a_demonstration_under_another_host_name_is_refused(settings):
    settings.ALLOWED_HOSTS = ["localhost", "soc.example.org"]
    assert "soc.example.org" in demo_mode_stays_at_home(None)[0].msg


def test_without_demonstration_there_is_nothing_to_refuse(settings):
    settings.DEMO_MODE, settings.DEVELOPMENT = False, False
    assert demo_mode_stays_at_home(None) == []

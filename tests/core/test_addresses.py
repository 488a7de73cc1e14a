"""From where a request comes: straight, or by so many proxies as the settings trust."""

import pytest
from django.core.checks import run_checks
from django.http import HttpResponse
from django.test import RequestFactory

from soc_tracker.core.requests import ClientAddresses

PROXY, CLIENT = "10.0.0.1", "198.51.100.9"


def address(forwarded: str | None, sender: str = PROXY) -> str:
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    request = RequestFactory().get("/", REMOTE_ADDR=sender, **headers)
    ClientAddresses(lambda request: HttpResponse())(request)
    return request.META["REMOTE_ADDR"]


@pytest.mark.parametrize("forwarded", [None, CLIENT, "127.0.0.1"])
def test_no_proxy_is_trusted_unless_the_settings_count_it(forwarded):
    assert address(forwarded) == PROXY


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (1, CLIENT, CLIENT),
        (1, f"127.0.0.1, {CLIENT}", CLIENT),
        (1, f"made up, ::1,{CLIENT}", CLIENT),
        (2, f"{CLIENT}, 10.0.0.2", CLIENT),
        (2, f"127.0.0.1, {CLIENT}, 10.0.0.2", CLIENT),
        (1, f"{CLIENT}:4711", CLIENT),
        (1, "2001:db8::7", "2001:db8::7"),
        (1, "[2001:db8::7]:4711", "2001:db8::7"),
        (1, "[2001:db8::7]", "2001:db8::7"),
        (1, None, PROXY),
        (2, CLIENT, PROXY),
        (1, "unknown", PROXY),
        (1, "", PROXY),
    ],
)
def test_the_address_is_counted_from_the_right(settings, proxies, forwarded, expected):
    settings.TRUSTED_PROXY_COUNT = proxies
    assert address(forwarded) == expected


@pytest.mark.django_db
def test_every_line_of_the_log_names_it(client, settings, monkeypatch):
    seen = []
    monkeypatch.setattr("structlog.contextvars.bind_contextvars", lambda **names: seen.append(names.get("ip")))
    settings.TRUSTED_PROXY_COUNT = 1
    client.get("/accounts/login/", HTTP_X_FORWARDED_FOR=f"127.0.0.1, {CLIENT}")
    assert CLIENT in seen
    assert "127.0.0.1" not in seen


@pytest.mark.parametrize(("behind", "proxies", "warned"), [(True, 0, True), (True, 1, False), (False, 0, False)])
def test_a_deployment_behind_a_proxy_counts_it(settings, behind, proxies, warned):
    settings.BEHIND_TLS_PROXY, settings.TRUSTED_PROXY_COUNT = behind, proxies
    found = [check.id for check in run_checks(tags=["security"], include_deployment_checks=True)]
    assert ("soc_tracker.W001" in found) == warned

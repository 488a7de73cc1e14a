"""What is believed of a provider, and what of its settings is taken at the start."""

import os
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
import requests
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains

from soc_tracker.core.accounts.single_sign_on.groups import check_groups
from soc_tracker.core.accounts.single_sign_on.models import Identity
from soc_tracker.core.environment import groups, issuer
from tests.core.accounts.single_sign_on.signing_on import (
    comes_back,
    enter,
    knows,
    lie,
    refused,
)

pytestmark = pytest.mark.django_db
NOT_BELIEVED = "was not the answer to this attempt"


@pytest.mark.parametrize(
    "lies",
    [
        {"claims": {"nonce": "another"}},
        {"claims": {"nonce": None}},
        {"claims": {"aud": "another"}},
        {"claims": {"aud": ["another"], "azp": "soc-tracker"}},
        {"claims": {"aud": None}},
        {"claims": {"iss": "https://elsewhere.example"}},
        {"claims": {"iss": None}},
        {"claims": {"exp": 1}},
        {"claims": {"iat": 4102444800}},
        {"claims": {"sub": ""}},
        {"claims": {"sub": None}},
        {"other_key": True},
        {"alg": "none"},
        {"userinfo": {"sub": "mallory", "email": "root@police.example"}, "claims": {"email": None}},
    ],
    ids=str,
)
def test_an_answer_that_is_not_signed_for_this_attempt_is_not_believed(single, client, lies):
    knows(single)
    lie(single, **lies)
    refused(client, enter(client), NOT_BELIEVED)
    assert Identity.objects.count() == 0


def test_a_state_of_nobody_or_of_another_browser_is_refused(single, client):
    knows(single)
    refused(client, client.get(reverse("sso_done"), {"code": "a", "state": "b"}), NOT_BELIEVED)
    refused(client, client.get(reverse("sso_done")), NOT_BELIEVED)
    back = comes_back(Client())  # of the browser of somebody who would have others sign in as themselves
    refused(client, client.get(back), NOT_BELIEVED)
    client.get(reverse("sso_start"))
    refused(client, client.get(back), NOT_BELIEVED)


def test_an_answer_is_taken_once(single, client):
    knows(single)
    back = comes_back(client)
    assert client.get(back).status_code == 302
    client.post(reverse("account_logout"))
    refused(client, client.get(back), NOT_BELIEVED)


def test_a_refusal_there_is_told_here(single, client):
    start = client.get(reverse("sso_start"))
    answer = requests.post(start.url, data={"action": "deny"}, allow_redirects=False, timeout=10)
    refused(client, client.get("?".join(urlsplit(answer.headers["Location"])[2:4])), NOT_BELIEVED)


def test_a_provider_that_calls_itself_otherwise_is_not_followed(single, client):
    lie(single, issuer="https://elsewhere.example")
    assertContains(client.get(reverse("sso_start")), "cannot be reached", status_code=503)


def test_a_provider_that_is_away_is_told(single, client, settings):
    settings.OIDC_ISSUER = "http://127.0.0.1:9"
    assertContains(client.get(reverse("sso_start")), "cannot be reached", status_code=503)


@pytest.mark.parametrize("wrong", ["idp.example", "http://idp.example", "https://", "https://idp.example/?a=b"])
def test_only_https_is_taken_for_a_provider(wrong):
    with pytest.raises(ValueError, match="https://"):
        issuer(wrong)
    assert issuer("https://idp.example/realms/police") == "https://idp.example/realms/police"


@pytest.mark.parametrize("wrong", ["a", "[]", '{"a": []}', '{"a": {"role": ["analyst"]}}', '{"a": {"roles": "x"}}'])
def test_groups_are_read_as_they_are_meant_or_not_at_all(wrong):
    with pytest.raises(ValueError, match=r"JSON|expected"):
        groups(wrong)
    assert groups('{"a": {"roles": ["analyst"], "national": true}}')["a"]["national"]


def test_a_role_that_does_not_exist_is_found_at_the_start(settings):
    settings.OIDC_GROUPS = {"a": {"roles": ["chief"]}}
    [error] = check_groups(None)
    assert "'chief'" in error.msg


def test_an_issuer_needs_a_client(monkeypatch):
    code = "import soc_tracker.settings"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PATH": os.environ["PATH"], "DEBUG": "1", "OIDC_ISSUER": "https://idp.example"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert f"{ImproperlyConfigured.__name__}: Set the environment variable OIDC_CLIENT_ID" in done.stderr

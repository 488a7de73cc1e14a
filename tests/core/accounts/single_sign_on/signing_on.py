"""What tests of single sign-on do with the provider, and what they read of who has come in."""

from urllib.parse import urlsplit

import requests
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from pytest_django.asserts import assertContains

from soc_tracker.core.access.roles import Role
from soc_tracker.core.accounts.services import add_account
from soc_tracker.core.trail.models import Entry, Kind

GROUPS = {
    "soc-cheshire": {"roles": ["analyst"], "organisations": ["cheshire"]},
    "soc-north-west": {"roles": ["lead-responsible-officer"], "regions": ["north-west"]},
    "soc-all": {"roles": ["inspector"], "national": True},
}
ADA = {"email": "ada@police.example", "email_verified": True, "given_name": "Ada", "family_name": "Lowe"}


def lie(server: str, **lies: object) -> None:
    requests.put(f"{server}/lies", json=lies, timeout=10)


def knows(server: str, subject: str = "ada", **claims: object) -> None:
    """Have the provider know somebody."""
    known = {"groups": ["soc-cheshire"]} | ADA | claims
    body = {name: value for name, value in known.items() if value is not None}
    assert requests.put(f"{server}/users/{subject}", json=body, timeout=10).status_code == 204


def comes_back(client: Client, subject: str = "ada", **params: str) -> str:
    """The address to which the provider sends somebody back who signs in there."""
    start = client.get(reverse("sso_start"), params)
    assert start.status_code == 302
    answer = requests.post(start.url, data={"sub": subject}, allow_redirects=False, timeout=10)
    assert answer.status_code == 302
    parts = urlsplit(answer.headers["Location"])
    return f"{parts.path}?{parts.query}"


def enter(client: Client, subject: str = "ada", **params: str):
    return client.get(comes_back(client, subject, **params))


def who(client: Client) -> User | None:
    key = client.session.get("_auth_user_id")
    return User.objects.get(pk=key) if key else None


def refused(client: Client, answer, words: str) -> None:
    assertContains(answer, words, status_code=403)
    assert who(client) is None
    assert Entry.objects.filter(kind=Kind.SIGN_IN_REFUSAL).latest("pk").why.find(words) >= 0


def roles(account: User) -> set[str]:
    return set(account.groups.values_list("name", flat=True))


def reaches(account: User) -> set[str]:
    return {str(reach) for reach in account.reaches.in_force(localdate())}


def make_account(email: str = "ada@police.example", *given: Role) -> User:
    return add_account({"username": "ada.lowe", "email": email}, given, by=None, reason="New.")

"""Every address of the site and of the API, asked by those who do not reach a body: nothing of it is in any answer."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, reverse

from disruptions.extracts.models import Upload
from forces.models import Organisation
from soc_tracker.core.access.roles import Role
from tests.architecture.urls import routes
from tests.pages import DOWNLOADS, PAGES
from tests.reach.planted import OTHER, OWN, WORD, Planted, account, client_of, plant, plant_own

pytestmark = pytest.mark.django_db
READERS = [role for role in Role if role != Role.ADMINISTRATOR]
QUERIES = (f"q={WORD}", "format=csv", "format=xlsx", "by=organisation&by=activity_month", "as_at=2022-12-31")
"""What an address is asked besides, where it takes that."""
NOT_SWEPT = ("admin:", "account_logout", "demo_")
"""Addresses that only administrators enter, who see everything, or that end the session of the sweep."""


@pytest.fixture
def planted(reference) -> Planted:
    plant_own()
    return plant()


def kwargs_of(planted: Planted, own: bool) -> dict[str, list[Any]]:
    """What an address may hold, by the name of its part: of the other body, or of nobody."""
    return {
        "reference": [planted.threat.reference, planted.disruption.reference],
        "slug": [OTHER, "south-east"],
        "pk": [planted.extract.pk],
        "code": [planted.citation.code],
        "token": [upload.token for upload in Upload.objects.all()[:1]],
        "report": ["shares", "quarters", "lead-disruptions"],
        "what": ["threats", "disruptions", "officers"],
        "kind": ["aim", "findings"],
    }


def addresses(planted: Planted) -> Iterator[str]:
    """Of every route of the site, with all that its parts may be of the other body."""
    values = kwargs_of(planted, own=False)
    for name, pattern in routes():
        if name.startswith(NOT_SWEPT) or (":" not in name and name.startswith("without")):
            continue
        yield from of_pattern(name, pattern, values)
    yield from (page.url for page in (*PAGES, *DOWNLOADS))


def of_pattern(name: str, pattern: URLPattern, values: dict[str, list[Any]]) -> Iterator[str]:
    parts = list(pattern.pattern.converters)
    for chosen in product(*(values.get(part, []) for part in parts)):
        try:
            yield reverse(name, kwargs=dict(zip(parts, chosen, strict=True)) | dict(pattern.default_args))
        except NoReverseMatch:
            continue


def answers(client: Client, planted: Planted) -> Iterator[tuple[str, Any]]:
    """Of every address; of those that answer, also to what they may be asked besides."""
    for address in dict.fromkeys(addresses(planted)):
        answer = client.get(address)
        yield address, answer
        if answer.status_code == 200 and "?" not in address:
            for query in QUERIES:
                yield f"{address}?{query}", client.get(f"{address}?{query}")


def texts_of(answer: Any) -> str:
    """All that an answer says, unpacked."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(content)) as book:
            content = b" ".join(book.read(each) for each in book.namelist())
    return content.decode("utf-8", "replace").lower()


@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("whose", ["of another body", "of nobody"])
def test_nothing_of_an_unseen_body_is_in_any_answer(role, whose, planted):
    reach = {"organisation": Organisation.objects.get(slug=OWN)} if whose == "of another body" else {}
    client = client_of(account(role, **reach))
    found, broken = {}, {}
    for url, answer in answers(client, planted):
        if answer.status_code >= 500:
            broken[url] = repr(answer.exc_info[1]) if answer.exc_info else answer.status_code
        elif marks := [mark for mark in planted.marks if mark in without_echo(texts_of(answer), url)]:
            found[url] = (answer.status_code, marks)
    assert (broken, found) == ({}, {})


def without_echo(text: str, url: str) -> str:
    """Without what the reader has typed into the address."""
    for part in url.replace("?", "/").replace("=", "/").replace("&", "/").split("/"):
        if part:
            text = text.replace(part.lower(), "")
    return text

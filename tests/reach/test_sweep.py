"""Every address of the site and of the API, asked by those who do not reach a body: nothing of it is in any answer."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, reverse
from pypdf import PdfReader

from disruptions.citations.models import Citation
from disruptions.extracts.models import Extract, Upload
from disruptions.record.models import Disruption
from disruptions.threats.models import Threat
from forces.models import Organisation
from soc_tracker.core.access.roles import Role
from tests.architecture.urls import routes
from tests.disruptions.extracts.uploading import bad_file, checked
from tests.pages import DOWNLOADS, PAGES
from tests.reach.planted import OTHER, OWN, WORD, Planted, account, client_of, plant, plant_own

pytestmark = pytest.mark.django_db
READERS = (Role.INSPECTOR, Role.ANALYST, Role.LEAD_RESPONSIBLE_OFFICER)
"""Administrators see everything, and auditors what the trail says, which is theirs to read, and nothing else."""
QUERIES = (
    f"q={WORD}",
    "format=csv",
    "format=xlsx",
    "by=organisation&by=activity_month",
    "as_at=2022-12-31",
    "known=2023-01-04",
)
"""What an address is asked besides by one of the readers, where it takes that."""
NOT_SWEPT = ("admin:", "account_logout", "demo_")
"""Addresses that only administrators enter, who see everything, or that end the session of the sweep."""


@pytest.fixture
def planted(reference) -> Planted:
    plant_own()
    return plant()


def kwargs_of(planted: Planted) -> dict[str, list[Any]]:
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
    values = kwargs_of(planted)
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


def answers(client: Client, planted: Planted, queries: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Of every address; of those that answer, also to what they may be asked besides."""
    for address in dict.fromkeys(addresses(planted)):
        answer = client.get(address)
        yield address, answer
        if answer.status_code == 200 and "?" not in address:
            for query in queries:
                yield f"{address}?{query}", client.get(f"{address}?{query}")


def texts_of(answer: Any) -> str:
    """All that an answer says, unpacked."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:4] == b"%PDF":
        return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).lower()
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
    queries = QUERIES if (role, whose) == (Role.ANALYST, "of another body") else ()
    for url, answer in answers(client, planted, queries):
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


SECRETS = re.compile(r'(csrfmiddlewaretoken|form_token|nonce)[^>]{0,40}"[^"]{16,}"|"[A-Za-z0-9:_-]{40,}"')


def pairs(planted: Planted) -> Iterator[tuple[str, str]]:
    """Addresses of what the other body has, each beside one of the same form that leads nowhere."""
    upload = checked(bad_file())
    there = {
        "reference": [planted.threat.reference, planted.disruption.reference],
        "pk": [planted.extract.pk],
        "code": [planted.citation.code],
        "token": [upload.token],
    }
    nowhere = {"reference": ["OCG-8888888", "DIS-8888888"], "pk": [888_888], "code": ["88888888"], "token": [uuid4()]}
    for name, pattern in routes():
        parts = pattern.pattern.converters
        if name.startswith(("disruptions:", "api:", "plans4p:threat")) and set(parts) and set(parts) <= set(there):
            yield from zip(of_pattern(name, pattern, there), of_pattern(name, pattern, nowhere), strict=True)


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_not_seen_is_the_same_404_as_what_is_not_there(method, planted):
    client = client_of(account(Role.ANALYST, organisation=Organisation.objects.get(slug=OWN)))
    compared = list(pairs(planted))
    assert len(compared) > 20
    unlike = {}
    for there, nowhere in compared:
        form = {"do": "withdraw", "reason": "x"} if method == "post" else {}
        first, second = (getattr(client, method)(url, form) for url in (there, nowhere))
        texts = [plain(answer, url) for answer, url in ((first, there), (second, nowhere))]
        is_refused = first.status_code in (404, 403, 405)
        if (first.status_code, texts[0]) != (second.status_code, texts[1]) or not is_refused:
            unlike[there] = (first.status_code, second.status_code, *differing(*texts))
    assert unlike == {}


def differing(*texts: str) -> list[str]:
    """The first words by which two answers part."""
    for one, other in zip(*(text.split() for text in texts), strict=False):
        if one != other:
            return [one, other]
    return []


def plain(answer: Any, url: str) -> str:
    """What an answer says, without its address and what is new each time."""
    text = texts_of(answer).replace(url.lower(), "")
    for part in filter(lambda part: len(part) > 4, url.strip("/").lower().split("/")):
        text = text.replace(part, "")
    return SECRETS.sub("", text)


def test_nothing_is_written_to_an_unseen_body(planted):
    """Whatever is posted to its addresses, its rows, states and histories stay as they are."""
    client = client_of(account(Role.ANALYST, organisation=Organisation.objects.get(slug=OWN)))
    addresses_there = [there for there, _ in pairs(planted)]
    before = stored()
    for there in addresses_there:
        for what in ("correct", "withdraw", "reinstate"):
            form = {"do": what, f"{what}-on": "2023-04-01", f"{what}-reason": "x", f"{what}-expected_version": "2"}
            client.post(there, form | {"reason": "x", "expected_version": "1"})
    assert stored() == before


def stored() -> list[Any]:
    models: tuple[Any, ...] = (Disruption, Threat, Extract, Citation, Upload)
    return [list(model.objects.order_by("pk").values()) for model in models]

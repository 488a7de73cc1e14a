"""Whatever the reaches: what each account reads of its bodies adds up to the whole, and holds nothing of the others."""

import csv
from collections import Counter
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from disruptions.choices import FourP, Size
from forces.models import Organisation
from soc_tracker.core.access.roles import Role
from soc_tracker.core.accounts.services import give_reach
from tests.makers import make_author, make_disruption, make_organisation, make_threat
from tests.reach.planted import account, client_of

pytestmark = pytest.mark.django_db
NAMES = ("Cheshire Constabulary", "Cumbria Constabulary", "Kent Police", "Essex Police")
ROWS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(list(FourP)), st.sampled_from(list(Size)), st.integers(0, 3)),
    min_size=1,
    max_size=9,  # so many are suggested at a time
)
GROUPS = st.lists(st.integers(0, 2), min_size=4, max_size=4)
"""For each body, which of three accounts reaches it."""
COUNTED_BY = ("organisation", "four_p", "size", "threat_type", "activity_year", "activity_month")
FACETS = ("four_p", "size", "organisation", "threat_type", "year", "involvement")


@pytest.fixture
def bodies(db) -> list[Organisation]:
    return [make_organisation(name) for name in NAMES]


def client(username: str, bodies: list[Organisation] | None) -> Client:
    """Of somebody who reaches the bodies; of None, the whole country."""
    user = account(Role.ANALYST, username, **({"is_national": True} if bodies is None else {}))
    for body in bodies or ():
        give_reach(user, by=make_author(), reason="Works there.", organisation=body)
    return client_of(type(user).objects.get(pk=user.pk))


def rows_of(client: Client, url: str) -> Counter[tuple[str, ...]]:
    """The rows of a file, without its head."""
    answer = client.get(url)
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content) if answer.streaming else answer.content
    rows = [tuple(row) for row in csv.reader(StringIO(text.decode("utf-8-sig"))) if len(row) > 2]
    return Counter(rows[1:])


def facts_of(client: Client) -> dict[str, Counter[Any]]:
    """All that adds up: rows of files and of the API, counts, facets and what is suggested."""
    facts = {
        "disruptions": rows_of(client, "/disruptions/?format=csv"),
        "threats": Counter(row[0] for row in rows_of(client, "/threats/?format=csv")),
        "suggestions": Counter(
            reference for reference, _ in client.get("/lookups/disruptions/?x=DIS-").context["options"]
        ),
        "total": Counter({"": client.get("/api/v1/disruptions/").json()["count"]}),
        "in the API": Counter(row["reference"] for row in client.get("/api/v1/disruptions/").json()["results"]),
    }
    for name in COUNTED_BY:
        answer = client.get("/api/v1/measures/", {"by": name}).json()
        facts[f"by {name}"] = Counter({str(row[name]): row["n"] for row in answer["rows"] if row["n"]})
    context = client.get("/disruptions/").context
    for facet in context["facets"]:
        numbers = {choice.value: choice.number for choice in facet.values if choice.number}
        facts[f"facet {facet.name}"] = Counter(numbers)
    return facts


@settings(
    max_examples=2,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=ROWS, groups=GROUPS)
def test_what_accounts_read_adds_up_to_the_whole(bodies, rows, groups):
    with transaction.atomic():
        threats = [make_threat(f"OCG-000000{place}", body, name=f"Group {place}") for place, body in enumerate(bodies)]
        for number, (body, four_p, size, threat) in enumerate(rows):
            day = date(2022, 1 + number % 12, 15)
            make_disruption(
                f"DIS-{number:04}", bodies[body], four_p, size, day, threat=threats[threat], summary=NAMES[body]
            )
        whole = facts_of(client("national", None))
        parts = []
        for reader in range(3):
            own = [body for body, group in zip(bodies, groups, strict=True) if group == reader]
            facts = facts_of(client(f"reader-{reader}", own))
            others = [body.name for body in bodies if body not in own]
            assert not [name for name in others if name in str(facts["disruptions"])]
            parts.append(facts)
        for name, fact in whole.items():
            assert sum((part.get(name, Counter()) for part in parts), Counter()) == fact, name
        transaction.set_rollback(True)

"""A small record of threats, and what lists of it show, for the tests of the pages of threats."""

import csv
import io
from datetime import date

from django.test import Client
from model_bakery import baker

from disruptions.choices import DataKind
from disruptions.threats.models import Threat
from disruptions.threats.services import ASSESSMENTS
from forces.choices import OrganisationKind
from forces.models import Region
from tests.makers import (
    REASON,
    make_author,
    make_crime_type,
    make_disruption,
    make_extract,
    make_member,
    make_state,
    make_threat,
)

APRIL = date(2023, 4, 1)


def score(threat: Threat, total: float | None, assessed_on: date = date(2022, 6, 1), **more: object) -> None:
    ASSESSMENTS.create(more, threat=threat, assessed_on=assessed_on, total=total, by=make_author(), reason=REASON)


def make_record() -> None:
    """The north west's: Cheshire's threats, one of its unit, one that a disruption names, one that comes in April."""
    region = baker.make(Region, name="North West", slug="north-west")
    cheshire = make_member(region)
    unit = make_member(region, "Titan Unit", kind=OrganisationKind.ROCU)
    drugs, lines = make_crime_type("Drugs supply"), make_crime_type("County lines")
    told = {"name": "Fenland", "crime_types": [drugs, lines], "lead_responsible_officer": "DI Lane"}
    first = make_threat("OCG-1", cheshire, **told)
    make_state(first, APRIL, type="vul", tier=1)
    score(first, 40)
    score(first, 55.5, date(2023, 1, 1), assessor="A. Ames", confidence=3)
    closed = make_threat("PI-2", cheshire, state={"phase": "Closed", "tier": 3})
    score(closed, 99)
    make_threat("OCG-3", unit, state={"tier": 5, "moderation": "not_moderated", "is_soc": False}, name="=cmd")
    make_threat("VUL-4", state=False)
    make_threat("OCG-5", cheshire, state={"valid_from": APRIL})
    make_threat("OCG-6", cheshire, kind=DataKind.ILLUSTRATIVE)
    make_disruption("D-1", cheshire, threat=first, four_p="prevent")
    make_disruption("D-2", cheshire, threat=first, activity_date=date(2022, 5, 2), added_date=date(2023, 2, 1))
    make_disruption("D-3", cheshire, threat=Threat.objects.get(reference="VUL-4"), size="not_assessed")
    make_extract("threats", as_at=date(2023, 7, 13))


def references(client: Client, query: str = "", url: str = "/threats/") -> list[str]:
    page = client.get(f"{url}?{query}")
    assert page.status_code == 200
    return [getattr(row, "threat", row).reference for row in page.context["rows"]]


def csv_lines(client: Client, query: str, url: str = "/threats/") -> list[list[str]]:
    asked = f"{url}?format=csv&{query}" if "charts" not in url else url
    answer = client.get(asked)
    return list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"), newline="")))


def csv_rows(client: Client, query: str = "", url: str = "/threats/") -> list[dict[str, str]]:
    lines = csv_lines(client, query, url)
    start = lines.index([]) + 1
    return [dict(zip(lines[start], line, strict=True)) for line in lines[start + 1 :]]

"""A small record of disruptions with everything that a list may meet: regions, units, corrections, a withdrawal."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import cycle

from django.db import transaction
from model_bakery import baker

from disruptions.choices import DataKind
from disruptions.record.models import Disruption
from disruptions.record.services import correct_disruption, withdraw_disruption
from forces.choices import OrganisationKind
from forces.models import Organisation, Region
from tests.makers import REASON, make_author, make_crime_type, make_disruption, make_extract, make_member, make_threat

CORRECTED_ON, WITHDRAWN_ON = date(2023, 3, 1), date(2023, 6, 1)
DAYS = (date(2022, 6, 30), date(2023, 1, 4), CORRECTED_ON, date(2023, 4, 15), WITHDRAWN_ON, date(2023, 7, 13))
"""Days of which the record says different things."""


@dataclass(frozen=True)
class Record:
    regions: dict[str, Region]
    bodies: dict[str, Organisation]
    corrected: Disruption
    withdrawn: Disruption


@contextmanager
def kept_for_a_while() -> Iterator[Record]:
    """The record, for many tests that only read it; gone at the end."""
    with transaction.atomic():
        yield make_record()
        transaction.set_rollback(True)


def make_record() -> Record:
    """Thirty recorded disruptions of four bodies in two regions, 2021 to 2023, and two illustrative ones."""
    regions = {slug: baker.make(Region, name=slug.replace("-", " ").title(), slug=slug) for slug in ("north", "south")}
    bodies = {
        "cheshire": make_member(regions["north"], "Cheshire Constabulary"),
        "cumbria": make_member(regions["north"], "Cumbria Constabulary"),
        "nwrocu": make_member(regions["north"], "NWROCU", kind=OrganisationKind.ROCU),
        "dorset": make_member(regions["south"], "Dorset Police"),
    }
    _make_rows(bodies)
    for number in (1, 2):
        make_disruption(f"DIS-ILL-{number}", bodies["cheshire"], kind=DataKind.ILLUSTRATIVE)
    corrected = Disruption.objects.get(reference="DIS-0003")
    correct_disruption(
        corrected,
        {"four_p": "protect", "size": "major", "organisation": bodies["dorset"], "involvement": "lead"},
        **_told(corrected, CORRECTED_ON),
    )
    withdrawn = Disruption.objects.get(reference="DIS-0006")
    withdraw_disruption(withdrawn, **_told(withdrawn, WITHDRAWN_ON))
    for record in (corrected, withdrawn):
        record.refresh_from_db()
    return Record(regions, bodies, corrected, withdrawn)


def _make_rows(bodies: dict[str, Organisation]) -> None:
    extract = make_extract(file_name="national.csv")
    threats = cycle([make_threat("OCG-0000001"), make_threat("PI-0000002"), make_threat("VUL-0000003")])
    crime_types = cycle([make_crime_type("Drugs supply"), make_crime_type("County lines"), None])
    four_ps, sizes = (
        cycle(["pursue", "pursue", "prevent", "protect", "prepare"]),
        cycle(["minor", "minor", "moderate", "major", "not_assessed", "minor", "moderate"]),
    )
    for number, body in zip(range(1, 31), cycle(bodies.values()), strict=False):
        activity = date(2021 + number % 3, 1 + number % 6, 1 + number % 28)
        make_disruption(
            f"DIS-{number:04}",
            body,
            four_p=next(four_ps),
            size=next(sizes),
            activity_date=activity,
            added_date=min(date(activity.year + number % 2, 6, 15), date(2023, 7, 1)),
            involvement="support" if body.kind == OrganisationKind.ROCU and number % 8 else "lead",
            threat=next(threats),
            crime_type=next(crime_types),
            summary="=cash seized; line closed" if number % 4 else "Two arrested, “Ashdown”",
            extract=extract if number % 5 else None,
            extract_line=number if number % 5 else None,
        )


def _told(record: Disruption, on: date) -> dict:
    return {"on": on, "by": make_author(), "reason": REASON, "expected_version": record.version}

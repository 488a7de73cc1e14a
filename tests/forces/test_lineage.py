"""Which body stood for another on a day, and in which one it goes on."""

from datetime import date, timedelta

import pytest

from forces.choices import ReorganisationKind
from forces.models import Organisation
from forces.queries import get_lineage
from forces.services import REORGANISATIONS
from tests.makers import REASON, make_author, make_organisation

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = date(2024, 4, 1), date(2025, 4, 1), date(2026, 4, 1)
DAY = timedelta(days=1)


def become(kind: ReorganisationKind, on: date, before: str, new: str) -> None:
    values = {"kind": kind, "on": on, "predecessors": named(before), "new_bodies": new, "source": "An order"}
    REORGANISATIONS.create(values, by=make_author(), reason=REASON)


def named(slugs: str) -> list[Organisation]:
    return [Organisation.objects.get(slug=slug) for slug in slugs.split()]


@pytest.fixture(autouse=True)
def history() -> None:
    """Kent and Surrey become South, South becomes Channel, and Essex becomes two."""
    for name in ("Kent Police", "Surrey Police", "Essex Police"):
        make_organisation(name)
    become(ReorganisationKind.MERGER, FIRST, "kent surrey", "South Police; South")
    become(ReorganisationKind.RENAMING, SECOND, "south", "Channel Police; Channel")
    become(ReorganisationKind.SPLIT, THIRD, "essex", "Colne Police; Colne\nThames Police; Thames")


@pytest.mark.parametrize(
    ("name", "day", "stood"),
    [
        ("kent", FIRST - DAY, "kent"),
        ("kent", FIRST, "south"),
        ("kent", SECOND, "channel"),
        ("channel", SECOND - DAY, "south"),
        ("channel", FIRST - DAY, "south"),
        ("essex", THIRD - DAY, "essex"),
        ("essex", THIRD, None),
        ("colne", THIRD - DAY, "essex"),
    ],
)
def test_a_body_of_the_day(name, day, stood):
    [body] = named(name)
    of_day = get_lineage().on_day(body, day)
    assert (of_day and of_day.slug) == stood


def test_all_of_a_body_goes_on_in_the_last_but_not_in_parts():
    into = get_lineage().going_on_in(THIRD)
    slugs = {body.slug: into[body.pk].slug for body in Organisation.objects.all() if body.pk in into}
    assert slugs == {"kent": "channel", "surrey": "channel", "south": "channel"}
    assert get_lineage().going_on_in(FIRST - DAY) == {}


def test_those_before_a_body_are_named_with_their_last_day():
    [channel] = named("channel")
    names = [body.short_name for body in get_lineage().before(channel, THIRD)]
    assert names == ["South (to 31 March 2025)", "Kent (to 31 March 2024)", "Surrey (to 31 March 2024)"]
    assert get_lineage().before(channel, FIRST - DAY) == ()

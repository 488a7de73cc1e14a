"""The exchange of good practice."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from model_bakery import baker

from forces.models import Region
from inspections.practice.choices import UptakeState
from inspections.practice.models import Uptake
from inspections.practice.services import UPTAKES
from tests.makers import REASON, make_author, make_finding, make_inspection, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def region() -> Region:
    return baker.make(Region, name="North West", slug="north-west")


@pytest.fixture
def practice(region):
    force = make_member(region, "Lancashire Constabulary")
    kind = {"kind": "innovative_practice", "tone": "strength"}
    return make_finding(make_inspection(region), title="A network", region=None, organisation=force, **kind)


@pytest.fixture
def taker(region):
    return make_member(region, "North Wales Police")


def take_up(practice, organisation, **more):
    author = make_author()
    values = {"state": UptakeState.CONTACTED, "on": localdate(), "note": "A visit is arranged.", "by": author} | more
    return UPTAKES.create(values, practice=practice, organisation=organisation, by=author, reason=REASON)


def test_steps_with_a_practice_are_seen_from_both_ends_the_latest_first(practice, taker):
    first = take_up(practice, taker, on=localdate() - timedelta(days=3))
    second = take_up(practice, taker, state=UptakeState.ADOPTED, note="Running since May.")
    assert list(practice.uptakes.all()) == list(taker.uptakes.all()) == [second, first]
    assert list(Uptake.objects.visible_to(make_author())) == [second, first]
    assert not Uptake.objects.visible_to(AnonymousUser())


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"on": localdate() + timedelta(days=1)}, "Choose a day up to today"),
        ({"note": " "}, "This field cannot be blank"),
    ],
)
def test_a_step_has_a_day_up_to_today_and_a_result(practice, taker, more, message):
    with pytest.raises(ValidationError, match=message):
        take_up(practice, taker, **more)


def test_only_the_practice_of_another_is_taken_up(practice, taker):
    with pytest.raises(ValidationError, match="the practice of Lancashire Constabulary itself"):
        take_up(practice, practice.organisation)
    finding = make_finding(practice.inspection, slug="not-practice", title="Few analysts")
    with pytest.raises(ValidationError, match="is no practice"):
        take_up(finding, taker)

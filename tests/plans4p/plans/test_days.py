"""An aim is due while its plan runs: between the day on which it begins and the one by which it ends."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from plans4p.aims.models import Aim
from plans4p.aims.services import AIMS
from plans4p.plans.models import Plan
from plans4p.plans.services import PLANS
from tests.makers import REASON, make_aim, make_author, make_plan
from tests.plans4p.plan_files import NO_ACTION, loaded, row

pytestmark = pytest.mark.django_db
STARTS, ENDS = date(2023, 1, 1), date(2023, 12, 31)


@pytest.fixture
def plan() -> Plan:
    return make_plan(starts_on=STARTS, ends_on=ENDS)


@pytest.mark.parametrize("due_on", [date(2022, 12, 31), date(2024, 1, 1)], ids=["before", "after"])
def test_an_aim_is_not_due_outside_its_plan(plan, due_on):
    with pytest.raises(ValidationError) as refused:
        make_aim(plan, due_on=due_on)
    assert refused.value.message_dict == {
        "due_on": ["Choose a day while the plan runs, from 1 January 2023 to 31 December 2023."]
    }


@pytest.mark.parametrize("due_on", [STARTS, ENDS])
def test_both_ends_are_in_it(plan, due_on):
    assert make_aim(plan, due_on=due_on).due_on == due_on


def test_an_aim_is_not_moved_outside(plan):
    aim = make_aim(plan, due_on=ENDS)
    with pytest.raises(ValidationError, match="while the plan runs"):
        AIMS.change(aim, due_on=date(2024, 1, 1), by=make_author(), reason=REASON, expected_version=1)


def test_without_an_end_any_later_day_is_in_it():
    assert make_aim(make_plan(starts_on=STARTS), due_on=date(2031, 1, 1))


@pytest.mark.parametrize(
    ("values", "field"),
    [({"starts_on": date(2023, 7, 1)}, "starts_on"), ({"ends_on": date(2023, 5, 31)}, "ends_on")],
    ids=["starts", "ends"],
)
def test_a_plan_is_not_moved_away_from_its_aims(plan, values, field):
    make_aim(plan, due_on=date(2023, 6, 30))
    with pytest.raises(ValidationError) as refused:
        PLANS.change(plan, values, by=make_author(), reason=REASON, expected_version=plan.version)
    words = "The aim “The line is closed” is due on 30 June 2023: move that day first, or choose another."
    assert refused.value.message_dict == {field: [words]}


def test_a_plan_does_not_end_before_it_begins():
    with pytest.raises(ValidationError, match="cannot end before it begins"):
        make_plan(starts_on=STARTS, ends_on=date(2022, 12, 31))


def test_the_form_of_an_aim_says_so_beside_the_day(plan, administrator):
    values = {"four_p": "pursue", "change": "The line is closed", "measure": "Disruptions", "counts": "disruptions"}
    values |= {"target": 4, "due_on": "2024-01-01", "expected_version": 1}
    page = administrator.post(f"/plans/parts/aim/new/{plan.pk}/", values)
    assert page.status_code == 400
    assert "Choose a day while the plan runs" in page.content.decode()
    assert 'value="2024-01-01"' in page.content.decode()


def test_a_file_does_not_move_a_plan_away_from_its_aims(cheshire, path):
    loaded(path, [row(**NO_ACTION)])
    outcome = loaded(path, [row(ends_by="2023-11-30", aim_due="", **NO_ACTION)])
    told = [refusal.expected for refusal in outcome.refusals]
    assert told == ["days within which the aim “The line is closed” on record is due; it is so on 31 December 2023"]
    assert Plan.objects.get().ends_on == ENDS


def test_a_file_moves_a_plan_and_gives_it_an_aim_of_the_new_days(cheshire, path):
    loaded(path, [row(**NO_ACTION)])
    loaded(path, [row(ends_by="2024-06-30", aim_due="2024-06-30", **NO_ACTION)])
    assert (Plan.objects.get().ends_on, Aim.objects.get().due_on) == (date(2024, 6, 30), date(2024, 6, 30))

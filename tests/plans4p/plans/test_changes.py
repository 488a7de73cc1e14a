"""What others changed on somebody's plans."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate
from zeal import zeal_context

from plans4p.aims.services import ACTIONS, AIMS, CONTRIBUTIONS
from plans4p.plans.queries import get_last_written, list_changes_by_others
from soc_tracker.core.access.models import sight_of
from soc_tracker.core.access.roles import Role
from soc_tracker.core.records.history import ChangeKind
from tests.makers import REASON, make_action, make_aim, make_author, make_disruption
from tests.plans4p.owned import change_action, make_own_plan, make_owner

pytestmark = pytest.mark.django_db
LONG_AGO = date(2000, 1, 1)


@pytest.fixture
def owner(db):
    return make_owner()


@pytest.fixture
def action(owner):
    return make_action(make_aim(make_own_plan(owner)))


def told(owner, since=LONG_AGO):
    return [(change.title, change.kind, change.who) for change in list_changes_by_others(owner.user, since)]


def test_the_plan_and_its_parts_newest_first(owner, action):
    change_action(action, make_author(), owner="DC Lee")
    assert told(owner) == [
        (str(action), ChangeKind.CHANGED, "Priya Shah"),
        (str(action), ChangeKind.ADDED, "Priya Shah"),
        (str(action.aim), ChangeKind.ADDED, "Priya Shah"),
        (str(action.aim.plan), ChangeKind.ADDED, "Priya Shah"),
    ]


def test_what_the_owner_writes_is_no_news_to_them(owner, action):
    before = told(owner)
    change_action(action, owner.user, owner="DC Lee")
    assert told(owner) == before


def test_what_came_from_a_file_is_news(owner):
    make_aim(make_own_plan(owner))
    plan = make_own_plan(owner, "4P-00002")
    ACTIONS.create(aim=make_aim(plan), description="Visit", by=None, reason="Loaded from plans.csv")
    assert told(owner)[0] == ("Visit", ChangeKind.ADDED, "Loaded from a file")


def test_a_part_that_was_removed_is_told_even_when_its_aim_went_too(owner, action):
    key, aim = action.pk, action.aim
    AIMS.remove(aim, by=make_author(), reason="Out of scope.", expected_version=aim.version)
    assert (f"Action {key}, since removed", ChangeKind.REMOVED, "Priya Shah") in told(owner)


def test_those_of_other_plans_are_not_told(owner, action):
    other = make_owner(Role.INSPECTOR)
    assert told(other) == []


def test_days_before_are_not_told(owner, action):
    assert told(owner, localdate() + timedelta(days=1)) == []
    assert len(told(owner, localdate())) == 3


def test_no_more_than_so_many(owner, action):
    assert len(list_changes_by_others(owner.user, LONG_AGO, most=2)) == 2


def test_queries_do_not_grow_with_changes(owner, action):
    def link(number):
        disruption = make_disruption(f"DIS-2023-{number}", activity_date=date(2023, 2, 1))
        values = {"kind": "disruptions", "on": disruption.activity_date, "disruption": disruption}
        CONTRIBUTIONS.create(values, aim=action.aim, by=make_author(), reason=REASON)

    link(1)
    assert sight_of(owner.user)  # read once for each user, whatever is asked
    with CaptureQueriesContext(connection) as few:
        list_changes_by_others(owner.user, LONG_AGO)
    for number in range(2, 6):
        link(number)
    with zeal_context(), CaptureQueriesContext(connection) as many:
        assert len([change.url for change in list_changes_by_others(owner.user, LONG_AGO)]) == 8
    assert len(many) == len(few)


def test_when_records_were_last_written(owner, action):
    changed = change_action(action, make_author(), owner="DC Lee")
    written = get_last_written([changed, action.aim])
    assert written == {
        changed: changed.history.first().history_date,
        action.aim: action.aim.history.first().history_date,
    }

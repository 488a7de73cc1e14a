"""What falls due on somebody's plans."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from zeal import zeal_context

from plans4p.aims.models import Action, Aim
from plans4p.aims.queries import get_progress, short_of_target
from plans4p.aims.services import CONTRIBUTIONS
from plans4p.choices import ActionStatus, PlanStatus, Stage, What
from plans4p.due.queries import CALENDAR, Horizon, get_due
from plans4p.plans.models import Plan
from soc_tracker.core.access.models import sight_of
from soc_tracker.core.access.roles import Role
from tests.makers import REASON, make_action, make_aim, make_author, make_disruption, make_order, make_partner
from tests.plans4p.owned import TODAY, day, make_hands_full, make_own_plan, make_owner

pytestmark = pytest.mark.django_db
DAYS = st.integers(-40, 40)


@pytest.fixture
def owner(db):
    return make_owner()


def count(aim, amount, kind="safeguarded"):
    values = {"kind": kind, "on": day(-30), "amount": Decimal(amount), "note": "Children of the line"}
    return CONTRIBUTIONS.create(values, aim=aim, by=make_author(), reason=REASON)


class TestActions(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.owner = make_owner()
        cls.aim = make_aim(make_own_plan(cls.owner), due_on=day(300))

    @given(
        actions=st.lists(st.tuples(DAYS | st.none(), st.sampled_from(ActionStatus)), max_size=8),
        status=st.sampled_from(PlanStatus),
        days=st.integers(0, 30),
    )
    def test_each_that_is_still_to_do_is_overdue_or_due_or_later(self, actions, status, days):
        for due_in, stage in actions:
            on = None if due_in is None else day(due_in)
            make_action(
                self.aim, due_on=on, status=stage, outcome="" if stage in ("to_do", "under_way") else "As planned"
            )
        closed = {"closed_on": TODAY, "result": "achieved", "learning": "Ask earlier"}
        Plan.objects.filter(pk=self.aim.plan_id).update(status=status, **(closed if status == "closed" else {}))

        found = get_due(self.owner.user, TODAY, Horizon(days=days))
        overdue = {item.record.pk for item in found.actions_overdue.rows}
        soon = {item.record.pk for item in found.actions_due.rows}
        open_ones = Action.objects.not_ended().filter(due_on__isnull=False) if status != "closed" else []
        last = TODAY + timedelta(days=days)
        later = {action.pk for action in open_ones if action.due_on > last}
        assert overdue == {action.pk for action in open_ones if action.due_on < TODAY}
        assert soon == {action.pk for action in open_ones if TODAY <= action.due_on <= last}
        assert overdue | soon | later == {action.pk for action in open_ones}


class TestAims(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.plan = make_own_plan(make_owner())

    @given(amounts=st.lists(st.decimals("0.01", "2", places=2), max_size=6), target=st.decimals("0.01", "6", places=2))
    def test_those_short_of_their_target_are_the_same_in_sql_as_by_progress(self, amounts, target):
        aim = make_aim(self.plan, target=target, counts="safeguarded", due_on=day(-1))
        for amount in amounts:
            count(aim, amount)
        is_reached = get_progress([aim], TODAY)[aim.pk].stage == Stage.REACHED
        assert short_of_target(Aim.objects.all()).exists() is not is_reached

    def test_pence_that_add_up_to_the_target_reach_it(self):
        aim = make_aim(self.plan, target=Decimal("0.8"), counts="safeguarded")
        count(aim, "0.7")
        count(aim, "0.1")
        assert not short_of_target(Aim.objects.all()).exists()


def test_everything_that_falls_due_is_found_once(owner):
    make_hands_full(owner)
    found = get_due(owner.user, TODAY)
    assert [[item.what for item in part.rows] for part in found.lists] == [
        *([What.ACTION], [What.ACTION], [What.AIM], [What.AIM], [What.REVIEW], [What.REVIEW]),
        *([What.ORDER_ENDS], [What.RELEASE], [What.AGREEMENT]),
    ]
    assert [item.on for item in found.items] == [day(n) for n in (-4, -2, -1, 2, 3, 5, 20, 30, 40)]


def test_others_have_nothing_of_it(owner):
    make_hands_full(owner)
    other = make_owner(Role.INSPECTOR)
    assert {item.what for item in get_due(other.user, TODAY).items} == {What.ORDER_ENDS, What.RELEASE}


def test_an_account_that_is_no_officers_has_nothing(owner, make_user):
    make_hands_full(owner)
    assert get_due(make_user(Role.ANALYST), TODAY).items == []


def test_the_last_day_of_a_horizon_belongs_to_it(owner):
    aim = make_aim(make_own_plan(owner), due_on=day(15))
    make_action(aim, due_on=day(14))
    make_action(aim, due_on=day(15))
    make_order(owner.organisation, "A", expires_on=day(90))
    make_order(owner.organisation, "B", expires_on=day(91))
    found = get_due(owner.user, TODAY)
    assert [item.on for item in found.actions_due.rows] == [day(14)]
    assert found.aims_near.rows == []
    assert [item.record.reference for item in found.orders_ending.rows] == ["A"]


def test_what_is_due_today_is_not_overdue(owner):
    plan = make_own_plan(owner, review_due_on=TODAY)
    make_action(make_aim(plan, due_on=TODAY), due_on=TODAY)
    found = get_due(owner.user, TODAY)
    assert [len(part.rows) for part in found.lists[:6]] == [0, 1, 0, 1, 0, 1]


def test_an_aim_that_is_reached_is_not_told(owner):
    plan = make_own_plan(owner)
    reached = make_aim(plan, target=1, due_on=day(-1))
    missed = make_aim(plan, target=2, due_on=day(-1))
    for aim in (reached, missed):
        values = {"kind": "disruptions", "on": day(-60), "disruption": make_disruption(f"DIS-{aim.pk}")}
        CONTRIBUTIONS.create(values, aim=aim, by=make_author(), reason=REASON)
    (item,) = get_due(owner.user, TODAY).aims_missed.rows
    assert (item.record, item.progress.counted, item.progress.stage) == (missed, 1, Stage.MISSED)


def test_a_draft_is_not_reviewed(owner):
    make_own_plan(owner, status="draft", review_due_on=day(-1))
    assert get_due(owner.user, TODAY).items == []


def test_an_agreement_with_a_partner_whom_no_plan_asked_is_not_told(owner):
    make_hands_full(owner)
    make_partner("Other trust", sharing_agreement="Agreement 8", agreement_expires_on=day(40))
    assert get_due(owner.user, TODAY).agreements.total == 1


def test_lists_are_cut_and_say_so(owner):
    aim = make_aim(make_own_plan(owner), due_on=day(300))
    for n in range(3):
        make_action(aim, due_on=day(-3 + n))
    found = get_due(owner.user, TODAY, Horizon(rows=2)).actions_overdue
    assert (found.is_cut, found.total, [item.on for item in found.rows]) == (True, 3, [day(-3), day(-2)])


def test_an_officer_of_made_up_plans_is_told_of_made_up_orders_alone(owner):
    make_hands_full(owner)
    other = make_owner(Role.INSPECTOR, kind_of_data="illustrative")
    make_hands_full(other)
    assert [item.kind_of_data for item in get_due(other.user, TODAY).items] == ["illustrative"] * 9
    assert [item.kind_of_data for item in get_due(owner.user, TODAY).items] == ["recorded"] * 9


@pytest.mark.parametrize("horizon", [Horizon(), CALENDAR], ids=["near", "calendar"])
def test_queries_do_not_grow_with_plans(owner, horizon):
    make_hands_full(owner)
    assert sight_of(owner.user)  # read once for each user, whatever is asked
    with CaptureQueriesContext(connection) as few:
        get_due(owner.user, TODAY, horizon)
    make_hands_full(owner, "second", "third", "fourth")
    with zeal_context(), CaptureQueriesContext(connection) as many:
        urls = [item.url for item in get_due(owner.user, TODAY, horizon).items]
    assert len(urls) == 4 * 9
    assert len(many) == len(few) <= 11

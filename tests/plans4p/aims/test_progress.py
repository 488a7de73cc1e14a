"""How far aims are."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans4p.aims.queries import Progress, get_progress
from plans4p.aims.services import CONTRIBUTIONS, link_disruption
from plans4p.choices import Stage
from tests.makers import make_aim, make_author, make_disruption, make_organisation, make_plan, make_threat

TODAY = date(2023, 3, 1)
numbers = st.decimals(0, 10**6, places=2)
days = st.dates(date(2022, 1, 1), date(2024, 12, 31))


@given(numbers, st.decimals(Decimal("0.01"), 10**6, places=2), days, days)
def test_each_aim_is_at_one_stage(counted, target, due_on, today):
    found = Progress.of(counted, target, due_on, today)
    assert (found.stage == Stage.REACHED) is (counted >= target)
    assert (found.stage == Stage.MISSED) is (counted < target and due_on < today)
    assert (found.stage == Stage.NOTHING) is (not counted and due_on >= today)


@given(numbers, st.decimals(Decimal("0.01"), 10**6, places=2))
def test_a_hundred_percent_is_said_of_nothing_short_of_the_target(counted, target):
    assert (Progress.of(counted, target, TODAY, TODAY).percent >= 100) is (counted >= target)


@given(numbers, numbers, st.decimals(Decimal("0.01"), 10**6, places=2))
def test_what_is_added_never_takes_an_aim_back(counted, more, target):
    before, after = (Progress.of(number, target, TODAY, TODAY) for number in (counted, counted + more))
    assert after.percent >= before.percent


@pytest.mark.django_db
def test_an_aim_adds_up_its_own_kind_alone():
    threat = make_threat("OCG-0000001", make_organisation())
    plan = make_plan(threat.organisation, threat=threat)
    aim, other = make_aim(plan, target=2), make_aim(plan, "prevent", counts="diverted", target=5)
    day = {"activity_date": TODAY, "added_date": TODAY, "threat": threat}
    link_disruption(aim, make_disruption("DIS-1", threat.organisation, **day), by=make_author())
    for kind, amount in (("assets", 5000), ("diverted", 3)):
        for of in (aim, other):
            values = {"aim": of, "kind": kind, "on": TODAY, "amount": amount, "note": "Counted by hand."}
            CONTRIBUTIONS.create(values, by=make_author(), reason="x")
    found = get_progress([aim, other], TODAY)
    assert (found[aim.pk].counted, found[other.pk].counted) == (1, 3)


@pytest.mark.django_db
def test_many_aims_cost_one_query(django_assert_num_queries):
    aims = [make_aim(make_plan(reference=f"4P-{number}")) for number in range(3)]
    with django_assert_num_queries(1):
        get_progress(aims, TODAY + timedelta(days=1))

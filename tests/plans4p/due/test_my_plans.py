"""The page on which lead responsible officers find what they have on their hands."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from soc_tracker.core.access.roles import Role
from tests.makers import (
    make_action,
    make_aim,
    make_disruption,
    make_officer,
    make_organisation,
    make_plan,
    make_threat,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(make_user):
    """A running plan of the signed-in officer for a threat, with an aim that is still open."""
    today = localdate()
    threat = make_threat("OCG-0000001", make_organisation(), name="Fenland")
    officer = make_officer(threat.organisation, user=make_user(Role.LEAD_RESPONSIBLE_OFFICER))
    dates = {"starts_on": today - timedelta(days=90), "review_due_on": today - timedelta(days=1)}
    plan = make_plan(threat.organisation, threat=threat, owner=officer, status="active", **dates)
    make_aim(plan, due_on=today + timedelta(days=200))
    return plan


def read(client) -> str:
    return client.get("/plans/mine/").content.decode()


def section(page: str, slug: str) -> str:
    return page.split(f'id="{slug}"')[1].split("</section>")[0]


def test_what_is_overdue_is_one_click_from_being_settled(own, lead_responsible_officer):
    action = make_action(own.aims.get(), due_on=localdate() - timedelta(days=3))
    page = section(read(lead_responsible_officer), "overdue")
    assert str(action) in page
    assert f"/plans/actions/{action.pk}/outcome/" in page


def test_what_is_due_within_two_weeks(own, lead_responsible_officer):
    make_action(own.aims.get(), "Visit the flat", due_on=localdate() + timedelta(days=14))
    make_action(own.aims.get(), "Search the shop", due_on=localdate() + timedelta(days=15))
    page = section(read(lead_responsible_officer), "soon")
    assert "Visit the flat" in page
    assert "Search the shop" not in page


def test_a_plan_to_review(own, lead_responsible_officer):
    assert f"/plans/{own.reference}/steps/review/" in section(read(lead_responsible_officer), "reviews")


def test_disruptions_that_wait(own, lead_responsible_officer):
    day = localdate() - timedelta(days=5)
    for reference in ("DIS-1", "DIS-2"):
        make_disruption(reference, own.organisation, activity_date=day, added_date=day, threat=own.threat)
    page = section(read(lead_responsible_officer), "waiting")
    assert ">2<" in page
    assert f"/plans/{own.reference}/links/" in page


def test_plans_of_others_are_not_mine(own, lead_responsible_officer):
    make_plan(own.organisation, "4P-9", owner=make_officer(own.organisation, "Lee Moss"))
    page = read(lead_responsible_officer)
    assert own.reference in page
    assert "4P-9" not in page


def test_an_account_that_is_no_officer_is_told_so(analyst):
    assert "no plan is yours" in read(analyst)


def test_more_plans_cost_no_more_queries(own, lead_responsible_officer, django_assert_max_num_queries):
    read(lead_responsible_officer)
    for number in range(5):
        plan = make_plan(own.organisation, f"4P-2{number}", threat=own.threat, owner=own.owner)
        make_action(make_aim(plan), due_on=localdate() - timedelta(days=1))
    with django_assert_max_num_queries(26):
        read(lead_responsible_officer)

"""What came of an action is said in two fields; why something changes is asked only of a plan that was signed."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from plans4p.aims.models import Action
from plans4p.aims.services import ACTIONS
from soc_tracker.core.access.roles import Role
from tests.makers import REASON, make_action, make_aim, make_author, make_officer, make_organisation, make_plan

pytestmark = pytest.mark.django_db
TODAY = localdate()


@pytest.fixture
def action(make_user) -> Action:
    """Of a running plan of the signed-in officer, three days overdue."""
    return make_own(make_user, status="active")


def make_own(make_user, **more) -> Action:
    officer = make_officer(make_organisation(), user=make_user(Role.LEAD_RESPONSIBLE_OFFICER))
    days = {"starts_on": TODAY - timedelta(days=90)}
    if more.get("status"):
        days["review_due_on"] = TODAY + timedelta(days=90)
    plan = make_plan(officer.organisation, owner=officer, **days, **more)
    aim = make_aim(plan, due_on=TODAY + timedelta(days=60))
    return make_action(aim, due_on=TODAY - timedelta(days=3))


def page_of(action: Action) -> str:
    return f"/plans/actions/{action.pk}/outcome/"


def given(action: Action, **values) -> dict:
    """What the page of the outcome holds, with what is filled in."""
    return {"expected_version": action.version, "status": "done", "outcome": ""} | values


def test_my_plans_lead_there_and_back(action, lead_responsible_officer):
    mine = lead_responsible_officer.get("/plans/mine/").content.decode()
    assert page_of(action) in mine
    values = given(action, outcome="Two telephones seized.")
    page = lead_responsible_officer.post(page_of(action), values, follow=True)
    assert page.redirect_chain == [("/plans/mine/", 302)]
    assert f"Done: {action}" in page.content.decode()
    action.refresh_from_db()
    assert (action.status, action.outcome) == ("done", "Two telephones seized.")
    assert action.history.latest().history_change_reason == "Done: Two telephones seized."


def test_the_plan_leads_there_and_back(action, lead_responsible_officer):
    url = f"{page_of(action)}?from=plan"
    assert url in lead_responsible_officer.get(action.plan.get_absolute_url()).content.decode()
    answer = lead_responsible_officer.post(url, given(action, status="under_way"))
    assert answer.url == action.get_absolute_url()


def test_an_action_that_ended_is_offered_no_more(action, lead_responsible_officer):
    values = {"status": "dropped", "outcome": "The shop has closed."}
    ACTIONS.change(action, values, by=make_author(), reason=REASON, expected_version=action.version)
    assert page_of(action) not in lead_responsible_officer.get(action.plan.get_absolute_url()).content.decode()


@pytest.mark.parametrize("status", ["done", "dropped"])
def test_what_ended_says_what_came_of_it(action, status, lead_responsible_officer):
    page = lead_responsible_officer.post(page_of(action), given(action, status=status, outcome="  "))
    assert page.status_code == 400
    assert "Say in a line what came of it." in page.content.decode()
    action.refresh_from_db()
    assert action.status == "to_do"


@pytest.mark.parametrize("status", ["to_do", "burnt", ""])
def test_only_what_can_come_of_it_is_taken(action, status, lead_responsible_officer):
    assert lead_responsible_officer.post(page_of(action), given(action, status=status)).status_code == 400


def test_of_two_who_say_it_the_second_is_shown_both(action, lead_responsible_officer):
    values = {"status": "under_way"}
    ACTIONS.change(action, values, by=make_author(), reason=REASON, expected_version=action.version)
    page = lead_responsible_officer.post(page_of(action), given(action, outcome="Two telephones seized."))
    assert page.status_code == 409
    assert "Two telephones seized." in page.content.decode()


def test_others_do_not_say_it(action, analyst, inspector):
    for reader in (analyst, inspector):
        assert reader.get(page_of(action)).status_code in (403, 404)


def change_page(action: Action) -> str:
    return f"/plans/parts/action/{action.pk}/"


def as_stored(action: Action, **values) -> dict:
    stored = {"description": action.description, "owner": action.owner, "due_on": action.due_on.isoformat()}
    return stored | {"status": action.status, "outcome": action.outcome, "expected_version": action.version} | values


def test_no_reason_is_asked_before_a_plan_is_signed(make_user, lead_responsible_officer):
    action = make_own(make_user)
    assert "change_reason" not in lead_responsible_officer.get(change_page(action)).content.decode()
    values = as_stored(action, owner="DS Shah", description="Seize the second telephone")
    assert lead_responsible_officer.post(change_page(action), values).status_code == 302
    assert action.history.latest().history_change_reason == "Changed: what is done, who does it."


@pytest.mark.parametrize(
    "values",
    [{"owner": "DS Shah"}, {"description": "Seize all telephones"}, {"due_on": TODAY.isoformat()}],
    ids=["owner", "wording", "day"],
)
def test_of_a_signed_plan_a_change_of_what_was_signed_needs_a_reason(action, values, lead_responsible_officer):
    page = lead_responsible_officer.post(change_page(action), as_stored(action, **values))
    assert page.status_code == 400
    assert "Say why: the reason is kept with the change." in page.content.decode()
    values = as_stored(action, change_reason="Agreed at the meeting.", **values)
    assert lead_responsible_officer.post(change_page(action), values).status_code == 302
    assert action.history.latest().history_change_reason == "Agreed at the meeting."


def test_of_a_signed_plan_how_far_an_action_is_needs_none(action, lead_responsible_officer):
    values = as_stored(action, status="under_way", change_reason="")
    assert lead_responsible_officer.post(change_page(action), values).status_code == 302

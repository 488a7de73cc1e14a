"""Closing a plan says what becomes of each action that is open; a plan that was closed too early is reopened."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from plans4p.choices import ActionStatus, PlanStatus
from plans4p.plans.models import Plan
from plans4p.plans.queries import list_history
from plans4p.plans.services import close_plan, reopen_plan
from soc_tracker.core.access.roles import Role
from tests.forms import NotOnPageError, form_of, press
from tests.makers import make_action, make_aim, make_author, make_officer, make_organisation, make_plan

pytestmark = pytest.mark.django_db
TODAY = localdate()
CLOSED = {"result": "achieved", "learning": "Ask the landlord first.", "on": TODAY, "reason": "The line is gone."}
PASSED_ON = (ActionStatus.PASSED_ON, "Goes on in 4P-00007.")


@pytest.fixture
def plan(make_user) -> Plan:
    """Of the signed-in officer, running, with two open actions and one that is done."""
    officer = make_officer(make_organisation(), user=make_user(Role.LEAD_RESPONSIBLE_OFFICER))
    days = {"starts_on": TODAY - timedelta(days=90), "review_due_on": TODAY + timedelta(days=90)}
    plan = make_plan(officer.organisation, status="active", owner=officer, **days)
    aim = make_aim(plan, due_on=TODAY)
    make_action(aim, "Seize the telephone")
    make_action(aim, "Visit the flat")
    make_action(aim, "Search the shop", status="done", outcome="Nothing found.")
    return plan


def close(plan: Plan, **more) -> Plan:
    return close_plan(plan, **CLOSED, by=make_author(), expected_version=plan.version, **more)


def open_actions(plan: Plan) -> list[int]:
    return list(plan.aims.get().actions.not_ended().values_list("pk", flat=True))


def test_a_plan_is_not_closed_over_its_open_actions(plan):
    first, second = open_actions(plan)
    with pytest.raises(ValidationError) as refused:
        close(plan, ends={first: PASSED_ON, second: (ActionStatus.UNDER_WAY, "Nearly.")})
    assert refused.value.messages == ["Say what becomes of the action “Visit the flat”."]
    plan.refresh_from_db()
    assert (plan.status, len(open_actions(plan))) == ("active", 2)


def test_what_becomes_of_each_is_kept(plan):
    first, second = open_actions(plan)
    close(plan, ends={first: PASSED_ON, second: (ActionStatus.DROPPED, "The flat is empty.")})
    said = dict(plan.aims.get().actions.values_list("description", "status"))
    assert said == {"Seize the telephone": "passed_on", "Visit the flat": "dropped", "Search the shop": "done"}
    told = [change for change in list_history(make_author(), plan, 10) if "The plan was closed" in change.reason]
    assert len(told) == 2


def test_one_that_has_ended_since_is_left_as_it_is(plan):
    ends = dict.fromkeys(open_actions(plan), PASSED_ON)
    done = plan.aims.get().actions.get(status="done")
    close(plan, ends=ends | {done.pk: (ActionStatus.DROPPED, "Forgotten.")})
    done.refresh_from_db()
    assert (done.status, done.outcome) == ("done", "Nothing found.")


def test_the_page_names_each_open_action(plan, lead_responsible_officer):
    url = plan.get_absolute_url() + "steps/close/"
    first, second = open_actions(plan)
    page = lead_responsible_officer.get(url)
    text = page.content.decode()
    assert "Still open: Seize the telephone" in text
    assert "Still open: Visit the flat" in text
    assert "Search the shop" not in text
    said = {"result": "achieved", "learning": "Ask the landlord first.", "reason": "The line is gone."}
    said |= {f"becomes_{first}": "passed_on", f"outcome_{first}": "4P-00007"}
    refused = press(lead_responsible_officer, page, "Close the plan", **said)
    assert refused.status_code == 400
    assert "Choose what becomes of “Visit the flat”." in refused.content.decode()
    said |= {f"becomes_{second}": "done", f"outcome_{second}": "Two people found."}
    page = press(lead_responsible_officer, refused, "Close the plan", **said)
    assert page.status_code == 302
    plan.refresh_from_db()
    assert (plan.status, open_actions(plan)) == ("closed", [])
    assert "Passed on" in lead_responsible_officer.get(plan.get_absolute_url()).content.decode()


def test_an_action_that_was_added_meanwhile_is_asked_for(plan, lead_responsible_officer):
    page = lead_responsible_officer.get(plan.get_absolute_url() + "steps/close/")
    said = {"result": "achieved", "learning": "Ask the landlord first.", "reason": "The line is gone."}
    for key in open_actions(plan):
        said |= {f"becomes_{key}": "done", f"outcome_{key}": "Two people found."}
    make_action(plan.aims.get(), "Arrest the runner")
    refused = press(lead_responsible_officer, page, "Close the plan", **said)
    assert refused.status_code == 400
    assert "Choose what becomes of “Arrest the runner”." in refused.content.decode()
    assert "Ask the landlord first." in refused.content.decode()


def test_a_closed_plan_is_reopened_with_a_reason(plan, lead_responsible_officer):
    close(plan, ends=dict.fromkeys(open_actions(plan), PASSED_ON))
    url = plan.get_absolute_url() + "steps/reopen/"
    assert url in lead_responsible_officer.get(plan.get_absolute_url()).content.decode()
    page = lead_responsible_officer.get(url)
    assert press(lead_responsible_officer, page, "Reopen the plan", reason=" ").status_code == 400
    assert press(lead_responsible_officer, page, "Reopen the plan", reason="A second line.").status_code == 302
    plan.refresh_from_db()
    assert (plan.status, plan.closed_on, plan.result) == ("under_review", None, "")
    assert plan.learning == "Ask the landlord first."
    newest = list_history(make_author(), plan, 10)[0]
    assert newest.reason == "A second line."


@pytest.mark.parametrize("status", [PlanStatus.DRAFT, PlanStatus.ACTIVE, PlanStatus.UNDER_REVIEW])
def test_only_a_closed_plan_is_reopened(status):
    plan = make_plan(make_organisation(), status=status)
    with pytest.raises(ValidationError, match="it must be closed for this"):
        reopen_plan(plan, by=make_author(), reason="Again.", expected_version=plan.version)


def test_a_reopened_plan_changes_again(plan):
    close(plan, ends=dict.fromkeys(open_actions(plan), PASSED_ON))
    plan.refresh_from_db()
    reopen_plan(plan, by=make_author(), reason="Again.", expected_version=plan.version)
    assert make_action(plan.aims.get(), "Arrest the runner", due_on=date(2030, 1, 1))


def test_a_closed_plan_is_closed_with_what_the_page_holds(plan, lead_responsible_officer):
    form = form_of(lead_responsible_officer.get(plan.get_absolute_url() + "steps/close/"), "Close the plan")
    with pytest.raises(NotOnPageError):
        form.fill({f"becomes_{open_actions(plan)[0]}": "under_way"})

"""On a phone an officer says in two taps what came of an action."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from forces.models import Organisation
from soc_tracker.core.access.roles import Role
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account
from tests.browser.conftest import VIEWPORTS
from tests.browser.test_every_page import listen, objections, overflow
from tests.makers import make_action, make_aim, make_officer, make_plan

pytestmark = pytest.mark.usefixtures("undone")
TODAY = localdate()


@pytest.fixture
def action(site):
    """Overdue, in a running plan of the signed-in officer."""
    force = Organisation.objects.get(slug="lancashire")
    officer = make_officer(force, "Ada Lowe", user=demo_account(Role.LEAD_RESPONSIBLE_OFFICER))
    days = {"starts_on": TODAY - timedelta(days=90), "review_due_on": TODAY + timedelta(days=90)}
    plan = make_plan(force, "4P-MINE", "active", owner=officer, **days)
    return make_action(make_aim(plan, due_on=TODAY + timedelta(days=60)), due_on=TODAY - timedelta(days=3))


def test_an_action_is_done_in_two_taps(site, sign_in_as, action):
    tab = sign_in_as(Role.LEAD_RESPONSIBLE_OFFICER)
    tab.set_viewport_size(VIEWPORTS["phone"])
    said = listen(tab)
    tab.goto(f"{site}/plans/mine/")
    tab.get_by_role("link", name="Say what came of it").click()
    expect(tab.get_by_label("What came of it", exact=True)).to_be_focused()
    expect(tab.get_by_label("Done", exact=True)).to_be_checked()
    assert (objections(tab), overflow(tab)) == ([], [])
    tab.keyboard.type("Two telephones seized.")
    tab.get_by_role("button", name="Save").click()
    expect(tab).to_have_url(f"{site}/plans/mine/")
    expect(tab.get_by_text(f"Done: {action}")).to_be_visible()
    action.refresh_from_db()
    assert (action.status, action.outcome, said) == ("done", "Two telephones seized.", [])

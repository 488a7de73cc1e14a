"""A threat is looked up: suggested while one types, and with scripts turned off offered to choose from."""

import pytest
from playwright.sync_api import expect

from forces.models import Organisation
from plans4p.plans.models import Plan
from soc_tracker.core.access.roles import Role
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account
from tests.browser.conftest import VIEWPORTS
from tests.browser.test_every_page import listen, objections, overflow
from tests.makers import make_officer, make_threat

pytestmark = pytest.mark.usefixtures("undone")


@pytest.fixture
def threats(site):
    """Two of nearly the same name; the signed-in account is an officer's."""
    force = Organisation.objects.get(slug="lancashire")
    make_officer(force, "Ada Lowe", user=demo_account(Role.LEAD_RESPONSIBLE_OFFICER))
    return [make_threat(f"OCG-000471{n}", force, name=name) for n, name in ((1, "Fenland"), (2, "Fenland East"))]


def test_while_one_types_threats_are_suggested(site, sign_in_as, threats):
    tab = sign_in_as(Role.LEAD_RESPONSIBLE_OFFICER)
    said = listen(tab)
    tab.goto(f"{site}/plans/new/", wait_until="networkidle")
    tab.get_by_label("Threat", exact=True).press_sequentially("fenl")
    suggested = tab.locator("#id_threat_suggestions option")
    expect(suggested).to_have_count(2)
    expect(suggested.first).to_have_attribute("value", "OCG-0004711")
    assert (objections(tab), said) == ([], [])


def test_without_scripts_what_is_unclear_is_offered(site, sign_in_without_scripts_as, threats):
    tab = sign_in_without_scripts_as(Role.LEAD_RESPONSIBLE_OFFICER)
    tab.set_viewport_size(VIEWPORTS["phone"])
    tab.goto(f"{site}/plans/new/")
    tab.get_by_label("Title", exact=True).fill("County lines")
    tab.get_by_label("Threat", exact=True).fill("FENLAND")
    tab.get_by_role("button", name="Save").click()
    tab.get_by_label("OCG-0004712 Fenland East, Lancashire Constabulary").check()
    tab.get_by_role("button", name="Save").click()
    expect(tab.get_by_text("Saved:")).to_be_visible()
    assert Plan.objects.get(title="County lines").threat == threats[1]


def test_what_is_offered_fits_a_phone(site, sign_in_as, threats):
    tab = sign_in_as(Role.LEAD_RESPONSIBLE_OFFICER)
    tab.set_viewport_size(VIEWPORTS["phone"])
    tab.goto(f"{site}/plans/new/")
    tab.get_by_label("Threat", exact=True).fill("fenland")
    tab.get_by_role("button", name="Save").click()
    expect(tab.get_by_text("Which threat is meant?")).to_be_visible()
    assert (objections(tab), overflow(tab)) == ([], [])

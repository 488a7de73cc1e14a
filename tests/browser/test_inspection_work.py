"""Notes of what was seen outlive a lost connection and a page loaded anew."""

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from forces.models import Organisation
from inspections.work.models import EvidenceNote
from soc_tracker.core.access.roles import Role
from tests.browser.conftest import VIEWPORTS, session_of
from tests.browser.test_every_page import overflow
from tests.reach.planted import account

pytestmark = pytest.mark.usefixtures("undone")
SLUG = "cheshire-again"


@pytest.fixture
def people(site: str) -> dict[str, User]:
    cheshire = Organisation.objects.get(slug="cheshire")
    return {
        "lead": account(Role.INSPECTOR, "lead", is_national=True),
        "second": account(Role.INSPECTOR, "second", is_national=True),
        "officer": account(Role.LEAD_RESPONSIBLE_OFFICER, "officer", organisation=cheshire),
    }


@pytest.fixture
def tab(context, people) -> Page:
    return context.new_page()


def become(tab: Page, site: str, user: User) -> None:
    tab.context.clear_cookies()
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(user), "url": site}
    tab.context.add_cookies([cookie])


def choose(tab: Page, label: str, option: str) -> None:
    tab.get_by_label(label, exact=True).select_option(label=option)


def take(tab: Page, stage: str) -> None:
    tab.get_by_label(stage, exact=True).check()
    tab.get_by_role("button", name="Take it there").click()


def press(tab: Page, button: str) -> None:
    tab.get_by_role("button", name=button, exact=True).click()


def plan(tab: Page, site: str) -> None:
    tab.goto(f"{site}/inspections/under-way/")
    tab.get_by_role("link", name="Plan an inspection").click()
    choose(tab, "Programme", "PEEL 2022/23")
    choose(tab, "Or a single body", "Cheshire Constabulary")
    tab.get_by_label("Title").fill("Cheshire again")
    tab.get_by_label("Who will publish the report").fill("The inspectorate")
    press(tab, "Plan it")
    expect(tab.get_by_text("Planned: Cheshire again")).to_be_visible()


@pytest.mark.parametrize("viewport", VIEWPORTS)
def test_a_note_outlives_a_lost_connection_and_a_page_loaded_anew(site, tab, people, viewport):
    tab.set_viewport_size(VIEWPORTS[viewport])
    become(tab, site, people["lead"])
    plan(tab, site)
    tab.get_by_role("link", name="Note what was seen").click()
    tab.get_by_label("Place").fill("Control room")
    tab.get_by_label("What was seen").fill("Nobody had the plan.")
    assert overflow(tab) == []
    tab.context.set_offline(True)
    press(tab, "Save the note")
    expect(tab.get_by_text("There is no connection.")).to_be_visible()
    tab.context.set_offline(False)
    tab.reload()
    expect(tab.get_by_text("stands in the form again")).to_be_visible()
    expect(tab.get_by_label("What was seen")).to_have_value("Nobody had the plan.")
    press(tab, "Save, then the next note")
    expect(tab.get_by_text("Saved: the note of")).to_be_visible()
    expect(tab.get_by_label("What was seen")).to_have_value("")
    assert [note.place for note in EvidenceNote.objects.all()] == ["Control room"]

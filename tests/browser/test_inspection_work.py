"""An inspection from its plan to its publication: notes that outlive a lost connection, a cause of concern that waits
for its recommendation, the check by the body, and a second inspector.
"""

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from forces.models import Organisation
from inspections.programmes.models import Inspection
from inspections.work.models import EvidenceNote
from soc_tracker.core.access.roles import Role
from tests.browser.conftest import VIEWPORTS, session_of
from tests.browser.test_every_page import listen, overflow
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


def test_from_its_plan_to_its_publication_by_a_second_person(site, tab, people):
    said = listen(tab)
    become(tab, site, people["lead"])
    plan(tab, site)
    tab.get_by_role("link", name="Change the team").click()
    tab.get_by_label("Inspector", exact=True).select_option(value=str(people["second"].pk))
    press(tab, "Save the team")
    tab.goto(f"{site}/inspections/{SLUG}/work/")
    take(tab, "Fieldwork")
    take(tab, "Drafting")
    tab.get_by_role("link", name="Add a finding").click()
    tab.get_by_label("About").select_option(label="Cheshire Constabulary")
    tab.get_by_label("Kind", exact=True).select_option(label="Cause of concern")
    tab.get_by_label("Tone").select_option(label="Shortcoming")
    tab.get_by_label("Title").fill("No plan is kept")
    tab.get_by_label("Summary").fill("Plans of threats are not kept up.")
    tab.get_by_label("Place in the document").fill("Page 3")
    press(tab, "Save, then the next finding")
    expect(tab.get_by_text("Now its recommendations")).to_be_visible()
    tab.goto(f"{site}/inspections/{SLUG}/work/")
    expect(tab.get_by_text("has no recommendation")).to_be_visible()
    expect(tab.get_by_text("has no grade")).to_be_visible()
    tab.get_by_role("link", name="Add grades").click()
    choose(tab, "Grade of Cheshire Constabulary", "Good")
    tab.get_by_label("Place in the document").fill("Page 2")
    press(tab, "Save, then its findings")
    tab.goto(f"{site}/inspections/{SLUG}/work/")
    take(tab, "Factual check")

    become(tab, site, people["officer"])
    tab.goto(f"{site}/inspections/to-check/")
    tab.get_by_role("link", name="Cheshire again: Cheshire Constabulary").click()
    expect(tab.get_by_text("No plan is kept")).to_be_visible()
    tab.get_by_label("Right", exact=True).check()
    press(tab, "Send it to the inspectors")
    assert tab.goto(f"{site}/inspections/{SLUG}/").status == 404

    become(tab, site, people["lead"])
    tab.goto(f"{site}/inspections/{SLUG}/work/")
    take(tab, "Quality assurance")
    become(tab, site, people["second"])
    tab.goto(f"{site}/inspections/{SLUG}/work/")
    take(tab, "Published")
    expect(tab.get_by_text("Not complete: The cause of concern").first).to_be_visible()

    finding = Inspection.objects.get(slug=SLUG).findings.get()
    tab.goto(f"{site}/findings/{finding.slug}/recommendations/new/")
    tab.get_by_label("Recommendation", exact=True).fill("Keep the plans up.")
    tab.get_by_label("Due", exact=True).fill("2030-01-31")
    press(tab, "Save, then the next recommendation")
    tab.goto(f"{site}/inspections/{SLUG}/work/")
    take(tab, "Published")
    expect(tab.get_by_text("It is at “Published” now.")).to_be_visible()
    assert Inspection.objects.get(slug=SLUG).published_on == localdate()

    become(tab, site, people["officer"])
    assert tab.goto(f"{site}/inspections/{SLUG}/").status == 200
    said = [words for words in said if "404" not in words and "400" not in words]
    assert said == []

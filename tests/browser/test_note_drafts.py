"""A note that is typed and not saved is there again, whatever happened since; and is there for its writer alone."""

import json

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from playwright.sync_api import BrowserContext, Page, expect

from forces.models import Organisation
from inspections.programmes.models import Inspection, Programme
from inspections.work.models import EvidenceNote
from inspections.work.services import NOTES, TEAM, plan_inspection
from soc_tracker.core.access.roles import Role
from tests.browser.conftest import VIEWPORTS, session_of
from tests.browser.test_every_page import overflow
from tests.reach.planted import account

pytestmark = pytest.mark.usefixtures("undone")
WORDS = "Nobody had the plan."
KEPT_IN_TIME = """async (words) => {
  const form = document.querySelector("form[data-draft]");
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const key = await crypto.subtle.importKey("raw", bytes(form.dataset.draftKey), "AES-GCM", false, ["decrypt"]);
  for (const end = Date.now() + 20000; Date.now() < end; await new Promise(requestAnimationFrame)) {
    const kept = JSON.parse(localStorage.getItem(`draft:${form.dataset.draft}`));
    if (!kept) continue;
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(kept.nonce) }, key, bytes(kept.cipher));
    if (new TextDecoder().decode(plain).includes(words)) return true;
  }
  return false;
}"""
"""Whether the draft of the form on the page comes to hold words within 20 seconds."""


@pytest.fixture
def lead(site: str) -> User:
    return account(Role.INSPECTOR, "lead", is_national=True)


@pytest.fixture
def inspection(lead) -> Inspection:
    of = {"programme": Programme.objects.earliest("pk"), "organisation": Organisation.objects.get(slug="cheshire")}
    more = {"region": None, "title": "Cheshire again", "publisher": "The inspectorate"}
    return plan_inspection({**of, **more}, by=lead)


@pytest.fixture
def second(inspection, lead) -> User:
    user = account(Role.INSPECTOR, "second", is_national=True)
    TEAM.create(inspection=inspection, account=user, by=lead, reason="Joins.")
    return user


@pytest.fixture
def address(site, inspection) -> str:
    return f"{site}/inspections/{inspection.slug}/notes/new/"


def become(tab: Page, site: str, user: User) -> None:
    tab.context.clear_cookies()
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(user), "url": site}
    tab.context.add_cookies([cookie])


def press(tab: Page, button: str) -> None:
    tab.get_by_role("button", name=button, exact=True).click()


def write(tab: Page, address: str) -> None:
    tab.goto(address)
    tab.get_by_label("Place").fill("Control room")
    tab.get_by_label("What was seen").fill(WORDS)
    expect_draft(tab, WORDS)


def expect_draft(tab: Page, words: str) -> None:
    """Wait until the device keeps what was typed last, and the page says that it does.

    It is kept a moment after it was typed, and what the page says may be of the field before.
    """
    assert tab.evaluate(KEPT_IN_TIME, words)
    expect(tab.get_by_text("Draft kept on this device since")).to_be_visible()


def typed(tab: Page) -> str:
    return tab.get_by_label("What was seen").input_value()


def kept(tab: Page) -> dict[str, str]:
    everything = json.loads(tab.evaluate("JSON.stringify(localStorage)"))
    return {name: value for name, value in everything.items() if name.startswith("draft:")}


@pytest.mark.parametrize("viewport", VIEWPORTS)
def test_it_outlives_a_lost_connection_a_closed_tab_and_a_lost_session(
    site, context: BrowserContext, lead, address, viewport
):
    become(tab := context.new_page(), site, lead)
    tab.set_viewport_size(VIEWPORTS[viewport])
    write(tab, address)
    assert overflow(tab) == []
    context.set_offline(True)
    press(tab, "Save the note")
    expect(tab.get_by_text("There is no connection.")).to_be_visible()
    context.set_offline(False)
    tab.close()
    (tab := context.new_page()).goto(address)
    expect(tab.get_by_text("stands in the form again")).to_be_visible()
    assert typed(tab) == WORDS
    context.clear_cookies()  # the session is lost, and the tab with it
    tab.goto(address)
    tab.close()
    become(tab := context.new_page(), site, lead)
    tab.goto(address)
    expect(tab.get_by_label("What was seen")).to_have_value(WORDS)
    press(tab, "Save, then the next note")
    expect(tab.get_by_text("Saved: the note of")).to_be_visible()
    assert typed(tab) == ""
    assert kept(tab) == {}
    assert [note.what for note in EvidenceNote.objects.all()] == [WORDS]


def test_nobody_else_on_the_device_reads_it(site, context: BrowserContext, lead, second, address):
    become(tab := context.new_page(), site, lead)
    write(tab, address)
    become(tab, site, second)
    tab.goto(address)
    assert typed(tab) == ""
    expect(tab.get_by_text("Draft kept on this device")).to_be_hidden()
    [[name, value]] = kept(tab).items()
    assert "plan" not in value  # it lies there in cipher
    own = name.replace(f"draft:{lead.pk}:", f"draft:{second.pk}:")
    tab.evaluate("([own, value]) => localStorage.setItem(own, value)", [own, value])
    tab.reload()
    tab.wait_for_load_state("networkidle")
    assert typed(tab) == ""  # the key is of the other account
    become(tab, site, lead)
    tab.goto(address)
    expect(tab.get_by_label("What was seen")).to_have_value(WORDS)


def test_it_stays_after_another_record_was_saved_until_it_is_discarded(site, context, lead, inspection, address):
    become(tab := context.new_page(), site, lead)
    write(tab, address)
    tab.goto(f"{site}/inspections/{inspection.slug}/work/")
    tab.get_by_label("Fieldwork", exact=True).check()
    press(tab, "Take it there")
    expect(tab.get_by_text("It is at “Fieldwork” now.")).to_be_visible()
    tab.goto(address)
    expect(tab.get_by_label("What was seen")).to_have_value(WORDS)
    press(tab, "Discard the draft")
    expect(tab.get_by_label("What was seen")).to_have_value("")
    assert kept(tab) == {}


def test_a_draft_of_a_note_that_another_has_changed_is_shown_beside_that_change(
    site, context, lead, second, inspection
):
    own = {"inspection": inspection, "by": lead, "on": inspection.moves.get().at.date()}
    note = NOTES.create({**own, "place": "Canteen", "what": "Nothing."}, by=lead, reason="Noted.")
    become(tab := context.new_page(), site, lead)
    tab.goto(address := f"{site}/inspections/{inspection.slug}/notes/{note.pk}/")
    tab.get_by_label("What was seen").fill(WORDS)
    expect_draft(tab, WORDS)
    NOTES.change(note, {"place": "Yard"}, by=second, reason="Amended.", expected_version=1)
    tab.goto(address)
    expect(tab.get_by_label("What was seen")).to_have_value(WORDS)
    press(tab, "Save the note")
    expect(tab.get_by_text("Somebody else was faster")).to_be_visible()
    assert tab.get_by_label("Place").input_value() == "Yard"
    press(tab, "Save the note")
    stored = EvidenceNote.objects.get()
    assert (stored.place, stored.what) == ("Yard", WORDS)
    assert kept(tab) == {}

"""A response is uploaded in a browser: each passage stands beside what it answers, and what is typed is kept."""

import pytest
from playwright.sync_api import Page, expect

from forces.models import Organisation
from inspections.responses.models import Answer, Response
from soc_tracker.core.access.roles import Role
from tests.browser.test_every_page import listen, objections, overflow
from tests.browser.test_note_drafts import expect_draft
from tests.inspections.reader.reports import LETTER, work

pytestmark = pytest.mark.usefixtures("undone")
WIDTHS = (1280, 820, 390)


@pytest.fixture
def response(site: str) -> Response:
    force = Organisation.objects.get(slug="north-wales")
    return Response.objects.get(organisation=force, inspection__slug="north-west-soc-2022-23")


@pytest.fixture
def answers(sign_in_as, site: str, response: Response) -> Page:
    """The matches of a letter that an inspector has uploaded."""
    tab: Page = sign_in_as(Role.INSPECTOR)
    tab.goto(f"{site}{response.get_absolute_url()}")
    tab.get_by_role("link", name="Have it read from its document").click()
    file = {"name": "letter.txt", "mimeType": "text/plain", "buffer": LETTER.encode()}
    tab.get_by_label("File", exact=True).set_input_files(file)
    tab.get_by_role("button", name="Upload and read").click()
    expect(tab.locator("main")).to_contain_text("Waiting to be")
    work()
    expect(tab.get_by_role("heading", name="What the response on North Wales Police says")).to_be_visible(
        timeout=30_000
    )
    return tab


def test_what_a_letter_says_is_confirmed_and_published(answers: Page, response: Response) -> None:
    expect(answers.get_by_label("Published on")).to_have_value("2024-01-03")
    answers.get_by_label("Or its title").fill("The commissioner’s letter")
    answers.get_by_label("Its kind").select_option("response")
    answers.get_by_label("Its licence").select_option("ogl")
    answers.get_by_label("Place in the document").fill("The whole letter")
    texts = answers.get_by_label("What will be done, or why nothing will")
    texts.nth(1).fill("All are to be briefed.")
    expect_draft(answers, "All are to be briefed.")
    answers.reload()
    expect(texts.nth(1)).to_have_value("All are to be briefed.")
    expect(answers.get_by_label("Says why nothing will be done").nth(2)).to_be_checked()
    texts.nth(2).fill("The force calls its analysts enough.")
    texts.nth(3).fill("Roles are looked at anew.")
    answers.get_by_role("button", name="Save the response").click()
    expect(answers.locator("main")).to_contain_text("Saved: the response on North Wales Police.")
    expect(answers.locator("main")).to_contain_text("Silent: says nothing of it")
    assert Answer.objects.filter(response=response).count() == 3


@pytest.mark.parametrize("width", WIDTHS)
def test_it_fits_the_screen_and_axe_objects_to_nothing(answers: Page, width: int) -> None:
    answers.set_viewport_size({"width": width, "height": 900})
    said, address = listen(answers), answers.url
    answers.goto(address, wait_until="networkidle")
    assert (overflow(answers), objections(answers), said) == ([], [], [])

"""A report is read and reviewed in a browser, with the keyboard: the passage here, what goes on record there."""

import pytest
from playwright.sync_api import Page, expect

from forces.models import Region
from inspections.findings.models import Finding
from inspections.gradings.models import Grading
from inspections.programmes.models import Inspection
from inspections.work.services import TEAM
from soc_tracker.core.access.roles import Role
from soc_tracker.reference.loader import load
from tests.browser.conftest import signed_in
from tests.browser.test_every_page import listen, objections, overflow
from tests.browser.test_note_drafts import expect_draft
from tests.inspections.reader.reports import BODIES, content_of, work
from tests.reach.planted import account

pytestmark = pytest.mark.usefixtures("undone")
WIDTHS = (1280, 820, 390)


@pytest.fixture
def review(sign_in_as, site: str) -> Page:
    """The review of a report in two columns, which an inspector has uploaded and begun the draft of."""
    load(BODIES)
    tab: Page = sign_in_as(Role.INSPECTOR)
    tab.goto(f"{site}/inspections/reports/")
    file = {"name": "east-fenland.pdf", "mimeType": "application/pdf", "buffer": content_of("east-fenland.pdf")}
    tab.get_by_label("File", exact=True).set_input_files(file)
    tab.get_by_role("button", name="Upload and read").click()
    expect(tab.locator("main")).to_contain_text("Waiting to be read")
    work()
    expect(tab.get_by_role("heading", name="What this report is")).to_be_visible(timeout=30_000)
    tab.get_by_label("Programme").select_option("PEEL 2022/23")
    tab.get_by_label("Its publisher").fill("An inspectorate")
    tab.get_by_label("Its kind").select_option("report")
    tab.get_by_label("Its licence").select_option("ogl")
    tab.get_by_role("button", name="Begin the draft").click()
    expect(tab.get_by_role("heading", name="Review: ")).to_be_visible()
    return tab


def test_a_report_becomes_a_draft_that_nobody_else_sees(review: Page, site: str, sign_in_as) -> None:
    inspection = Inspection.objects.get(region=Region.objects.get(slug="east-fenland"))
    review.get_by_role("link", name="Findings", exact=True).nth(-1).click()
    review.get_by_role("link", name="should train its lead responsible officers").click()
    expect(review.locator("mark").first).to_be_visible()
    review.keyboard.press("c")  # into the first field
    review.get_by_label("Title").fill("Leads on threats lack the national course")
    review.get_by_label("Summary").fill("Not one of those who lead had attended it.")
    with review.expect_navigation():
        review.keyboard.press("Control+Enter")
    expect(review.locator("main")).to_contain_text("Accepted: Leads on threats lack the national course")
    finding = Finding.objects.get(inspection=inspection)
    assert finding.organisation is not None
    assert (finding.organisation.slug, finding.kind_id) == ("fosseway", "area_for_improvement")
    before = review.url
    with review.expect_navigation():
        review.keyboard.press("d")
    expect(review.locator("main")).to_contain_text("Dropped: ")
    assert review.url != before
    review.goto(f"{site}{inspection.get_absolute_url()}")
    expect(review.locator("main")).to_contain_text("Leads on threats lack the national course")
    other = sign_in_as(Role.ANALYST)
    assert other.goto(f"{site}{inspection.get_absolute_url()}").status == 404
    assert not Grading.objects.filter(inspection=inspection).exists()


def in_the_first_finding(tab: Page) -> Page:
    tab.get_by_role("link", name="Findings", exact=True).nth(-1).click()
    tab.get_by_role("link", name="should train its lead responsible officers").click()
    return tab


def test_wording_outlives_a_page_that_is_left_and_a_session_that_has_ended(review: Page, site: str) -> None:
    in_the_first_finding(review).get_by_label("Title").fill("Leads lack the course")
    review.get_by_label("Summary").fill("Not one had been on it.")
    expect_draft(review, "Not one had been on it.")
    address = review.url
    review.get_by_role("link", name="Overview", exact=True).click()
    review.goto(address)
    expect(review.get_by_label("Title")).to_have_value("Leads lack the course")
    expect(review.get_by_text("what you had not saved stands in the form again")).to_be_visible()
    cookies = review.context.cookies()
    review.context.clear_cookies()
    review.keyboard.press("Control+Enter")
    expect(review.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    review.context.add_cookies(cookies)
    review.goto(address)
    expect(review.get_by_label("Summary")).to_have_value("Not one had been on it.")
    review.get_by_role("button", name="Accept", exact=True).click()
    expect(review.locator("main")).to_contain_text("Accepted: Leads lack the course")
    assert review.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('draft:'))") == []


def test_of_two_at_once_the_second_sees_what_the_first_decided_and_keeps_the_words(
    review: Page, site: str, new_context
) -> None:
    inspection = Inspection.objects.get(region=Region.objects.get(slug="east-fenland"))
    lead = inspection.team.get().account
    second = account(Role.INSPECTOR, "second", is_national=True)
    TEAM.create(inspection=inspection, account=second, by=lead, reason="Helps to review.")
    in_the_first_finding(review)
    other = signed_in(new_context(), site, second)
    other.goto(review.url)
    other.get_by_label("Title").fill("What the second would have said")
    review.get_by_label("Title").fill("Leads lack the course")
    review.get_by_label("Summary").fill("Not one had been on it.")
    review.get_by_label("Tone").select_option("shortcoming")
    review.get_by_role("button", name="Accept", exact=True).click()
    expect(review.locator("main")).to_contain_text("Accepted: Leads lack the course")
    other.get_by_label("Summary").fill("In other words.")
    other.get_by_role("button", name="Accept", exact=True).click()
    page = other.locator("main")
    expect(page).to_contain_text("has decided on it in the meantime: it is accepted now. Nothing was saved.")
    expect(page).to_contain_text("What the second would have said")
    expect(page.get_by_role("link", name="Leads lack the course")).to_be_visible()
    assert [each.title for each in Finding.objects.filter(inspection=inspection)] == ["Leads lack the course"]
    with other.expect_navigation():
        other.keyboard.press("n")
    expect(other.locator("mark").first).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_its_pages_fit_the_screen_and_axe_objects_to_nothing(review: Page, width: int) -> None:
    review.set_viewport_size({"width": width, "height": 900})
    said = listen(review)
    pages = [review.url]
    review.get_by_role("link", name="Begin the review").click()
    pages.append(review.url)
    review.get_by_role("button", name="Drop").click()
    pages.append(pages[1])
    for address in pages:  # the overview, a proposal that waits, and the same once it is decided
        review.goto(address, wait_until="networkidle")
        assert (overflow(review), objections(review), said) == ([], [], [])

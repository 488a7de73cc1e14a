"""An inspector enters an inspection of a region by hand, with grades and findings, and sees them on its page."""

import pytest
from playwright.sync_api import Page, expect

from forces.models import Region
from inspections.programmes.models import Inspection
from soc_tracker.core.access.roles import Role
from tests.browser.conftest import VIEWPORTS
from tests.browser.test_every_page import listen, overflow
from tests.makers import make_member, make_programme

pytestmark = pytest.mark.usefixtures("undone")
BODIES = ("Alder Police", "Birch Police")
FINDINGS = (("Plans say too little", "Birch Police"), ("Officers stay in post", "Birch Police"))


@pytest.fixture
def region(site: str) -> Region:
    region = Region.objects.create(name="Inland", slug="inland")
    for name in BODIES:
        make_member(region, name)
    make_programme("five", "Round 2027", 2027)
    return region


@pytest.fixture
def tab(sign_in_as, region) -> Page:
    return sign_in_as(Role.INSPECTOR)


def choose(tab: Page, label: str, option: str) -> None:
    tab.get_by_label(label, exact=True).select_option(label=option)


def fill(tab: Page, label: str, text: str) -> None:
    tab.get_by_label(label, exact=True).fill(text)


@pytest.mark.parametrize("viewport", VIEWPORTS)
def test_an_inspection_entered_by_hand_stands_on_the_page_of_its_region(site, tab, region, viewport):
    tab.set_viewport_size(VIEWPORTS[viewport])
    said = listen(tab)
    tab.goto(f"{site}/inspections/")
    tab.get_by_role("link", name="Add an inspection").click()
    choose(tab, "Programme", "Round 2027")
    choose(tab, "Region", "Inland")
    fill(tab, "When it was published", "2027-03-02")
    fill(tab, "Or its title, where it is not on record yet", "Organised crime inland: report")
    fill(tab, "Its publisher", "Inspectors")
    choose(tab, "Its kind", "Inspection report")
    choose(tab, "Its licence", "Open Government Licence v3.0")
    fill(tab, "Place in the document", "Page 1")
    assert overflow(tab) == []
    tab.get_by_role("button", name="Save, then its grades").click()

    fill(tab, "What was asked about serious and organised crime", "How well is organised crime tackled?")
    choose(tab, "Grade of Alder Police", "Good")
    choose(tab, "Grade of Birch Police", "Inadequate")
    fill(tab, "In support, of Birch", "Nobody leads.")
    assert overflow(tab) == []
    tab.get_by_role("button", name="Save, then its findings").click()
    expect(tab.get_by_text("Saved: 2 grades.")).to_be_visible()

    for number, (title, body) in enumerate(FINDINGS):
        if number:
            # What the one before said is remembered.
            expect(tab.get_by_label("About", exact=True)).to_have_value("birch")
            expect(tab.get_by_label("Section of the report", exact=True)).to_have_value("tackling")
            expect(tab.get_by_label("Its number in the report", exact=True)).to_have_value("2")
        else:
            choose(tab, "About", body)
            choose(tab, "Section of the report", "Tackling SOC and safeguarding people and communities")
        choose(tab, "Kind", "Area for improvement")
        choose(tab, "Tone", "Shortcoming")
        fill(tab, "Title", title)
        fill(tab, "Summary", "As the report says.")
        fill(tab, "Place in the document", "Page 5")
        assert overflow(tab) == []
        tab.get_by_role("button", name="Save, then the next finding").click()
        expect(tab.get_by_text(f"Saved: {title}.")).to_be_visible()

    inspection = Inspection.objects.get(region=region)
    tab.get_by_role("link", name="See the inspection").click()
    expect(tab).to_have_url(f"{site}{inspection.get_absolute_url()}")
    tab.goto(f"{site}{region.get_absolute_url()}")
    text = tab.locator("main").inner_text()
    missing = [
        words for words in ("Good", "Inadequate", "Round 2027", *(title for title, _ in FINDINGS)) if words not in text
    ]
    assert missing == []
    assert said == []

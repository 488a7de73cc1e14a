"""A figure that somebody cites from a list says, once another extract was loaded, by which it has moved."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from soc_tracker.core.access.roles import Role
from tests.browser.conftest import VIEWPORTS
from tests.browser.test_every_page import listen, objections, overflow
from tests.disruptions.loading.extracts import AS_AT, disruption, loaded

pytestmark = pytest.mark.usefixtures("undone")
ADDRESS = "disruptions/?data=recorded&crime_type=drugs-supply&q=kestrel"


@pytest.fixture
def analyst(sign_in_as: Callable[[Role], Page]) -> Page:
    return sign_in_as(Role.ANALYST)


@pytest.mark.parametrize("width", VIEWPORTS)
def test_a_citation_that_has_moved_says_by_which_extract(width: str, site: str, analyst: Page, tmp_path: Path) -> None:
    tab, said = analyst, listen(analyst)
    tab.set_viewport_size(VIEWPORTS[width])
    rows = [disruption(number, disruption_ref=f"KES-{number}", summary="A kestrel") for number in range(1, 5)]
    assert loaded(tmp_path / "January.csv", rows[:2]).written
    tab.goto(f"{site}/{ADDRESS}", wait_until="networkidle")
    tab.get_by_role("link", name="Cite this figure").first.click()
    expect(tab.locator("main")).to_contain_text("Disruptions: 2 in the list")
    assert (objections(tab), overflow(tab)) == ([], [])
    tab.get_by_role("button", name="Cite this figure").click()
    expect(tab.locator("#today")).to_contain_text("The same today.")
    address = tab.url
    assert (objections(tab), overflow(tab)) == ([], [])
    assert loaded(tmp_path / "July.csv", rows, as_at=AS_AT + timedelta(days=10)).written
    tab.goto(address, wait_until="networkidle")
    expect(tab.locator("#today")).to_contain_text("It has moved.")
    expect(tab.locator("#today").get_by_role("link", name="The extract July.csv")).to_be_visible()
    expect(tab.locator("#today")).to_contain_text("4")
    assert (objections(tab), overflow(tab)) == ([], [])
    tab.goto(f"{site}/citations/", wait_until="networkidle")
    expect(tab.locator("main")).to_contain_text("moved")
    assert (objections(tab), overflow(tab)) == ([], [])
    tab.screenshot(path=f"tests/browser/output/citations-{width}.png", full_page=True)
    assert said == []

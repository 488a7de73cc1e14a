"""Every list on a phone: its rows begin within two screens and take four lines each; the rest is a touch away."""

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from soc_tracker.core.access.roles import Role
from soc_tracker.core.lists.directory import list_pages
from soc_tracker.core.templatetags.soc import ROWS_ON_A_PHONE
from tests.browser.conftest import VIEWPORTS, session_of
from tests.pages import PAGES

pytestmark = pytest.mark.usefixtures("all_undone")
SCREENS = 2
# Four lines of 22 pixels, or 28 with a tag, and the edges of the card.
TALLEST_ROW = 4 * 28 + 24
LISTS = [page for page in PAGES if page.name in list_pages() or page.name == "data_quality"]
ROWS = ".soc-list__results tbody tr, #main-content > table tbody tr"
FIRST_ROW_AND_TALLEST = """rows => rows.map(row => row.getBoundingClientRect()).reduce(
    (worst, box) => [Math.min(worst[0], box.top), Math.max(worst[1], box.height)], [1e9, 0])"""
HIDDEN_ROWS = "table => [...table.tBodies[0].rows].filter(row => !row.checkVisibility()).length"
HIDDEN_CELLS = "row => [...row.cells].filter(cell => !cell.checkVisibility()).length"


@pytest.fixture(scope="module", autouse=True)
def rows(all_undone: None) -> None:
    """Looking up the address of a page makes the row that it shows."""
    for page in PAGES:
        page.url  # noqa: B018


@pytest.mark.parametrize("page", LISTS, ids=str)
def test_rows_begin_early_are_short_and_unfold(page, site: str, browser: Browser) -> None:
    context = browser.new_context(viewport=VIEWPORTS["phone"])
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session_of(Role.INSPECTOR), "url": site}])
    tab = context.new_page()
    tab.goto(site + page.url)
    rows = tab.locator(ROWS)
    if rows.count():
        top, height = rows.evaluate_all(FIRST_ROW_AND_TALLEST)
        assert top <= SCREENS * VIEWPORTS["phone"]["height"]
        assert height <= TALLEST_ROW
    if tab.locator(".soc-more").count():
        row = rows.filter(has=tab.locator(".soc-more")).first
        row.locator(".soc-more__summary").click()
        assert row.evaluate(HIDDEN_CELLS) == 0
    tab.evaluate("document.querySelectorAll('details:not(.soc-further)').forEach(group => { group.open = true })")
    for further in tab.locator(".soc-further").all():
        table = further.locator("xpath=preceding-sibling::table[1]")
        assert table.evaluate(HIDDEN_ROWS) == table.locator("tbody tr").count() - ROWS_ON_A_PHONE
        further.locator("summary").click()
        assert table.evaluate(HIDDEN_ROWS) == 0
    context.close()

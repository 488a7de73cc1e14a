"""Every list on a phone: its rows begin within two screens and take four lines each; the rest is a touch away."""

from playwright.sync_api import Page

from soc_tracker.core.lists.directory import list_pages
from soc_tracker.core.templatetags.soc import ROWS_ON_A_PHONE
from tests.browser.conftest import VIEWPORTS
from tests.pages import PAGES

SCREENS = 2
# Four lines of 22 pixels, or 28 with a tag, and the edges of the card.
TALLEST_ROW = 4 * 28 + 24
LISTS = [page for page in PAGES if page.name in list_pages() or page.name == "data_quality"]
ROWS = ".soc-list__results tbody tr, #main-content > table tbody tr"
FIRST_ROW_AND_TALLEST = """rows => rows.map(row => row.getBoundingClientRect()).reduce(
    (worst, box) => [Math.min(worst[0], box.top), Math.max(worst[1], box.height)], [1e9, 0])"""
HIDDEN_ROWS = "table => [...table.tBodies[0].rows].filter(row => !row.checkVisibility()).length"
HIDDEN_CELLS = "row => [...row.cells].filter(cell => !cell.checkVisibility()).length"


def faults_of_list(tab: Page) -> list[str]:
    """What is wrong with the list that a phone shows. Afterwards all of it is unfolded."""
    return [*tall_or_late_rows(tab), *kept_folded(tab)]


def tall_or_late_rows(tab: Page) -> list[str]:
    rows = tab.locator(ROWS)
    if not rows.count():
        return []
    top, height = rows.evaluate_all(FIRST_ROW_AND_TALLEST)
    late = [f"the rows begin at {top}"] if top > SCREENS * VIEWPORTS["phone"]["height"] else []
    return late + ([f"a row is {height} high"] if height > TALLEST_ROW else [])


def kept_folded(tab: Page) -> list[str]:
    faults = []
    if tab.locator(".soc-more").count():
        row = tab.locator(ROWS).filter(has=tab.locator(".soc-more")).first
        row.locator(".soc-more__summary").click()
        if row.evaluate(HIDDEN_CELLS):
            faults.append("a row that is unfolded hides cells")
    tab.evaluate("document.querySelectorAll('details:not(.soc-further)').forEach(group => { group.open = true })")
    for further in tab.locator(".soc-further").all():
        table = further.locator("xpath=preceding-sibling::table[1]")
        shown = table.locator("tbody tr").count() - table.evaluate(HIDDEN_ROWS)
        if shown != ROWS_ON_A_PHONE:
            faults.append(f"{shown} rows are shown")
        further.locator("summary").click()
        if table.evaluate(HIDDEN_ROWS):
            faults.append("a table that is unfolded hides rows")
    return faults

"""Every page in a real browser: nothing that axe objects to, a silent console, a light load, no sideways scrolling,
no text of a chart over another, no word of a main page broken in two; lists fit a phone, and the Overviews are short.
"""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import Request

from soc_tracker.core.access.roles import Role
from tests.browser.conftest import VIEWPORTS, put_back
from tests.browser.lists_on_a_phone import LISTS, faults_of_list
from tests.browser.test_paper import MAIN, broken_words
from tests.pages import PAGES, Page

pytestmark = pytest.mark.usefixtures("all_undone")  # finding a page may make the row it shows
KB = 1000
WITHOUT_CHART, WITH_CHART = 150 * KB, 550 * KB
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OURS = [page for page in PAGES if page.name != "api_docs"]
OVERVIEWS = ("region", "force", "rocu", "other")
HIGHEST = {"desktop": 3000, "phone": 6000}
"""CSS pixels of an Overview: about three screens, and about seven on a phone."""
OVERLAPS = """
() => [...document.querySelectorAll(".js-plotly-plot")].flatMap((plot) => {
  const texts = [...plot.querySelectorAll("svg text")].filter(
    (text) => text.textContent.trim() && getComputedStyle(text).visibility !== "hidden");
  const boxes = texts.map((text) => text.getBoundingClientRect()).map((box) => ({
    left: box.left + 1, right: box.right - 1, top: box.top + 2, bottom: box.bottom - 2 }));
  const pairs = [];
  for (let one = 0; one < texts.length; one++) for (let other = 0; other < one; other++) {
    const [a, b] = [boxes[one], boxes[other]];
    if (a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top)
      pairs.push(`${texts[other].textContent} / ${texts[one].textContent}`);
  }
  return pairs;
})
"""
"""Texts in a chart that lie over one another."""
HIDDEN_MARKS = """
() => [...document.querySelectorAll(".js-plotly-plot")].flatMap((plot) => {
  const boxes = (what) => [...plot.querySelectorAll(what)].filter(
    (one) => getComputedStyle(one).visibility !== "hidden" && one.getBoundingClientRect().width);
  const pairs = [];
  for (const label of boxes(".scatterlayer .textpoint")) for (const mark of boxes(".scatterlayer .point")) {
    const [a, b] = [label.getBoundingClientRect(), mark.getBoundingClientRect()];
    const middle = [(b.left + b.right) / 2, (b.top + b.bottom) / 2];
    if (a.left < middle[0] && a.right > middle[0] && a.top + 2 < middle[1] && a.bottom - 2 > middle[1])
      pairs.push(`${label.textContent} hides a mark`);
  }
  return pairs;
})
"""
"""Labels in a chart that lie on the middle of a mark."""


@pytest.mark.parametrize("page", [page for page in OURS if page not in LISTS], ids=str)
def test_page(page, site, sign_in_as):
    open_and_ask(sign_in_as(Role.INSPECTOR), site, page)


@pytest.fixture(scope="class")
def rows(site):
    """Looking up the address of a page makes the row that it shows, and lists are to show some."""
    with put_back():
        for page in PAGES:
            page.url  # noqa: B018
        yield


@pytest.mark.usefixtures("rows")
class TestLists:
    @pytest.mark.parametrize("page", LISTS, ids=str)
    def test_list(self, page, site, sign_in_as):
        tab = sign_in_as(Role.INSPECTOR)
        open_and_ask(tab, site, page)
        assert faults_of_list(tab) == []  # on the phone, which came last


def open_and_ask(tab: BrowserPage, site: str, page: Page) -> None:
    """At each width anew; what the page loads is not kept from one to the other.

    All that is asked of a page is asked of it while it is open: opening it takes longest.
    """
    said, weight = listen(tab), weigh(tab)
    for width, size in VIEWPORTS.items():
        weight.clear()
        tab.set_viewport_size(size)
        assert tab.goto(site + page.url, wait_until="networkidle").status == 200
        wrong = {
            "said": said,
            "overflow": overflow(tab),
            "axe": objections(tab),
            "overlaps": tab.evaluate(OVERLAPS) + tab.evaluate(HIDDEN_MARKS),
            "broken": broken_words(tab) if page in MAIN else [],
        }
        assert {what: found for what, found in wrong.items() if found} == {}, width
        assert sum(weight) < (WITH_CHART if page.chart else WITHOUT_CHART), width
        if page.name in OVERVIEWS:
            assert tab.evaluate("document.documentElement.scrollHeight") <= HIGHEST[width], width


def test_sign_in_page(site, page):
    said = listen(page)
    weight = weigh(page)
    page.goto(f"{site}/accounts/login/", wait_until="networkidle")
    assert (said, overflow(page), objections(page)) == ([], [], [])
    assert sum(weight) < WITHOUT_CHART


def test_documentation_of_the_api(site, sign_in_as):
    """Swagger UI is another project's page: its weight and its contrasts are not ours, its silence is."""
    tab = sign_in_as(Role.ANALYST)
    said = listen(tab)
    tab.goto(f"{site}/api/docs/", wait_until="networkidle")
    tab.get_by_text("/api/v1/findings/", exact=True).first.wait_for()
    assert said == []


def listen(tab: BrowserPage) -> list[str]:
    """A list that fills with what the page says on the console, its errors and its failed requests."""
    said: list[str] = []
    tab.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    tab.on("pageerror", lambda error: said.append(f"error: {error}"))
    tab.on("requestfailed", lambda request: said.extend(failure(request)))
    return said


def failure(request: Request) -> list[str]:
    """How the request failed; that a page gives up a request of its own, as when one types on, is no failure."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"failed: {request.url} {request.failure}"]


def weigh(tab: BrowserPage) -> list[int]:
    """A list that fills with the bytes, as compressed on the wire, of everything that the page loads."""
    sizes: list[int] = []
    devtools = tab.context.new_cdp_session(tab)
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    devtools.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    return sizes


def overflow(tab: BrowserPage) -> list[str]:
    """The elements that make the page wider than its window, if any do."""
    tab.wait_for_load_state()
    return tab.evaluate(
        """() => {
            const wide = document.documentElement.clientWidth
            if (document.documentElement.scrollWidth <= wide) return []
            return [...document.body.querySelectorAll('*')]
                .filter(element => element.getBoundingClientRect().right > wide + 1)
                .map(element => element.outerHTML.slice(0, 120))
        }"""
    )


def objections(tab: BrowserPage) -> list[str]:
    """What axe finds against the page, with the elements."""
    tab.wait_for_load_state()
    rules = {"runOnly": {"type": "tag", "values": WCAG_22_AA}, "resultTypes": ["violations"]}
    violations = Axe().run(tab, options=rules).response["violations"]
    return [f"{each['id']}: {json.dumps([node['html'] for node in each['nodes']])}" for each in violations]

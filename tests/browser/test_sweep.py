"""The sweep over every page would notice: each of its measures, on a page that is wrong."""

import threading

from playwright.sync_api import Route

from tests.browser.conftest import VIEWPORTS
from tests.browser.lists_on_a_phone import LISTS, faults_of_list
from tests.browser.test_every_page import OURS, WITHOUT_CHART, listen, objections, overflow, weigh
from tests.browser.test_paper import broken_words
from tests.pages import PAGES

WRONG = """
<!doctype html><html><body>
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">
<div style="width: 3000px; color: #ddd; background: #fff">pale and wide</div>
<button style="width: 9px; height: 9px; padding: 0; border: 0">a</button><button
 style="width: 9px; height: 9px; padding: 0; border: 0">b</button>
</body></html>
"""


def test_every_page_is_asked_and_lists_with_their_rows():
    assert set(map(str, (*OURS, *LISTS))) | {"api_docs"} == set(map(str, PAGES))
    assert len(LISTS) > 30


def test_one_process_runs_the_tests_of_a_file_except_for_the_sweep(request):
    groups: dict[str, set[str]] = {}
    for item in request.session.items:
        groups.setdefault(item.path.stem, set()).update(mark.args[0] for mark in item.iter_markers("xdist_group"))
    assert {file: of for file, of in groups.items() if of != {file} and file != "test_every_page"} == {}


def test_axe_objects(page):
    page.set_content(WRONG)
    rules = {objection.split(":")[0] for objection in objections(page)}
    assert {"image-alt", "html-has-lang", "color-contrast", "target-size"} <= rules


def test_a_wide_element_is_named(page):
    page.set_content(WRONG)
    assert any("3000px" in element for element in overflow(page))


def test_what_is_said_is_heard(page, site):
    said = listen(page)
    page.goto(f"{site}/accounts/login/")
    page.evaluate("console.log('hello')")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<i style=color:red>inline</i>')")
    page.evaluate("fetch('https://192.0.2.1/').catch(() => null)")
    assert "log: hello" in said
    assert len([line for line in said if "Content Security Policy" in line]) >= 2


def late(route: Route) -> None:
    """Let a script come a moment later than its page."""
    threading.Event().wait(0.3)
    route.continue_()


def test_a_click_ends_with_the_whole_page(page, site):
    page.goto(f"{site}/accounts/login/")
    page.route("**/*.js", late)
    page.get_by_role("link", name="Forgotten your password?").click()
    assert page.evaluate("document.readyState") == "complete"


def test_weight_is_that_of_compressed_files(page, site):
    weight = weigh(page)
    page.goto(f"{site}/accounts/login/", wait_until="networkidle")
    plain = page.evaluate("document.documentElement.outerHTML.length")
    assert len(weight) > 1
    assert 1000 < sum(weight) < WITHOUT_CHART
    assert min(weight) < plain


def test_a_broken_word_is_named(page):
    page.set_content('<main>Whole <p style="width: 3em; overflow-wrap: anywhere">unreasonableness</p></main>')
    assert broken_words(page) == ["unreasonableness"]


def test_a_list_that_does_not_fit_a_phone_is_told(page):
    page.set_viewport_size(VIEWPORTS["phone"])
    page.set_content(
        '<div id="main-content"><p style="height: 2000px"></p><table><tr style="height: 500px"><td>1</td></tr></table>'
        "<div><table><tr><td>1</td></tr><tr hidden><td>2</td></tr></table>"
        '<details class="soc-further"><summary>More</summary></details></div></div>'
    )
    late, high, folded, still_folded = faults_of_list(page)
    assert "begin at 2" in late
    assert "a row is 5" in high
    assert folded == "1 rows are shown"
    assert "hides rows" in still_folded

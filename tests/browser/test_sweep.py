"""The sweep over every page would notice: each of its measures, on a page that is wrong."""

from tests.browser.test_every_page import WITHOUT_CHART, listen, objections, overflow, weigh

WRONG = """
<!doctype html><html><body>
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">
<div style="width: 3000px; color: #ddd; background: #fff">pale and wide</div>
<button style="width: 9px; height: 9px; padding: 0; border: 0">a</button><button
 style="width: 9px; height: 9px; padding: 0; border: 0">b</button>
</body></html>
"""


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


def test_weight_is_that_of_compressed_files(page, site):
    weight = weigh(page)
    page.goto(f"{site}/accounts/login/", wait_until="networkidle")
    plain = page.evaluate("document.documentElement.outerHTML.length")
    assert len(weight) > 1
    assert 1000 < sum(weight) < WITHOUT_CHART
    assert min(weight) < plain

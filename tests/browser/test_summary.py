"""The summary on paper: exactly one A4 as the browser prints it, with no number broken in two."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from soc_tracker.core.access.roles import Role
from tests.browser.conftest import VIEWPORTS
from tests.pages import PAGES

pytestmark = pytest.mark.usefixtures("all_undone")  # finding a page may make the row that it shows

SHEETS = [page for page in PAGES if page.name.endswith("_summary")]
A4 = [595, 842]
BROKEN_NUMBERS = r"""
() => {
  const broken = [];
  const walker = document.createTreeWalker(document.querySelector(".soc-paper"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest("svg, .govuk-visually-hidden")) continue;
    for (const number of node.data.matchAll(/\p{N}+(?:[.,]\p{N}+)*/gu)) {
      const range = document.createRange();
      range.setStart(node, number.index);
      range.setEnd(node, number.index + number[0].length);
      const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
      if (new Set(boxes.map((box) => Math.round(box.top))).size > 1) broken.push(number[0]);
    }
  }
  return broken;
}
"""


@pytest.mark.parametrize("page", SHEETS, ids=str)
def test_it_prints_on_one_sheet_and_breaks_no_number(page, site, sign_in_as):
    tab = sign_in_as(Role.INSPECTOR)
    tab.goto(site + page.url, wait_until="networkidle")
    printed = PdfReader(BytesIO(tab.pdf(prefer_css_page_size=True)))
    assert len(printed.pages) == 1
    assert [round(float(side)) for side in printed.pages[0].mediabox[2:]] == pytest.approx(A4, abs=1)
    for media, size in (("print", {"width": 688, "height": 1000}), *(("screen", each) for each in VIEWPORTS.values())):
        tab.emulate_media(media=media)
        tab.set_viewport_size(size)
        assert (media, size["width"], tab.evaluate(BROKEN_NUMBERS)) == (media, size["width"], [])


def test_every_sheet_is_offered_as_a_pdf(site, sign_in_as):
    tab = sign_in_as(Role.INSPECTOR)
    tab.goto(site + SHEETS[0].url)
    address = tab.get_by_role("link", name="PDF").get_attribute("href")
    answer = tab.request.get(site + address)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-")

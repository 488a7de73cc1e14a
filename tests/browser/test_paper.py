"""What comes out of the printer: charts that fit on the sheet, and no word or number broken in two.

That none is on a screen is asked of each page by the sweep: see test_every_page.
"""

import re

import pytest
from playwright.sync_api import Page

from soc_tracker.core.access.roles import Role
from tests.pages import PAGES

pytestmark = pytest.mark.usefixtures("all_undone")  # finding a page may make the row that it shows

SHEET = {"width": 680, "height": 1000}
"""CSS pixels within the margins of A4."""
NAMES = (
    "home",
    "directory",
    "region",
    "region_findings",
    "region_figures",
    "region_record",
    "force",
    "force_inspections",
    "force_figures",
    "force_plans",
    "inspections:finding_list",
    "inspections:recommendation_list",
    "inspections:grading_list",
)
MAIN = [page for page in PAGES if page.name in NAMES]
BROKEN = r"""
() => {
  const broken = [];
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest("script, svg, .govuk-visually-hidden, .soc-file-name")) continue;
    for (const word of node.data.matchAll(/[\p{L}\p{N}]+(?:[.,’][\p{L}\p{N}]+)*/gu)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
      const lines = new Set(boxes.map((box) => Math.round(box.top)));
      if (lines.size > 1) broken.push(word[0]);
    }
  }
  return broken;
}
"""


@pytest.fixture
def tab(sign_in_as) -> Page:
    return sign_in_as(Role.INSPECTOR)


def broken_words(tab: Page) -> list[str]:
    """The words and numbers of the page that are broken from one line to the next."""
    return tab.evaluate(BROKEN)


@pytest.mark.parametrize("page", MAIN, ids=str)
def test_no_word_is_broken_on_paper(page, site, tab):
    tab.set_viewport_size(SHEET)
    tab.emulate_media(media="print")
    tab.goto(site + page.url, wait_until="networkidle")
    assert broken_words(tab) == []


def test_charts_fit_on_the_sheet_and_come_back_to_the_screen(site, tab):
    region = next(page for page in MAIN if page.name == "region_figures")
    tab.goto(site + region.url, wait_until="networkidle")
    plots = tab.locator(".soc-chart__plot .main-svg:first-child")
    widths = "plots => plots.map(plot => plot.getBoundingClientRect().width)"
    before = plots.evaluate_all(widths)
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    tab.wait_for_function("Math.max(...[...document.querySelectorAll('.main-svg')].map(svg => svg.clientWidth)) <= 610")
    assert plots.count() > 0
    tab.evaluate("dispatchEvent(new Event('afterprint'))")
    tab.wait_for_function("width => document.querySelector('.main-svg').clientWidth === width", arg=round(before[0]))


def test_the_marks_of_a_count_are_whole_numbers(site, tab):
    region = next(page for page in MAIN if page.name == "region_figures")
    tab.goto(site + region.url, wait_until="networkidle")
    counted = tab.locator("[data-figure*=findings], [data-figure*=threats]")
    marks = counted.locator(".xtick text").all_text_contents()
    assert marks
    assert [mark for mark in marks if not re.fullmatch(r"[0-9,]+", mark)] == []
